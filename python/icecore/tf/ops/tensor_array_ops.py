"""tf.TensorArray: tensors by number, written and read within loops."""
import contextlib

from icecore.tf.framework import conversion, defaults, dtypes, tensor_shape, tensor_util
from icecore.tf.framework.control_flow import identity
from icecore.tf.framework.name_scope import name_scope
from icecore.tf.framework.op_def_library import apply_op
from icecore.tf.framework.tensor import Tensor
from icecore.tf.ops import array_ops, math_ops


def _range(limit):
    return math_ops.range(0, limit)


class TensorArray:
    """An array of tensors (tf.TensorArray). Writing gives a new TensorArray, which is to be used from then on.

    Args:
      dtype: of the tensors.
      size: how many there are.
      dynamic_size: whether writing beyond the size is allowed.
      clear_after_read: whether each can be read only once.
      tensor_array_name: of the array in the session.
      handle, flow: of an array that exists.
      infer_shape: whether all have one shape.
      element_shape: what is known of their shapes.
      colocate_with_first_write_call: whether it stands where what is first written stands.
      name: of its operations.

    Raises:
      ValueError: where arguments don't fit each other.
      TypeError: where the handle isn't a tensor.
    """

    def __init__(self, dtype, size=None, dynamic_size=None, clear_after_read=None, tensor_array_name=None, handle=None,
                 flow=None, infer_shape=True, element_shape=None, colocate_with_first_write_call=True, name=None):
        if handle is not None and tensor_array_name:
            raise ValueError('Cannot construct with both handle and tensor_array_name')
        if handle is not None and not isinstance(handle, Tensor):
            raise TypeError('Handle must be a Tensor')
        if handle is None and size is None:
            raise ValueError('Size must be provided if handle is not provided')
        for value, what in ((size, 'size'), (element_shape, 'element_shape'), (dynamic_size, 'dynamic_size'),
                            (clear_after_read, 'clear_after_read')):
            if handle is not None and value is not None:
                raise ValueError('Cannot provide both a handle and %s at the same time' %
                                 ('a size' if what == 'size' else what))
        self._dynamic_size = dynamic_size or False
        self._dtype = dtypes.as_dtype(dtype).base_dtype
        # Shared by all that follow from this one.
        self._colocated = [] if colocate_with_first_write_call else None
        self._element_shape = [tensor_shape.as_shape(element_shape)]
        self._infer_shape = infer_shape
        with name_scope(name, 'TensorArray', [t for t in (handle, size, flow) if t is not None]) as scope:
            if handle is not None:
                if flow is None:
                    raise ValueError('flow must not be None if handle is not None.')
                self._handle, self._flow = handle, flow
                return
            with contextlib.ExitStack() as stack:
                if colocate_with_first_write_call:
                    graph = defaults.get_default_graph()
                    stack.enter_context(graph.device(None))
                    stack.enter_context(graph.colocate_with(None, ignore_existing=True))
                self._handle, self._flow = apply_op(
                    'TensorArrayV3', dtype=self._dtype, size=size, element_shape=element_shape,
                    identical_element_shapes=infer_shape, dynamic_size=self._dynamic_size,
                    clear_after_read=True if clear_after_read is None else clear_after_read,
                    tensor_array_name=tensor_array_name, name=scope)

    @property
    def flow(self):
        """The tensor that stands for what has been written."""
        return self._flow

    @property
    def dtype(self):
        """Of the tensors."""
        return self._dtype

    @property
    def handle(self):
        """The tensor that stands for the array."""
        return self._handle

    @property
    def element_shape(self):
        """What is known of the tensors' shapes."""
        return self._element_shape[0]

    @property
    def dynamic_size(self):
        """Whether it grows."""
        return self._dynamic_size

    def _with_flow(self, flow):
        made = TensorArray(self._dtype, handle=self._handle, flow=flow, infer_shape=self._infer_shape,
                           colocate_with_first_write_call=self._colocated is not None)
        made._dynamic_size = self._dynamic_size
        made._infer_shape = self._infer_shape
        made._colocated = self._colocated
        made._element_shape = self._element_shape
        return made

    def _check_shape(self, shape):
        if not shape.is_compatible_with(self.element_shape):
            raise ValueError('Inconsistent shapes: saw %s but expected %s ' % (shape, self.element_shape))
        if self._infer_shape:
            self._element_shape[0] = self.element_shape.merge_with(shape)

    @contextlib.contextmanager
    def _beside(self, value):
        if self._colocated is None:
            yield
            return
        if not self._colocated:
            self._colocated.append(value)
        with defaults.get_default_graph().colocate_with(self._colocated[0]):
            yield

    def identity(self):
        """The same array, to be used where the control dependencies that stand have run."""
        return self._with_flow(identity(self._flow))

    def grad(self, source, flow=None, name=None):
        """The array of the gradients."""
        flow = self._flow if flow is None else flow
        graph = defaults.get_default_graph()
        with name_scope(name, 'TensorArrayGrad', [self._handle]), graph.colocate_with(self._handle):
            handle, _ = apply_op('TensorArrayGradV3', handle=self._handle, source=source, flow_in=flow, name=name)
            with graph.control_dependencies([handle]):
                flow = identity(flow, name='gradient_flow')
            made = TensorArray(self._dtype, handle=handle, flow=flow, infer_shape=self._infer_shape,
                               colocate_with_first_write_call=False)
            made._element_shape = self._element_shape
            return made

    def read(self, index, name=None):
        """The tensor with that number."""
        value = apply_op('TensorArrayReadV3', handle=self._handle, index=index, flow_in=self._flow, dtype=self._dtype,
                         name=name)
        value.set_shape(self.element_shape)
        return value

    def write(self, index, value, name=None):
        """The array in which the tensor with that number is `value`.

        Raises:
          ValueError: where it has another shape.
        """
        with name_scope(name, 'TensorArrayWrite', [t for t in (self._handle, index, value) if isinstance(t, Tensor)]):
            value = conversion.convert_to_tensor(value, preferred_dtype=self._dtype, name='value')
            self._check_shape(value.shape)
            with self._beside(value):
                flow = apply_op('TensorArrayWriteV3', handle=self._handle, index=index, value=value, flow_in=self._flow,
                                name=name)
            return self._with_flow(flow)

    def stack(self, name=None):
        """All tensors as one, of one more dimension."""
        with defaults.get_default_graph().colocate_with(self._handle):
            with name_scope(name, 'TensorArrayStack', [self._handle]):
                return self.gather(_range(self.size()), name=name)

    def gather(self, indices, name=None):
        """Those with the numbers given, as one tensor."""
        value = apply_op('TensorArrayGatherV3', handle=self._handle, indices=indices, flow_in=self._flow,
                         dtype=self._dtype, name=name, element_shape=self.element_shape)
        if self.element_shape.ndims is not None:
            value.set_shape([None] + self.element_shape.as_list())
        return value

    def concat(self, name=None):
        """All tensors, joined along their first dimension."""
        value, _ = apply_op('TensorArrayConcatV3', handle=self._handle, flow_in=self._flow, dtype=self._dtype, name=name,
                            element_shape_except0=self.element_shape[1:])
        if self.element_shape.ndims is not None:
            value.set_shape([None] + self.element_shape.as_list()[1:])
        return value

    def unstack(self, value, name=None):
        """The array of the parts of `value` along its first dimension."""
        with name_scope(name, 'TensorArrayUnstack', [t for t in (self._handle, value) if isinstance(t, Tensor)]):
            return self.scatter(_range(array_ops.shape(value)[0]), value, name=name)

    def scatter(self, indices, value, name=None):
        """The array in which the parts of `value` have the numbers given."""
        with name_scope(name, 'TensorArrayScatter',
                        [t for t in (self._handle, value, indices) if isinstance(t, Tensor)]):
            value = conversion.convert_to_tensor(value, preferred_dtype=self._dtype, name='value')
            self._check_shape(value.shape[1:])
            with self._beside(value):
                flow = apply_op('TensorArrayScatterV3', handle=self._handle, indices=indices, value=value,
                                flow_in=self._flow, name=name)
            return self._with_flow(flow)

    def split(self, value, lengths, name=None):
        """The array of the parts of `value` that have those lengths along its first dimension."""
        with name_scope(name, 'TensorArraySplit',
                        [t for t in (self._handle, value, lengths) if isinstance(t, Tensor)]):
            value = conversion.convert_to_tensor(value, dtype=self._dtype, name='value')
            with self._beside(value):
                lengths = math_ops.cast(lengths, dtypes.int64)
                known = tensor_util.constant_value(lengths)
                if value.shape.ndims is not None and known is not None and known.shape and known.max() == known.min():
                    self._check_shape(tensor_shape.TensorShape([int(known[0])]).concatenate(value.shape[1:]))
                flow = apply_op('TensorArraySplitV3', handle=self._handle, value=value, lengths=lengths,
                                flow_in=self._flow, name=name)
            return self._with_flow(flow)

    def size(self, name=None):
        """How many there are."""
        return apply_op('TensorArraySizeV3', handle=self._handle, flow_in=self._flow, name=name)

    def close(self, name=None):
        """An operation after which the array is empty for good."""
        return apply_op('TensorArrayCloseV3', handle=self._handle, name=name)
