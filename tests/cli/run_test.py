#!/usr/bin/env python3
"""Runs `icecore run` on small real models, on good and on bad input.

  ICECORE=build/release/icecore run_test.py DATA [DIFFERING]

DATA is tests/data; the program is in a build folder or is an installed one. DIFFERING is the library that differing_runtime.cc makes."""
import glob
import os
import struct
import subprocess
import sys
import tempfile

ICECORE = os.path.abspath(os.environ['ICECORE'])
DATA = os.path.abspath(sys.argv[1])
DIFFERING = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
FAULTS = []

# A placeholder of bools, cast to int32.
FLAGS = '''node { name: "p" op: "Placeholder" attr { key: "dtype" value { type: DT_BOOL } } }
node { name: "c" op: "Cast" input: "p" attr { key: "SrcT" value { type: DT_BOOL } } attr { key: "DstT" value { type: DT_INT32 } } }
'''

# A placeholder that has no elements.
NOTHING = '''node { name: "p" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } attr { key: "shape" value { shape { dim { size: 0 } } } } }
node { name: "y" op: "Neg" input: "p" attr { key: "T" value { type: DT_FLOAT } } }
versions { producer: 134 }
'''

# Two tables: of the nodes that fill them only the one whose table is asked for can run.
TABLES = '''node { name: "t" op: "HashTableV2" attr { key: "key_dtype" value { type: DT_INT64 } } attr { key: "value_dtype" value { type: DT_STRING } } }
node { name: "k" op: "Const" attr { key: "dtype" value { type: DT_INT64 } } attr { key: "value" value { tensor { dtype: DT_INT64 tensor_shape { dim { size: 2 } } int64_val: 3 int64_val: 5 } } } }
node { name: "v" op: "Const" attr { key: "dtype" value { type: DT_STRING } } attr { key: "value" value { tensor { dtype: DT_STRING tensor_shape { dim { size: 2 } } string_val: "three" string_val: "five" } } } }
node { name: "d" op: "Const" attr { key: "dtype" value { type: DT_STRING } } attr { key: "value" value { tensor { dtype: DT_STRING tensor_shape { } string_val: "none" } } } }
node { name: "fill" op: "LookupTableImportV2" input: "t" input: "k" input: "v" attr { key: "Tin" value { type: DT_INT64 } } attr { key: "Tout" value { type: DT_STRING } } }
node { name: "y" op: "LookupTableFindV2" input: "t" input: "k" input: "d" attr { key: "Tin" value { type: DT_INT64 } } attr { key: "Tout" value { type: DT_STRING } } }
node { name: "f" op: "HashTableV2" attr { key: "key_dtype" value { type: DT_STRING } } attr { key: "value_dtype" value { type: DT_INT64 } } }
node { name: "file" op: "InitializeTableFromTextFileV2" input: "f" input: "d" attr { key: "key_index" value { i: -2 } } attr { key: "value_index" value { i: -1 } } }
node { name: "n" op: "LookupTableSizeV2" input: "f" }
versions { producer: 134 }
'''


def npy(path, description, shape, values, fortran=False):
    header = repr({'descr': description, 'fortran_order': fortran, 'shape': shape})
    header += ' ' * (63 - (10 + len(header)) % 64) + '\n'
    with open(path, 'wb') as out:
        out.write(b'\x93NUMPY\x01\x00' + struct.pack('<H', len(header)) + header.encode() + values)


def run(*words, **environment):
    return subprocess.run([ICECORE, 'run', *words], capture_output=True, text=True, timeout=60, env={**os.environ, **environment})


def library_folder():
    folder = os.path.dirname(ICECORE)
    built, = {os.path.dirname(path) for pattern in ('', '../lib', '../lib/*') for path in glob.glob(os.path.join(folder, pattern, 'libicecore.so.0'))}
    return built


def expect(what, result, status, text):
    if result.returncode != status or text not in result.stdout + result.stderr or (status == 2 and result.stderr.count('\n') != 1):
        FAULTS.append('%s: exit %d, not %d with "%s": %s%s' % (what, result.returncode, status, text, result.stdout, result.stderr))


def check_frozen(half):
    """`icecore freeze --check`."""
    def freeze(*words):
        return subprocess.run([ICECORE, 'freeze', *words, '--check', '--force'], capture_output=True, text=True, timeout=60)

    host = os.path.join(DATA, 'golden', 'host_function')
    expect('a check', freeze(half, '--outputs', 'Add', '-o', 'half.pb'), 0, 'checked: Add:0 float32 [2,2]: equal\nfed: Placeholder:0 float32 [2,2]')
    expect('a check in JSON', freeze(half, '--outputs', 'Add', '-o', 'half.pb', '--json'), 0, '"equal": true')
    called = freeze(os.path.join(host, 'model.pb'), os.path.join(host, 'save', 'model-3'), '--outputs', 'b_prob', '-o', 'host.pb')
    expect('a check that calls a function of Python', called, 0, "warning: not checked: 'rois/PyFunc' calls a function")
    expect('a check of nothing', freeze('nothing.pbtxt', '--outputs', 'y', '-o', 'nothing.pb'), 0, 'warning: not checked: no output has any elements')
    if '[[' in called.stderr:
        FAULTS.append('a warning names its node twice: ' + called.stderr)


def check_differing_frozen(half, runtime):
    """`icecore freeze --check` where the two graphs differ. No graph is known whose frozen one differs: a runtime library says so that
    compares nothing (differing_runtime.cc)."""
    os.makedirs('differing')
    os.symlink(os.path.join(library_folder(), 'libicecore.so.0'), 'differing/libicecore.so.0')
    os.symlink(runtime, 'differing/libicecore_runtime.so.0')

    def freeze(*words):
        return subprocess.run([ICECORE, 'freeze', half, '--outputs', 'Add', '-o', 'half.pb', '--check', '--force', *words], capture_output=True, text=True, timeout=60,
                              env={**os.environ, 'LD_LIBRARY_PATH': os.path.abspath('differing')})

    expect('graphs that differ', freeze(), 1, 'checked: Add:0 float32 [2,2]: DIFFERENT, by up to 0.25\nfed: nothing\n')
    expect('graphs that differ, in JSON', freeze('--json'), 1, '"equal": false')


def main():
    half = os.path.join(DATA, 'models', 'v2-serving-half', 'export.meta')
    matmul = os.path.join(DATA, 'models', 's-mlnet', 'model_matmul')
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        npy('x.npy', '<f4', (), struct.pack('<f', 3))
        npy('big.npy', '>f4', (), struct.pack('>f', 3))
        npy('double.npy', '<f8', (), struct.pack('<d', 3))
        npy('short.npy', '<f4', (7,), b'\0' * 8)
        npy('a.npy', '<f4', (1, 2, 2), struct.pack('<4f', 1, 2, 3, 4))
        npy('columns.npy', '<f4', (1, 2, 2), struct.pack('<4f', 1, 3, 2, 4), fortran=True)
        npy('one.npy', '<f4', (1, 2, 2), struct.pack('<4f', 1, 0, 0, 1))
        npy('flags.npy', '|b1', (3,), b'\0\1\2')
        npy('dates.npy', '<M8[D]', (), b'\0' * 8)
        npy('three.npy', '<f4', (3, 2, 2), b'\0' * 48)
        with open('text.npy', 'w') as out:
            out.write('no array')
        with open('flags.pbtxt', 'w') as out:
            out.write(FLAGS)
        with open('nothing.pbtxt', 'w') as out:
            out.write(NOTHING)
        feed = ('--feed', 'Placeholder:0=x.npy')
        expect('a checkpoint of its own', run(half, *feed, '--fetch', 'Add:0'), 0, '3.5')
        expect('big-endian values', run(half, '--feed', 'Placeholder:0=big.npy', '--fetch', 'Add:0'), 0, '3.5')
        for first in ('a.npy', 'columns.npy'):
            expect(first, run(matmul, '--feed', 'a:0=' + first, '--feed', 'b:0=one.npy', '--fetch', 'c:0'), 0, '[[[1. 2.]\n  [3. 4.]]]')
        expect('bools of any byte', run('flags.pbtxt', '--feed', 'p:0=flags.npy', '--fetch', 'c:0'), 0, '[0 1 1]')
        expect('a file', run(half, *feed, '--fetch', 'Add:0=y.npy'), 0, 'y.npy: float32 []')
        expect('the file again', run(half, *feed, '--fetch', 'Add:0=y.npy'), 2, 'y.npy')
        expect('the file with --force', run(half, *feed, '--fetch', 'Add:0=y.npy', '--force'), 0, 'y.npy')
        expect('JSON', run(half, *feed, '--fetch', 'Add:0', '--json'), 0, '"dtype": "float32"')
        expect('another dtype', run(half, '--feed', 'Placeholder:0=double.npy', '--fetch', 'Add:0'), 2, 'dtype float64')
        expect('values cut short', run(half, '--feed', 'Placeholder:0=short.npy', '--fetch', 'Add:0'), 2, 'short.npy')
        expect('no .npy', run(half, '--feed', 'Placeholder:0=text.npy', '--fetch', 'Add:0'), 2, 'text.npy')
        expect('no such node', run(half, *feed, '--fetch', 'Ad:0'), 2, "nearest: 'Add'")
        expect('a feed of no such node', run(half, '--feed', 'Placehodler:0=x.npy', '--fetch', 'Add:0'), 2, "nearest: 'Placeholder'")
        expect('nothing fed', run(half, '--fetch', 'Add:0'), 2, "You must feed a value for placeholder tensor 'Placeholder'")
        expect('nothing asked for', run(half, *feed), 2, '--fetch')
        # The runtime library that lies beside libicecore, not the first that has its name.
        built = library_folder()
        os.makedirs('elsewhere')
        os.makedirs('beside')
        os.symlink(os.path.join(built, 'libicecore_runtime.so.0'), 'elsewhere/libicecore_runtime.so.0')
        os.symlink(os.path.join(built, 'libicecore.so.0'), 'beside/libicecore.so.0')
        places = os.path.abspath('elsewhere') + ':' + os.path.abspath('beside')
        expect('none beside', run(half, *feed, '--fetch', 'Add:0', LD_LIBRARY_PATH=places), 0, '3.5')
        with open('beside/libicecore_runtime.so.0', 'w') as out:
            out.write('no library')
        expect('a bad one beside', run(half, *feed, '--fetch', 'Add:0', LD_LIBRARY_PATH=places), 2, 'beside/libicecore_runtime.so.0')
        half_plus_two = os.path.join(DATA, 'models', 's-serving-testdata', 'saved_model_half_plus_two_cpu', '00000123')
        serving = (half_plus_two, '--signature', 'serving_default')
        npy('three_numbers.npy', '<f4', (3,), struct.pack('<3f', 1, 2, 3))
        expect('all outputs of a signature', run(*serving, '--feed', 'x=three_numbers.npy'), 0, 'y: float32 [3]\n[2.5 3.  3.5]')
        expect('an output of a signature in a file', run(*serving, '--feed', 'x=three_numbers.npy', '--fetch', 'y=out.npy'), 0, 'out.npy: float32 [3]')
        expect('no such input', run(*serving, '--feed', 'x:0=three_numbers.npy'), 2, "the signature has no input 'x:0'; it has 'x'")
        expect('no such output', run(*serving, '--feed', 'x=three_numbers.npy', '--fetch', 'z'), 2, "the signature has no output 'z'; it has 'y'")
        strings = (os.path.join(DATA, 'models', 's-mlnet', 'model_primitive_input_test'), '--fetch', 'string_merge:0')
        with open('bytes', 'wb') as out:
            out.write(b'a\0\xff')
        npy('words.npy', '|S2', (), b'bc')
        expect("files' bytes as strings", run(*strings, '--feed', 'input1:0=@bytes', '--feed', 'input2:0=words.npy'), 0, "b'a\\x00\\xffbc'")
        expect('bytes where floats are wanted', run(half, '--feed', 'Placeholder:0=@bytes', '--fetch', 'Add:0'), 2, 'dtype string')
        expect('bytes of no file', run(half, '--feed', 'Placeholder:0=@', '--fetch', 'Add:0'), 2, 'names no file')
        expect('bytes of a file that is missing', run(half, '--feed', 'Placeholder:0=@gone', '--fetch', 'Add:0'), 2, "can't open gone")
        with open('tables.pbtxt', 'w') as out:
            out.write(TABLES)
        expect('a table', run('tables.pbtxt', '--fetch', 'y:0'), 0, "y:0: string [2]\n[b'three' b'five']")
        expect('a table of a file', run('tables.pbtxt', '--fetch', 'n:0'), 2, 'allow')
        with open('none', 'w') as out:
            out.write('a\nb\nc\n')
        expect('a table of a file that may be read', run('tables.pbtxt', '--fetch', 'n:0', '--allow-io=.'), 0, 'n:0: int64 []\n3')
        expect('many threads', run(half, *feed, '--fetch', 'Add:0', '--threads', '1000000'), 0, '3.5')
        expect('fewer threads than none', run(half, *feed, '--fetch', 'Add:0', '--threads', '-1'), 2, "there can't be -1 threads")
        expect('dates', run(half, '--feed', 'Placeholder:0=dates.npy', '--fetch', 'Add:0'), 2, "the dtype '<M8[D]'")
        expect('no such signature', run(half, '--signature', 'gone', *feed), 2, "no signature 'gone'")
        expect('a feed without a file', run(half, '--feed', 'Placeholder:0', '--fetch', 'Add:0'), 2, 'names no file')
        expect('values that an op refuses', run(matmul, '--feed', 'a:0=three.npy', '--feed', 'b:0=one.npy', '--fetch', 'c:0'), 2, "[3,2,2] vs [1,2,2] (node 'c')")
        check_frozen(half)
        if DIFFERING:
            check_differing_frozen(half, DIFFERING)
    print('\n'.join(FAULTS) if FAULTS else 'run: good')
    return 1 if FAULTS else 0


if __name__ == '__main__':
    sys.exit(main())
