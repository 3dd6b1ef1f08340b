"""tf.test.compute_gradient: the slopes that a graph's gradients say, and those that differences of its values say."""
import numpy as np

from icecore.tf.framework import composites, constant_op, defaults, dtypes
from icecore.tf.framework.gradients import gradients
from icecore.tf.ops import array_ops


def _reals(array):
    """The numbers of an array as a flat view of reals: complex ones are two each."""
    flat = array.reshape(-1)
    return flat.view(flat.real.dtype) if flat.dtype.kind == 'c' else flat


def _gradient_of(x, y, y_shape):
    """dy/dx as a tensor, and the tensor to feed the gradient of y to."""
    with x.graph.as_default():
        given = constant_op.constant(1.0, shape=y_shape, dtype=y.dtype)
        return gradients(y, x, array_ops.identity(given))[0], given


def _said(x, values, y, y_shape, gradient, given, feeds):
    """The Jacobian, a row for each number of x, by the graph's gradient."""
    session = defaults.get_default_session()
    seed = np.zeros(y_shape, y.dtype.as_numpy_dtype)
    columns = []
    for place in range(_reals(seed).size):
        _reals(seed)[place] = 1
        column = session.run(gradient, feed_dict={**feeds, x: values, given: seed})
        if isinstance(gradient, composites.IndexedSlices):
            dense = np.zeros_like(values)
            np.add.at(dense, column.indices, column.values)
            column = dense
        columns.append(_reals(np.ascontiguousarray(column)))
        _reals(seed)[place] = 0
    if columns:
        return np.stack(columns, 1)
    empty = session.run(gradient, feed_dict={**feeds, x: values, given: seed})
    if empty.shape != values.shape:
        raise ValueError('Empty gradient has wrong shape: expected %s, got %s' % (values.shape, empty.shape))
    if np.any(empty):
        raise ValueError('Empty tensor with nonzero gradients')
    return np.zeros([_reals(values).size, 0], _reals(values).dtype)


def _measured(x, values, y, delta, feeds):
    """The same by central differences."""
    rows = []
    for place in range(_reals(values).size):
        around = []
        for step in (delta, -delta):
            moved = values.copy()
            _reals(moved)[place] += step
            around.append(np.asarray(y.eval(feed_dict={**feeds, x: moved})))
        slope = (around[0] - around[1]) / np.asarray(2 * delta, _reals(around[0]).dtype)[()]
        rows.append(_reals(np.ascontiguousarray(slope)))
    return np.array(rows, _reals(values).dtype).reshape(_reals(values).size, -1)


def _values_of(x, shape, values):
    if values is None:
        values = np.random.random_sample(shape).astype(x.dtype.as_numpy_dtype)
        if x.dtype.is_complex:
            values.imag = np.random.random_sample(shape)
    assert list(shape) == list(values.shape), 'x_shape = %s, init_data shape = %s' % (shape, list(values.shape))
    return np.array(values, x.dtype.as_numpy_dtype)


def compute_gradient(x, x_shape, y, y_shape, x_init_value=None, delta=1e-3, init_targets=None, extra_feed_dict=None):
    """The Jacobian of y by x twice: as the gradients say, and by differences. A list of such pairs where x is a list.

    Args:
      x: a tensor, or a list of them; x_shape, x_init_value: lists as well then.
      y: a tensor that is computed from it.
      x_init_value: where to look; anywhere if None.
      delta: how far to go.
      init_targets: ops to run first.
      extra_feed_dict: what else is fed.
    """
    for target in init_targets or ():
        target.run()
    feeds = extra_feed_dict or {}
    several = isinstance(x, list)
    xs, shapes = (x, x_shape) if several else ([x], [x_shape])
    starts = x_init_value if several and x_init_value is not None else [x_init_value] * len(xs)
    for tensor in xs + [y]:
        kind = dtypes.as_dtype(tensor.dtype).base_dtype
        assert kind.is_floating or kind.is_complex, "Don't support type %s" % kind.name
    made = [_gradient_of(one, y, y_shape) for one in xs]
    results = []
    for one, shape, start, (gradient, given) in zip(xs, shapes, starts, made):
        assert gradient is not None, 'dx = None'
        values = _values_of(one, shape, start)
        results.append((_said(one, values, y, y_shape, gradient, given, feeds), _measured(one, values, y, delta, feeds)))
    return results if several else results[0]


def compute_gradient_error(x, x_shape, y, y_shape, x_init_value=None, delta=1e-3, init_targets=None,
                           extra_feed_dict=None):
    """The largest difference between the two."""
    pairs = compute_gradient(x, x_shape, y, y_shape, x_init_value, delta, init_targets, extra_feed_dict)
    return max([0] + [np.fabs(said - measured).max()
                      for said, measured in (pairs if isinstance(pairs, list) else [pairs]) if said.size])
