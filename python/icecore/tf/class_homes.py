"""Classes say that they are of TensorFlow's modules, in a process whose `import tensorflow` means Icecore.

So `print(type(x))` says what it does with TensorFlow: <class 'tensorflow.python.framework.ops.Tensor'>.
"""
from icecore import errors

_OURS = 'icecore.tf.'
# Modules that are divided in another way: ours -> TensorFlow's, both below tensorflow.python.
_HOMES = {
    'framework.dimension': 'framework.tensor_shape',
    'framework.graph': 'framework.ops',
    'framework.name_scope': 'framework.ops',
    'framework.operation': 'framework.ops',
    'framework.tensor': 'framework.ops',
    'framework.composites': 'framework.sparse_tensor',
    'ops.lookup_buckets': 'ops.lookup_ops',
    'ops.lookup_initializers': 'ops.lookup_ops',
    'ops.lookup_mutable': 'ops.lookup_ops',
    'ops.lookup_tables': 'ops.lookup_ops',
    'ops.parsing_features': 'ops.parsing_ops',
    'ops.ref_variable': 'ops.variables',
    'ops.rnn_cell_base': 'ops.rnn_cell_impl',
    'ops.rnn_cell_wrappers': 'ops.rnn_cell_impl',
    'ops.variable_class': 'ops.variables',
    'ops.variable_modes': 'ops.variables',
    'ops.variable_parts': 'ops.variables',
    'training.scaffold': 'training.monitored_session',
}
_CLASSES = {'IndexedSlices': 'framework.indexed_slices', 'IndexedSlicesValue': 'framework.indexed_slices'}


def _settle(value, module, home):
    if isinstance(value, type) and value.__module__ == module and not value.__name__.startswith('_'):
        value.__module__ = 'tensorflow.python.' + _CLASSES.get(value.__name__, home)


def settle(module):
    """The public classes that a module of Icecore's defines get their homes."""
    name = module.__name__
    if name.startswith(_OURS) and not name.startswith((_OURS + 'contrib.', _OURS + 'protos')):
        home = name[len(_OURS):]
        for value in list(vars(module).values()):
            _settle(value, name, _HOMES.get(home, home))


def settle_errors():
    """The same of the errors, which icecore and icecore.tf share."""
    for value in list(vars(errors).values()):
        if isinstance(value, type) and issubclass(value, errors.Error) and value is not errors.Error:
            _settle(value, errors.__name__, 'framework.errors_impl')
