"""Functions of one op each, made from the table functions.txt when they are first asked for.

`plain.matrix_diag(diagonal, name=None)` adds a MatrixDiag. Names and parameters are those of TensorFlow 1.15's modules
gen_*_ops.
"""
import os
import re

from icecore.tf.framework import dtypes, op_def_library

_rows = {}
# The names in a list of parameters, whatever their defaults are.
_NAME = re.compile(r'(?:^|, )([a-zA-Z_]\w*)(?==|,|$)')


def _load():
    path = os.path.join(os.path.dirname(__file__), 'functions.txt')
    with open(path, encoding='utf-8') as text:
        for line in text:
            if not line.startswith('#'):
                name, _, rest = line.rstrip('\n').partition('\t')
                _rows[name] = rest


_load()


def names():
    """Of all functions here."""
    return list(_rows)


def _apply(op_type, name, arguments):
    return op_def_library.apply_op(op_type, name=name,
                                   **{key: value for key, value in arguments.items() if value is not None})


def make(name, op_type, parameters, renamed=''):
    """A function of those parameters, the last of which is name, that adds an op."""
    argument_of = {parameter: argument for argument, _, parameter in
                   (pair.partition('=') for pair in filter(None, renamed.split(', ')))}
    given = _NAME.findall(parameters)
    items = ', '.join('%r: %s' % (argument_of.get(p, p), p) for p in given if p != 'name')
    source = 'def %s(%s):\n    return _apply(%r, name, {%s})\n' % (name, parameters, op_type, items)
    scope = {'_apply': _apply, 'dtypes': dtypes}
    # The table's own text: nothing of a user's is in it. Its file, which there isn't, lies in the package, as its callers see.
    exec(compile(source, '%s/%s' % (__file__[:-3], name), 'exec'), scope)
    function = scope[name]
    function.__module__ = __name__
    function.__qualname__ = name
    function.__doc__ = 'Adds the op %s (docs/ops.md).' % op_type
    return function


def __getattr__(name):
    row = _rows.get(name)
    if row is None:
        raise AttributeError("module '%s' has no attribute '%s'" % (__name__, name))
    function = make(name, *row.split('\t'))
    globals()[name] = function
    return function


def __dir__():
    return sorted(_rows)


def fallback(module):
    """__getattr__ of a module that has these functions besides its own, as `from gen_… import *` gives them."""
    def __getattr__(name):
        if not name.startswith('__') and name in _rows:
            return globals()[name] if name in globals() else globals()['__getattr__'](name)
        raise AttributeError("module '%s' has no attribute '%s'" % (module, name))
    return __getattr__
