"""tensor[...]: StridedSlice."""
import sys

import numpy as np

from icecore.tf.framework import constant_op, conversion, dtypes, tensor_shape
from icecore.tf.framework.name_scope import name_scope
from icecore.tf.framework.op_def_library import apply_op
from icecore.tf.framework.tensor import Tensor

_ERROR = ('Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are '
          'valid indices')


def _check_index(index):
    if isinstance(index, (int, tensor_shape.Dimension)):
        return
    dtype = getattr(index, 'dtype', None)
    if dtype is None or dtypes.as_dtype(dtype).base_dtype not in (
            dtypes.int16, dtypes.int32, dtypes.int64, dtypes.uint8, dtypes.int8) or (
                index.shape and len(index.shape) == 1):
        raise TypeError('%s, got %r' % (_ERROR, index))


def _given(bound):
    return bound is not None and (isinstance(bound, Tensor) or bound != sys.maxsize)


class _Spec:
    """What a slice of several dimensions becomes."""

    def __init__(self):
        self.begin, self.end, self.strides = [], [], []
        self.masks = dict.fromkeys(['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'], 0)

    def add(self, index):
        bit = 1 << len(self.begin)
        begin, end, stride = 0, 0, 1
        if isinstance(index, slice):
            if _given(index.start):
                _check_index(index.start)
                begin = index.start
            else:
                self.masks['begin_mask'] |= bit
            if _given(index.stop):
                _check_index(index.stop)
                end = index.stop
            else:
                self.masks['end_mask'] |= bit
            if index.step is not None:
                _check_index(index.step)
                stride = index.step
        elif index is Ellipsis:
            self.masks['ellipsis_mask'] |= bit
        elif index is None:
            self.masks['new_axis_mask'] |= bit
        else:
            _check_index(index)
            begin, end = index, index + 1
            self.masks['shrink_axis_mask'] |= bit
        self.begin.append(begin)
        self.end.append(end)
        self.strides.append(stride)


def slice_of(tensor, index):
    """What tensor[index] is.

    Raises:
      TypeError: where the index isn't one.
    """
    is_mask = isinstance(index, bool) or (isinstance(index, Tensor) and index.dtype == dtypes.bool) or (
        isinstance(index, np.ndarray) and index.dtype == bool)
    if is_mask:
        from icecore.tf.ops import array_ops
        return array_ops.boolean_mask(tensor=tensor, mask=index)
    spec = _Spec()
    for one in index if isinstance(index, (list, tuple)) else [index]:
        spec.add(one)
    with name_scope(None, 'strided_slice', [tensor] + spec.begin + spec.end + spec.strides) as name:
        if spec.begin:
            bounds = [conversion.convert_to_tensor(values, name='stack')
                      for values in (spec.begin, spec.end, spec.strides)]
            if any(bound.dtype == dtypes.int64 for bound in bounds):
                bounds = [bound if bound.dtype == dtypes.int64 else apply_op('Cast', x=bound, DstT=dtypes.int64)
                          for bound in bounds]
        else:
            bounds = [constant_op.constant([], dtypes.int32)] * 3
        return apply_op('StridedSlice', input=tensor, begin=bounds[0], end=bounds[1], strides=bounds[2], name=name,
                        **spec.masks)
