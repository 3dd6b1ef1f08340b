"""Looking into checkpoints: tf.train.list_variables, load_variable, init_from_checkpoint."""
import os
import time

from icecore.tf.framework import ops
from icecore.tf.ops import variable_scope, variables
from icecore.tf.training import checkpoint_management
from icecore.tf.training.py_checkpoint_reader import NewCheckpointReader


def _get_checkpoint_filename(ckpt_dir_or_file):
    path = os.fspath(ckpt_dir_or_file)
    return checkpoint_management.latest_checkpoint(path) if os.path.isdir(path) else path


def load_checkpoint(ckpt_dir_or_file):
    """A CheckpointReader of a prefix, or of a folder's newest checkpoint. ValueError where the folder has none."""
    filename = _get_checkpoint_filename(ckpt_dir_or_file)
    if filename is None:
        raise ValueError("Couldn't find 'checkpoint' file or checkpoints in given directory %s" % ckpt_dir_or_file)
    return NewCheckpointReader(filename)


def load_variable(ckpt_dir_or_file, name):
    """A variable's value, as an array."""
    if name.endswith(':0'):
        name = name[:-2]
    return load_checkpoint(ckpt_dir_or_file).get_tensor(name)


def list_variables(ckpt_dir_or_file):
    """(name, shape) of each variable, sorted."""
    shapes = load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map()
    return [(name, shapes[name]) for name in sorted(shapes)]


def wait_for_new_checkpoint(checkpoint_dir, last_checkpoint=None, seconds_to_sleep=1, timeout=None):
    """The newest checkpoint, once it is another than last_checkpoint; None where that takes too long."""
    stop = time.time() + timeout if timeout is not None else None
    while True:
        path = checkpoint_management.latest_checkpoint(checkpoint_dir)
        if path is not None and path != last_checkpoint:
            return path
        if stop is not None and time.time() + seconds_to_sleep > stop:
            return None
        time.sleep(seconds_to_sleep)


def checkpoints_iterator(checkpoint_dir, min_interval_secs=0, timeout=None, timeout_fn=None):
    """Checkpoints as they are written."""
    last = None
    while True:
        path = wait_for_new_checkpoint(checkpoint_dir, last, timeout=timeout)
        if path is None:
            if not timeout_fn or timeout_fn():
                return
            continue
        start = time.time()
        last = path
        yield path
        rest = start + min_interval_secs - time.time()
        if rest > 0:
            time.sleep(rest)


def _is_variable(value):
    return isinstance(value, variables.VariableV1)


def _parts(name, store):
    found = []
    while '%s/part_%d' % (name, len(found)) in store:
        found.append(store['%s/part_%d' % (name, len(found))])
    return found or None


def init_from_checkpoint(ckpt_dir_or_file, assignment_map):
    """Makes a checkpoint's values the initial values of variables.

    Args:
      ckpt_dir_or_file: a prefix, or a folder, whose newest checkpoint is taken.
      assignment_map: names in the checkpoint -> variables, lists of a variable's parts, or names that get_variable()
        knows; or scopes in the checkpoint ('a/') -> scopes of variables ('b/'), '/' being the root.

    Raises:
      ValueError: where the checkpoint lacks a name, or has another shape.
    """
    path = _get_checkpoint_filename(ckpt_dir_or_file)
    shapes = load_checkpoint(ckpt_dir_or_file).get_variable_to_shape_map()
    store = variable_scope._get_default_variable_store()._vars
    for source, target in sorted(assignment_map.items(), key=lambda item: item[0]):
        if _is_variable(target) or isinstance(target, variables.PartitionedVariable) or (
                isinstance(target, list) and all(map(_is_variable, target))):
            variable = target if _is_variable(target) else list(target)
        else:
            variable = store[target] if target in store else _parts(target, store)
        if variable is None:
            _init_scope(path, shapes, source, target, store, ckpt_dir_or_file)
            continue
        if source not in shapes:
            raise ValueError('Tensor %s is not found in %s checkpoint %s' % (source, ckpt_dir_or_file, shapes))
        if _is_variable(variable) and not variable.get_shape().is_compatible_with(shapes[source]):
            raise ValueError("Shape of variable %s (%s) doesn't match with shape of tensor %s (%s) from checkpoint "
                             'reader.' % (variable.name, variable.get_shape(), source, shapes[source]))
        _set_initializers(variable, path, source)


def _init_scope(path, shapes, source, target, store, given):
    scopes = target[:target.rindex('/')] if '/' in target else ''
    if not source.endswith('/'):
        raise ValueError("Assignment map with scope only name {} should map to scope only {}. Should be 'scope/': "
                         "'other_scope/'.".format(scopes, source))
    inside = set()
    for name in store:
        if not scopes or name.startswith(scopes + '/'):
            inside.add(name[:name.index('/part_')] if '/part_' in name else name)
    for name in sorted(inside):
        tensor = name[len(scopes):]
        if target != '/':
            tensor = tensor[1:]
        if source != '/':
            tensor = source + tensor
        if tensor.endswith('/'):
            tensor = tensor[:-1]
        if tensor not in shapes:
            raise ValueError('Tensor %s (%s in %s) is not found in %s checkpoint' %
                             (tensor, name[len(scopes) + 1:], source, given))
        _set_initializers(store[name] if name in store else _parts(name, store), path, tensor)


def _set_initializers(variable, path, tensor):
    if _is_variable(variable):
        _set_initializer(variable, path, tensor, '')
        return
    whole = None
    for part in variable:
        info = part._get_save_slice_info()
        if whole not in (None, info.full_name):
            raise ValueError('Slices must all be from the same tensor: %s != %s' % (whole, info.full_name))
        whole = info.full_name
        _set_initializer(part, path, tensor, info.spec)


def _set_initializer(variable, path, tensor, slice_spec):
    from icecore.tf.ops import plain
    with ops.device(variable.device), ops.device('/cpu:0'):
        restored = plain.restore_v2(path, [tensor], [slice_spec], [variable.dtype.base_dtype],
                                    name='checkpoint_initializer')
        restored = restored[0] if isinstance(restored, (list, tuple)) else restored
    if variables.is_resource_variable(variable):
        with ops.device(variable.device):
            value = plain.identity(restored)
            initializer = plain.assign_variable_op(variable.handle, value)
    else:
        initializer = plain.assign(variable._ref(), restored, use_locking=None,
                                   validate_shape=variable.get_shape().is_fully_defined())
    restored.set_shape(variable.shape)
    variable._set_initializer(initializer, restored)
