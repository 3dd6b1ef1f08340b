"""tf.raw_ops: every op by its own name; arguments and attributes by keyword."""
from icecore.tf.framework import op_def_library
from icecore.tf.names import missing


def __getattr__(op_type):
    if 'raw_ops.' + op_type not in missing.names_of_tensorflow():
        raise missing.attribute_error('raw_ops', op_type)

    def function(name=None, **arguments):
        return op_def_library.apply_op(op_type, name=name,
                                       **{key: value for key, value in arguments.items() if value is not None})

    function.__name__ = function.__qualname__ = op_type
    function.__doc__ = 'Adds the op %s.' % op_type
    globals()[op_type] = function
    return function
