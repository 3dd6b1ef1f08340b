"""Keeping values within bounds: tf.clip_by_value, clip_by_norm, clip_by_global_norm."""
from icecore.tf.framework import constant_op, dtypes, ops
from icecore.tf.ops import array_ops, math_ops, plain


def _values(t, name='t'):
    return ops.convert_to_tensor(t.values if isinstance(t, ops.IndexedSlices) else t, name=name)


def _like(t, values):
    return ops.IndexedSlices(values, t.indices, t.dense_shape) if isinstance(t, ops.IndexedSlices) else values


def clip_by_value(t, clip_value_min, clip_value_max, name=None):
    """t, where below clip_value_min or above clip_value_max that."""
    with ops.name_scope(name, 'clip_by_value', [t, clip_value_min, clip_value_max]) as name:
        values = _values(t)
        below = plain.minimum(values, clip_value_max)
        values.shape.merge_with(below.shape)
        result = plain.maximum(below, clip_value_min, name=name)
        values.shape.merge_with(result.shape)
        return _like(t, result)


def clip_by_norm(t, clip_norm, axes=None, name=None):
    """t scaled so that its length is at most clip_norm."""
    with ops.name_scope(name, 'clip_by_norm', [t, clip_norm]) as name:
        values = _values(t)
        squares = math_ops.reduce_sum(values * values, axes, keepdims=True)
        positive = squares > 0
        safe = array_ops.where(positive, squares, array_ops.ones_like(squares))
        norm = array_ops.where(positive, plain.sqrt(safe), squares)
        scaled = values * clip_norm
        values.shape.merge_with(scaled.shape)
        return _like(t, array_ops.identity(scaled / plain.maximum(norm, clip_norm), name=name))


def _as_list(t_list):
    if isinstance(t_list, (str, bytes)) or not hasattr(t_list, '__getitem__') or not hasattr(t_list, '__len__'):
        raise TypeError('t_list should be a sequence')
    return list(t_list)


def global_norm(t_list, name=None):
    """The length of all tensors together; None among them is left out."""
    t_list = _as_list(t_list)
    with ops.name_scope(name, 'global_norm', t_list) as name:
        values = [None if t is None else _values(t, 't_%d' % i) for i, t in enumerate(t_list)]
        halves = []
        for v in values:
            if v is not None:
                with ops.colocate_with(v):
                    halves.append(plain.l2_loss(v))
        half = math_ops.reduce_sum(array_ops.stack(halves))
        return plain.sqrt(half * constant_op.constant(2.0, dtype=half.dtype), name='global_norm')


def clip_by_global_norm(t_list, clip_norm, use_norm=None, name=None):
    """(tensors scaled so that their common length is at most clip_norm, that length before)."""
    t_list = _as_list(t_list)
    if use_norm is None:
        use_norm = global_norm(t_list, name)
    with ops.name_scope(name, 'clip_by_global_norm', t_list + [clip_norm]) as name:
        finite_scale = clip_norm * plain.minimum(1.0 / use_norm,
                                                 constant_op.constant(1.0, dtype=use_norm.dtype) / clip_norm)
        scale = array_ops.where(plain.is_finite(use_norm), finite_scale,
                                constant_op.constant(float('nan'), dtype=use_norm.dtype))
        values = [None if t is None else _values(t, 't_%d' % i) for i, t in enumerate(t_list)]
        clipped = []
        for i, v in enumerate(values):
            if v is None:
                clipped.append(None)
                continue
            with ops.colocate_with(v):
                clipped.append(array_ops.identity(v * scale, name='%s_%d' % (name, i)))
        return [c if c is None else _like(t, c) for c, t in zip(clipped, t_list)], use_norm


def clip_by_average_norm(t, clip_norm, name=None):
    """clip_by_norm() by the length divided by the number of elements."""
    with ops.name_scope(name, 'clip_by_average_norm', [t, clip_norm]) as name:
        t = ops.convert_to_tensor(t, name='t')
        n = math_ops.cast(array_ops.size(t), dtypes.float32)
        inverse = plain.rsqrt(math_ops.reduce_sum(t * t, math_ops.range(array_ops.rank(t))))
        return array_ops.identity(t * clip_norm * plain.minimum(inverse * n, constant_op.constant(1.0) / clip_norm),
                                  name=name)
