#!/usr/bin/env python3
"""Writes docs/tf-api.md: which public names of TensorFlow 1.15 icecore.tf has.

  python scripts/tf_api.py           writes the document
  python scripts/tf_api.py --check   says whether it is as icecore.tf is; exit status 1 where it isn't

Needs a Python that has the icecore package (build/venv/bin/python); what is listed as there was found by getattr."""
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DOCUMENT = os.path.join(ROOT, 'docs', 'tf-api.md')
NAMES = os.path.join(ROOT, 'python', 'icecore', 'tf', 'names', 'tensorflow_1_15.txt')
HEAD = """# The names of TensorFlow 1.15 that Icecore has

{share}

| part | there | of |
|---|--:|--:|
{parts}

`import icecore.tf as tf` has them; so has `import tensorflow as tf` in a script that `python -m icecore.tf` or `icecore run-script` runs. `tf.compat.v1` is `tf`. A name that says *no* raises AttributeError (or ImportError), which names it and this page. Modules of `tensorflow.python` that scripts import are found where Icecore has them (`tensorflow.python.framework.dtypes`, `tensorflow.python.platform.gfile`, …), and all message classes of `tensorflow.core`.

Of `tf.contrib`, the parts that scripts use most are listed; `tf.compat.v2` is another library. A name that says *yes* makes the nodes that TensorFlow's makes; whether a session can run them is in [ops.md](ops.md), and what has no kernel there, such as pictures' formats and summaries of them, 3-D convolutions and most products of sparse tensors, is refused when it would run. What a name that is there doesn't do as TensorFlow 1.15.5 does is in [differences.md](differences.md), and under "Limits" in [saver.md](saver.md) and [runtime.md](runtime.md). A function of `tf.raw_ops` builds its node whether or not a session can run it: [ops.md](ops.md) lists the ops that run.

Scripts are the other measure: `tests/scripts` has 24 of TensorFlow 1's plain kinds, with what TensorFlow 1.15.5 printed, left and built.
01 to 11, 13 to 15, 17, 19 and 21 to 24 give the same prints, files and checkpoints, and all graphs of 01 to 10, 13 to 15, 17 to 19
and 21 to 23 are TensorFlow's node for node. Counted graph by graph 42 of 56 are, as `scripts/script_graphs.py tests/scripts -- build/venv/bin/python -m icecore.tf` says.
Of the rest two graphs (of 11 and 24) hold trained weights that differ in their last digits, and the others want what isn't there yet:
gradients through loops (so dynamic_rnn isn't trained, static_rnn is), V1 saves, SavedModels. `make test` runs all that pass.

`scripts/tf_api.py` writes this page; a test compares it with what there is.
"""
# Parts that are libraries of their own, counted apart.
LIBRARIES = ('contrib', 'estimator', 'keras', 'raw_ops')


def tensorflow_names():
    """Public names of TensorFlow 1.15, namespaces left out."""
    with open(NAMES, encoding='utf-8') as lines:
        rows = [line.split(None, 2) for line in lines if not line.startswith('#')]
    return [row[0] for row in rows if row[1] != 'module']


def is_there(tf, name):
    value = tf
    for part in name.split('.'):
        try:
            value = getattr(value, part)
        except AttributeError:
            return False
    return True


def part_of(name):
    first = name.partition('.')[0]
    return 'tf.' + first if first in LIBRARIES else 'tf'


def document():
    import icecore.tf as tf
    answers = {name: is_there(tf, name) for name in tensorflow_names()}
    parts = {}
    for name, there in answers.items():
        parts.setdefault(part_of(name), []).append(there)
    rows = ['| %s | %d | %d |' % (('`%s`' % part) + (' without the rest' if part == 'tf' else ''), sum(found), len(found))
            for part, found in sorted(parts.items())]
    core = parts['tf']
    share = 'Icecore has **%d of the %d** public names of TensorFlow 1.15, %d%%; of `tf` without `%s` %d of %d, %d%%.' % (
        sum(answers.values()), len(answers), 100 * sum(answers.values()) // len(answers),
        '`, `'.join('tf.' + name for name in LIBRARIES), sum(core), len(core), 100 * sum(core) // len(core))
    text = HEAD.format(share=share, parts='\n'.join(rows))
    spaces = {}
    for name in answers:
        spaces.setdefault('.'.join(['tf', *name.split('.')[:-1]]), []).append(name)
    for space, names in sorted(spaces.items()):
        text += '\n## %s\n\n| name | |\n|---|---|\n' % space
        text += ''.join('| `tf.%s` | %s |\n' % (name, 'yes' if answers[name] else 'no') for name in sorted(names))
    return text


def main():
    text = document()
    if '--check' not in sys.argv[1:]:
        with open(DOCUMENT, 'w', encoding='utf-8') as out:
            out.write(text)
        return 0
    with open(DOCUMENT, encoding='utf-8') as there:
        if there.read() == text:
            return 0
    print('docs/tf-api.md is not what icecore.tf has: scripts/tf_api.py writes it anew')
    return 1


if __name__ == '__main__':
    sys.exit(main())
