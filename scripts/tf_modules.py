#!/usr/bin/env python3
"""Writes python/icecore/tf/names/modules_1_15.txt: the modules of TensorFlow 1.15.5, and what those hold that have no public names.

usage: PYTHON_OF_TENSORFLOW_1.15 scripts/tf_modules.py >python/icecore/tf/names/modules_1_15.txt

A line is `module: names`: of tensorflow.contrib what dir() finds; of the folders of tensorflow.python in DEFINED the functions and
classes that the file defines; of other folders the modules in them.
"""
import ast
import os
import sys
import types
import warnings

warnings.filterwarnings('ignore')
import tensorflow as tf  # noqa: E402
import tensorflow.contrib  # noqa: E402

HEAD = """# Modules of TensorFlow 1.15.5, without `tensorflow.`, and names in them. scripts/tf_modules.py makes this file.
"""
DEFINED = ('client', 'framework', 'layers', 'lib', 'ops', 'platform', 'summary', 'training', 'util')
# Their functions are tf.raw_ops, or tests' own.
GENERATED = ('gen_', 'test_ops')
# Hundreds of names that come by `import *` from elsewhere, or that nobody asks for.
LEFT_OUT = ('contrib.keras.python', 'contrib.quantization', 'contrib.specs', 'contrib.labeled_tensor', 'contrib.tensor_forest')
FUTURE = ('absolute_import', 'division', 'print_function')


def contrib_names(path, module, found, seen, depth=0):
    names = found.setdefault(path, set())
    for name in dir(module):
        if name.startswith('_') or name in FUTURE:
            continue
        try:
            value = getattr(module, name)
        except Exception:
            continue
        inside = '%s.%s' % (path, name)
        if not isinstance(value, types.ModuleType):
            if not path.startswith(LEFT_OUT):
                names.add(name)
        elif '.contrib.' in value.__name__ and value.__name__ not in seen and name != 'python':
            seen.add(value.__name__)
            names.add(name)
            if depth < 3:
                contrib_names(inside, value, found, seen, depth + 1)


def defined(path):
    with open(path, encoding='utf-8') as source:
        tree = ast.parse(source.read())
    return {node.name for node in tree.body
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith('_')}


def files(found):
    top = os.path.dirname(os.path.dirname(tf.contrib.__file__))
    for folder, folders, names in os.walk(top):
        where = os.path.relpath(folder, top).replace(os.sep, '.')
        parts = where.split('.')
        if parts[0] in ('_api', 'include', 'tools') or 'tests' in parts or 'testdata' in parts or '__init__.py' not in names:
            folders[:] = folders if where == '.' else []
            continue
        modules = {name[:-3] for name in names if name.endswith('.py') and not name.startswith('_')
                   and not name.endswith(('_pb2.py', '_test.py'))}
        modules |= {name for name in folders if os.path.exists(os.path.join(folder, name, '__init__.py'))}
        if where != '.':
            found.setdefault(where, set()).update(modules - {'tests', 'testdata'})
        if parts[0] == 'python' and len(parts) > 1 and parts[1] in DEFINED:
            for name in modules:
                file = os.path.join(folder, name + '.py')
                if os.path.exists(file) and not name.startswith(GENERATED):
                    found.setdefault('%s.%s' % (where, name), set()).update(defined(file))


def main():
    found = {}
    contrib_names('contrib', tf.contrib, found, set())
    files(found)
    sys.stdout.write(HEAD)
    for path in sorted(found):
        if found[path]:
            sys.stdout.write('%s: %s\n' % (path, ' '.join(sorted(found[path]))))


main()
