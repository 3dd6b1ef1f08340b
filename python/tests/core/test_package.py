"""What the package is, and what importing it costs others."""
import doctest
import importlib
import os
import subprocess
import sys

import pytest

import icecore

MODULES = ['icecore', 'icecore.errors']
NAMES = [name for name in icecore.__all__ if not name.endswith('Error')]


@pytest.mark.parametrize('name', MODULES + NAMES)
def test_it_has_an_example_which_is_true(name):
    subject = importlib.import_module(name) if name in MODULES else getattr(icecore, name)
    test = doctest.DocTestParser().get_doctest(subject.__doc__, {}, name, None, 0)
    assert test.examples and doctest.DocTestRunner().run(test).failed == 0


def test_importing_it_loads_neither_numpy_nor_protobuf():
    code = ('import sys, icecore; icecore.Checkpoint; icecore.Session; '
            'print([m for m in ("numpy", "google.protobuf", "tensorflow") if m in sys.modules])')
    assert subprocess.run([sys.executable, '-c', code], check=True, capture_output=True, text=True).stdout == '[]\n'


@pytest.mark.parametrize('wanted', [None, 'active'])
def test_idle_threads_of_openmp_sleep_unless_the_environment_says_otherwise(wanted):
    environment = {name: value for name, value in os.environ.items() if name != 'OMP_WAIT_POLICY'}
    environment['OMP_DISPLAY_ENV'] = 'true'
    if wanted is not None:
        environment['OMP_WAIT_POLICY'] = wanted
    code = 'import os, icecore; icecore.GraphBuilder; print(os.environ.get("OMP_WAIT_POLICY"))'
    ran = subprocess.run([sys.executable, '-c', code], env=environment, check=True, capture_output=True, text=True)
    assert ran.stdout == '%s\n' % wanted
    assert "OMP_WAIT_POLICY = '%s'" % (wanted or 'passive').upper() in ran.stderr


def test_all_its_names_are_there():
    for name in icecore.__all__:
        assert getattr(icecore, name) is not None and name in dir(icecore)
    with pytest.raises(AttributeError, match='nope'):
        icecore.nope


def test_the_extension_gives_nothing_away_but_its_entry():
    listed = subprocess.run(['nm', '-D', '--defined-only', icecore._core.__file__], check=True, capture_output=True, text=True)
    assert [line.split()[-1] for line in listed.stdout.splitlines()] == ['PyInit__core']


def test_what_type_checkers_are_told_is_what_there_is():
    import ast
    with open(os.path.join(os.path.dirname(icecore.__file__), '__init__.pyi'), encoding='utf-8') as text:
        tree = ast.parse(text.read())
    told = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                assert alias.name == alias.asname  # Which makes it a name of the package.
                told.add(alias.name)
                if node.module:
                    module = importlib.import_module('icecore.' + node.module)
                    assert getattr(module, alias.name) is getattr(icecore, alias.name)
    assert told == set(icecore.__all__) | {'tf', 'errors'}


def test_errors_travel_between_processes():
    import pickle
    error = pickle.loads(pickle.dumps(icecore.NotFoundError(None, None, 'gone')))
    assert isinstance(error, icecore.NotFoundError) and (error.message, error.code) == ('gone', 'NOT_FOUND')


def test_ops_are_described():
    conv = icecore._core.op_signature('Conv2D')
    assert [arg['name'] for arg in conv['inputs']] == ['input', 'filter']
    assert {attr['name']: attr.get('default') for attr in conv['attrs']}['data_format'] == b'NHWC'
    assert icecore._core.op_signature('NoSuchOp') is None
    assert 'Conv2D' in icecore._core.implemented_ops() and 'Conv2D' in icecore._core.op_names()


def module(*words, **environment):
    import os
    return subprocess.run([sys.executable, '-m', 'icecore', *words], capture_output=True, text=True,
                          env={**os.environ, **environment})


def test_the_module_runs_the_program_that_is_named(tmp_path):
    program = tmp_path / 'program'
    program.write_text('#!/bin/sh\necho "$@"\nexit 3\n')
    program.chmod(0o755)
    ran = module('list', 'a b', ICECORE=str(program))
    assert (ran.returncode, ran.stdout) == (3, 'list a b\n')


def test_the_module_says_where_there_is_no_program():
    ran = module('list', 'm', ICECORE='no such program')
    assert ran.returncode == 1 and "'list' is a verb of the program `icecore`" in ran.stderr
    assert module('--version', ICECORE='no such program').stdout == 'icecore %s\n' % icecore.__version__
    ran = module(ICECORE='no such program')
    assert ran.returncode == 0 and ran.stdout.startswith('Icecore %s in ' % icecore.__version__)


def test_the_module_runs_scripts_without_the_program(tmp_path):
    script = tmp_path / 'script.py'
    script.write_text('import sys\nimport tensorflow as tf\nprint(tf.__version__, sys.argv[1:])\n')
    ran = module('run-script', str(script), 'a', ICECORE='no such program')
    assert ran.stdout.split(' ', 1)[1] == "['a']\n", ran.stderr
