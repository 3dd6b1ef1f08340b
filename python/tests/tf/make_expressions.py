"""What TensorFlow 1.15.5 makes of the lines of expressions/*.txt, as expressions.json.

usage: PYTHON_OF_TENSORFLOW_1.15 make_expressions.py
"""
import glob
import json
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = ('bfloat16 bool complex128 complex64 double float16 float32 float64 half int16 int32 int64 int8 qint16 qint32 qint8 '
         'quint16 quint8 resource string uint16 uint32 uint64 uint8 variant').split()


def lines():
    """(name of the file, line) for every expression."""
    for path in sorted(glob.glob(os.path.join(HERE, 'expressions', '*.txt'))):
        with open(path, encoding='utf-8') as text:
            for line in text:
                if line.strip() and not line.startswith('#'):
                    yield os.path.basename(path), line.strip()


def answer(line, tf, numpy):
    """The value as text, or the exception: its class and first line."""
    try:
        return repr(eval(line, {'tf': tf, 'np': numpy, 'NAMES': NAMES}))
    except Exception as error:
        return 'raises %s: %s' % (type(error).__name__, (str(error).split('\n') or [''])[0])


def comparable(text):
    """Without what differs between versions of Python, numpy and protobuf."""
    text = re.sub(r'np\.(?:float|int|uint)\d+\(([^)]*)\)', r'\1', text)
    text = re.sub(r'\w+\.__init__\(\)', '__init__()', text)
    text = text.replace('a real number, not', 'a number, not')
    return re.sub(r"^raises DecodeError: .*", 'raises DecodeError', text)


def main():
    import numpy
    import tensorflow as tf
    found = {}
    for name, line in lines():
        found.setdefault(name, {})[line] = answer(line, tf, numpy)
    with open(os.path.join(HERE, 'expressions.json'), 'w') as out:
        json.dump(found, out, indent=1, sort_keys=True)
        out.write('\n')


if __name__ == '__main__':
    main()
