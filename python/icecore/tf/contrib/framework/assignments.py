"""Values for variables: from arrays, or from checkpoints."""
from icecore.tf.contrib.framework.variables import get_variable_full_name
from icecore.tf.framework import control_flow, ops, placeholders
from icecore.tf.platform import tf_logging
from icecore.tf.training.py_checkpoint_reader import NewCheckpointReader


def _fed(var):
    return placeholders.placeholder(dtype=var.dtype.base_dtype, shape=var.get_shape(), name='placeholder/' + var.op.name)


def _variable_named(name):
    found = ops.get_collection(ops.GraphKeys.GLOBAL_VARIABLES, name)
    if not found:
        raise ValueError("Variable %s wasn't found" % name)
    if len(found) == 1:
        return found[0]
    for var in found:
        if var.op.name == name:
            return var
    raise ValueError("Variable %s doesn't uniquely identify a variable" % name)


def assign_from_values(var_names_to_values):
    """(an operation that assigns, what to feed it), of names and arrays. ValueError where there is no such variable."""
    feed_dict, assigned = {}, []
    for name, value in var_names_to_values.items():
        var = _variable_named(name)
        place = _fed(var)
        assigned.append(var.assign(place))
        feed_dict[place] = value.reshape(var.get_shape())
    return control_flow.group(*assigned), feed_dict


def assign_from_values_fn(var_names_to_values):
    """The same, as a function of a session."""
    operation, feed_dict = assign_from_values(var_names_to_values)

    def callback(session):
        return session.run(operation, feed_dict)
    return callback


def _groups(var_list):
    """Name in the checkpoint -> variables, the parts of one together."""
    if not isinstance(var_list, (tuple, list)):
        return {name: value if isinstance(value, (tuple, list)) else [value] for name, value in var_list.items()}
    groups = {}
    for var in var_list:
        groups.setdefault(get_variable_full_name(var), []).append(var)
    return groups


def assign_from_checkpoint(model_path, var_list, ignore_missing_vars=False):
    """(an operation that assigns a checkpoint's values, what to feed it).

    Args:
      model_path: a checkpoint's prefix.
      var_list: variables, or a dictionary of names in the checkpoint -> variables, or lists of their parts.
      ignore_missing_vars: whether what the checkpoint lacks is left out, and said.

    Raises:
      ValueError: where the checkpoint lacks a variable, or has another shape.
    """
    reader = NewCheckpointReader(model_path)
    feed_dict, assigned = {}, []
    for name, group in _groups(var_list).items():
        if not reader.has_tensor(name):
            text = 'Checkpoint is missing variable [%s]' % name
            if not ignore_missing_vars:
                raise ValueError(text)
            tf_logging.warning(text)
            continue
        value = reader.get_tensor(name)
        for var in group:
            place = _fed(var)
            assigned.append(var.assign(place))
            info = var._get_save_slice_info()
            if info:
                inside = tuple(slice(begin, begin + size) for begin, size in zip(info.var_offset, info.var_shape))
                feed_dict[place] = value[inside].reshape(info.var_shape)
                continue
            if var.get_shape() != value.shape:
                raise ValueError('Total size of new array must be unchanged for %s lh_shape: [%s], rh_shape: [%s]' %
                                 (name, str(value.shape), str(var.get_shape())))
            feed_dict[place] = value
    return control_flow.group(*assigned), feed_dict


def assign_from_checkpoint_fn(model_path, var_list, ignore_missing_vars=False, reshape_variables=False):
    """A function of a session that restores the variables; None where the checkpoint has none of them.

    Raises:
      ValueError: where there are no variables.
    """
    if not var_list:
        raise ValueError('var_list cannot be empty')
    if ignore_missing_vars:
        reader = NewCheckpointReader(model_path)
        wanted = var_list if isinstance(var_list, dict) else {var.op.name: var for var in var_list}
        var_list = {}
        for name, var in wanted.items():
            if reader.has_tensor(name):
                var_list[name] = var
            else:
                tf_logging.warning('Variable %s missing in checkpoint %s', name, model_path)
        if not var_list:
            tf_logging.warning('No Variables to restore')
            return None
    from icecore.tf import protos
    from icecore.tf.training import saver as saver_module
    saver = saver_module.Saver(var_list, reshape=reshape_variables, write_version=protos.SaverDef.V1)

    def callback(session):
        saver.restore(session, model_path)
    return callback
