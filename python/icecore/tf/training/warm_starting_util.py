"""tf.train.warm_start."""
import collections

from icecore.tf.framework import ops
from icecore.tf.platform import tf_logging
from icecore.tf.training import checkpoint_utils


def _name_in_checkpoints(variable):
    info = variable._get_save_slice_info()
    return variable.op.name if info is None else info.full_name


def _grouped(vars_to_warm_start):
    """Name in checkpoints -> the variables, the parts of one together."""
    given = vars_to_warm_start
    if given is None or isinstance(given, str):
        tf_logging.info('Warm-starting variables only in TRAINABLE_VARIABLES.')
        found = ops.get_collection(ops.GraphKeys.TRAINABLE_VARIABLES, scope=given)
    elif not isinstance(given, list):
        raise ValueError('`vars_to_warm_start must be a `list` or `str`.  Given type is {}'.format(type(given)))
    elif all(isinstance(v, str) for v in given):
        found = [v for scope in given for v in ops.get_collection(ops.GraphKeys.GLOBAL_VARIABLES, scope=scope)]
    elif all(map(checkpoint_utils._is_variable, given)):
        found = given
    else:
        raise ValueError('If `vars_to_warm_start` is a list, it must be all `Variable` or all `str`.  Given types are '
                         '{}'.format([type(v) for v in given]))
    groups = collections.OrderedDict()
    for variable in found:
        groups.setdefault(_name_in_checkpoints(variable), []).append(variable)
    return groups


def warm_start(ckpt_to_initialize_from, vars_to_warm_start='.*', var_name_to_vocab_info=None,
               var_name_to_prev_var_name=None):
    """Makes a checkpoint's values the initial values of the graph's variables.

    Args:
      ckpt_to_initialize_from: a prefix or a folder.
      vars_to_warm_start: a pattern of trainable variables' names, or a list of such for all variables, or of variables.
      var_name_to_vocab_info: of vocabularies that have changed; Icecore takes none.
      var_name_to_prev_var_name: names in the graph -> other names in the checkpoint.

    Raises:
      ValueError: where a name isn't used, or the checkpoint lacks one.
    """
    tf_logging.info('Warm-starting from: {}'.format(ckpt_to_initialize_from))
    if var_name_to_vocab_info:
        from icecore.errors import UnimplementedError
        raise UnimplementedError(None, None, 'warm_start with vocabularies is not in Icecore.')
    groups = _grouped(vars_to_warm_start)
    previous = dict(var_name_to_prev_var_name or {})
    assignments = {}
    if vars_to_warm_start:
        for name, group in groups.items():
            assignments[previous.pop(name, None) or name] = group[0] if len(group) == 1 else group
    checkpoint_utils.init_from_checkpoint(ckpt_to_initialize_from, assignments)
    tf_logging.info('Warm-started %d variables.', len(assignments))
    if previous:
        raise ValueError('You provided the following variables in var_name_to_prev_var_name that were not used: {0}.  '
                         'Perhaps you misspelled them?  Here is the list of viable variable names: {1}'.format(
                             set(previous), groups.keys()))
