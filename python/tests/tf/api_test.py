"""What docs/tf-api.md says is there, is there, and has TensorFlow's signature."""
import inspect
import os
import re
import subprocess
import sys

import pytest

from icecore import tf
from icecore.tf import names

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, *[os.pardir] * 3))
DATA = os.path.join(os.path.dirname(names.__file__), 'tensorflow_1_15.txt')
# Signatures that differ on purpose, and why.
DIFFERENT = {
    'Operation': 'graphs make them, from the C++ core',
    'Tensor': 'graphs make them, from the C++ core',
    'Variable': 'the class stands for several, whose metaclass takes the arguments',
}


def signatures():
    """(name, the names of its arguments) of every function and class whose arguments TensorFlow tells."""
    with open(DATA, encoding='utf-8') as lines:
        for line in lines:
            match = re.match(r'(\S+) (?:class|function) \((.*)\)$', line.strip())
            if match and match[2] not in ('...', '*args, **kwargs') and not line.startswith('#'):
                yield match[1], arguments_in(match[2])


def arguments_in(text):
    """'a, b=(1, 2), *c' -> ['a', 'b', '*c']."""
    found, depth, current = [], 0, ''
    for letter in text.replace("','", "''") + ',':
        depth += (letter in '([{') - (letter in ')]}')
        if letter == ',' and depth == 0:
            found.append(current.partition('=')[0].strip())
            current = ''
        else:
            current += letter
    return [name for name in found if name and name != '*']


def arguments_of(value):
    target = value.__init__ if inspect.isclass(value) else value
    found = [{'VAR_POSITIONAL': '*', 'VAR_KEYWORD': '**'}.get(p.kind.name, '') + p.name
             for p in inspect.signature(target).parameters.values()]
    found = found[1:] if inspect.isclass(value) else found
    return [] if found in (['*args', '**kwargs'], ['*args', '**kwds']) else found


def found(name):
    value = tf
    for part in name.split('.'):
        value = getattr(value, part)
    return value


def there():
    for name, arguments in signatures():
        try:
            value = found(name)
        except AttributeError:
            continue
        # Messages take their fields, raw ops what their signature has; flags are absl's.
        if not hasattr(value, 'DESCRIPTOR') and not name.startswith(('flags.', 'raw_ops.')) and name not in DIFFERENT:
            yield name, arguments


@pytest.mark.parametrize('name, arguments', list(there()))
def test_arguments_are_tensorflows(name, arguments):
    assert arguments_of(found(name)) == arguments


def test_every_name_of_the_tables_is_found():
    for namespace in ['', *names.namespaces()]:
        for name in names.names_in(namespace):
            assert names.resolve(namespace, name) is not None or name == 'newaxis', (namespace, name)


def test_every_name_is_one_of_tensorflows():
    known = names.missing.names_of_tensorflow()
    for namespace in ['', *names.namespaces()]:
        for name in names.names_in(namespace):
            full = '.'.join(filter(None, (namespace, name)))
            assert full in known or full.startswith(('app.flags', 'contrib.', 'pywrap_tensorflow', 'test.mock')), full


@pytest.mark.skipif(not os.path.exists(os.path.join(ROOT, 'scripts', 'tf_api.py')), reason='only in the source tree')
def test_the_document_says_what_there_is():
    result = subprocess.run([sys.executable, os.path.join(ROOT, 'scripts', 'tf_api.py'), '--check'], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
