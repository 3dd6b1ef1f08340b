"""Icecore reads, writes, inspects, freezes, runs and trains TensorFlow 1.x models, without TensorFlow.

>>> import icecore
>>> with icecore.CheckpointWriter('demo/model.ckpt') as writer:
...     writer.add('conv1/weights', [[1.0, 2.0], [3.0, 4.0]], dtype='float32')
>>> ckpt = icecore.Checkpoint('demo/model.ckpt')
>>> ckpt['conv1/weights']
array([[1., 2.],
       [3., 4.]], dtype=float32)

`icecore.tf` has TensorFlow's names for scripts. docs/python.md tells the rest.
"""

import importlib as _importlib
import os as _os

__version__ = '0.1.0'

# Where each name is found; loaded when it is first asked for, so that `import icecore` costs next to nothing.
_HOMES = {
    'Checkpoint': 'checkpoint', 'CheckpointWriter': 'checkpoint', 'VariableInfo': 'checkpoint',
    'CheckpointState': 'checkpoint', 'latest_checkpoint': 'checkpoint', 'checkpoint_exists': 'checkpoint',
    'get_checkpoint_state': 'checkpoint', 'get_checkpoint_mtimes': 'checkpoint', 'list_variables': 'checkpoint',
    'load_variable': 'checkpoint', 'load_checkpoint': 'checkpoint',
    'Graph': 'graph', 'Node': 'graph', 'load_graph': 'graph', 'write_graph': 'graph',
    'freeze_graph': 'freeze', 'Frozen': 'freeze',
    'GraphBuilder': 'session', 'Output': 'session', 'Operation': 'session', 'Variable': 'session',
    'Session': 'session', 'Saver': 'session', 'import_meta_graph': 'session', 'export_meta_graph': 'session',
    'gradients': 'session', 'make_variable': 'session', 'cond': 'session', 'while_loop': 'session',
    'init_from_checkpoint': 'session',
    'Error': 'errors', 'CancelledError': 'errors', 'UnknownError': 'errors', 'InvalidArgumentError': 'errors',
    'DeadlineExceededError': 'errors', 'NotFoundError': 'errors', 'AlreadyExistsError': 'errors',
    'PermissionDeniedError': 'errors', 'UnauthenticatedError': 'errors', 'ResourceExhaustedError': 'errors',
    'FailedPreconditionError': 'errors', 'AbortedError': 'errors', 'OutOfRangeError': 'errors',
    'UnimplementedError': 'errors', 'InternalError': 'errors', 'UnavailableError': 'errors', 'DataLossError': 'errors',
}
_MODULES = ('errors', 'tf')

__all__ = sorted(_HOMES)


def _load_core():
    """The extension. OpenMP, which oneDNN runs on, reads once, when it is loaded, whether its idle threads spin; they and a
    Session's take turns, so they must not. What the process and its children see of the environment stays as it was."""
    if 'OMP_WAIT_POLICY' in _os.environ:
        return _importlib.import_module('icecore._core')
    _os.environ['OMP_WAIT_POLICY'] = 'passive'
    try:
        return _importlib.import_module('icecore._core')
    finally:
        del _os.environ['OMP_WAIT_POLICY']


def __getattr__(name):
    if name == '_core':
        value = _load_core()
    elif name in _HOMES:
        value = getattr(_importlib.import_module('icecore._' + _HOMES[name] if _HOMES[name] != 'errors'
                                                 else 'icecore.errors'), name)
    elif name in _MODULES:
        value = _importlib.import_module('icecore.' + name)
    else:
        raise AttributeError("module 'icecore' has no attribute %r" % name)
    globals()[name] = value
    return value


def __dir__():
    return sorted(set(globals()) | set(_HOMES) | set(_MODULES))
