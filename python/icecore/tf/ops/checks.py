"""tf.Print and checks of a graph's numbers."""
from icecore.tf.framework import conversion, defaults, dtypes
from icecore.tf.framework.control_flow import group, with_dependencies
from icecore.tf.framework.name_scope import name_scope
from icecore.tf.framework.op_def_library import apply_op
from icecore.tf.ops.deprecated import argument


def Print(input_, data, message=None, first_n=None, summarize=None, name=None):
    """The value of `input_`; when it is computed, the data are printed on standard error (tf.Print).

    Args:
      data: a list of tensors.
      message: stands before them.
      first_n: prints only so many times.
      summarize: prints only so many items of each.
    """
    return apply_op('Print', input=input_, data=data, message=message, first_n=first_n, summarize=summarize, name=name)


def verify_tensor_all_finite(t=None, msg=None, name=None, x=None, message=None):
    """The value of `t`; its run fails with the message where an item isn't finite (tf.verify_tensor_all_finite)."""
    x = argument('x', x, 't', t)
    message = argument('message', message, 'msg', msg)
    with name_scope(name, 'VerifyFinite', [x]):
        x = conversion.convert_to_tensor(x, name='x')
        with defaults.get_default_graph().colocate_with(x):
            checked = apply_op('CheckNumerics', tensor=x, message=message)
            return with_dependencies([checked], x)


def add_check_numerics_ops():
    """An operation that fails where any number of the graph isn't finite (tf.add_check_numerics_ops).

    Raises:
      ValueError: where the graph has branches or loops.
    """
    graph = defaults.get_default_graph()
    last = []
    for op in graph.get_operations():
        for output in op.outputs:
            if output.dtype not in (dtypes.float16, dtypes.float32, dtypes.float64):
                continue
            if op._get_control_flow_context() is not None:
                raise ValueError('`tf.add_check_numerics_ops() is not compatible with TensorFlow control flow operations '
                                 'such as `tf.cond()` or `tf.while_loop()`.')
            with graph.control_dependencies(last):
                last = [apply_op('CheckNumerics', tensor=output, message='%s:%d' % (op.name, output.value_index))]
    return group(*last)
