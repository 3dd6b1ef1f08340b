"""tf.einsum."""
import re
import string

from icecore.tf.framework import ops
from icecore.tf.ops import array_ops, math_ops, plain


def einsum(equation, *inputs, **kwargs):
    """Products of tensors along labelled axes, summed over labels that the result lacks: 'ij,jk->ik'.

    Raises:
      ValueError: where the equation isn't one, or doesn't fit the inputs.
    """
    name = kwargs.pop('name', None)
    if kwargs:
        raise TypeError('invalid keyword arguments for this function: ' + ', '.join(sorted(map(str, kwargs))))
    with ops.name_scope(name, 'einsum', [equation, inputs]) as name:
        inputs = [ops.convert_to_tensor(x) for x in inputs]
        labels, output = _parsed(equation, [x.get_shape() for x in inputs])
        for axes in labels:
            if len(labels) == 1 and len(axes) == 2 and axes[0] == axes[1] and '->' not in equation:
                return math_ops.trace(inputs[0])
            if len(set(axes)) < len(axes):
                raise ValueError('Subscript not supported: an axis appears more than once: %s' % axes)
        if any(sum(a in axes for axes in labels) > 2 for a in set(''.join(labels)) - set(output)):
            return _by_broadcasting(inputs, labels, output)
        result, axes = inputs[0], labels[0]
        for x, more in zip(inputs[1:], labels[1:]):
            result, axes = _product(result, axes, x, more, set(axes) & set(more) - set(output))
        if set(axes) - set(output):
            result = math_ops.reduce_sum(result, axis=[i for i, a in enumerate(axes) if a not in output])
            axes = ''.join(a for a in axes if a in output)
        if sorted(axes) != sorted(output):
            raise ValueError('Invalid equation: %s' % equation)
        return _transposed(result, [axes.index(a) for a in output])


def lbeta(x, name=None):
    """The logarithm of the beta function of the last axis."""
    with ops.name_scope(name, 'lbeta', [x]):
        x = ops.convert_to_tensor(x, name='x')
        of_each = math_ops.reduce_sum(plain.lgamma(x), axis=[-1])
        return of_each - plain.lgamma(math_ops.reduce_sum(x, axis=[-1]))


def bessel_i0(x, name=None):
    """The modified Bessel function of order 0."""
    with ops.name_scope(name, 'bessel_i0', [x]):
        return plain.exp(math_ops.abs(x)) * plain.bessel_i0e(x)


def bessel_i1(x, name=None):
    """The modified Bessel function of order 1."""
    with ops.name_scope(name, 'bessel_i1', [x]):
        return plain.exp(math_ops.abs(x)) * plain.bessel_i1e(x)


def _parsed(equation, shapes):
    """(the labels of each input, those of the output), with letters for '...'."""
    match = re.match('^([a-zA-Z,.]+)(->[a-zA-Z.]*)?$', equation.replace(' ', ''))
    if not match:
        raise ValueError('Indices have incorrect format: %s' % equation.replace(' ', ''))
    labels = match.group(1).split(',')
    output = match.group(2)[2:] if match.group(2) else None
    if len(shapes) != len(labels):
        raise ValueError('Got %d arguments for equation "%s", expecting %d' %
                         (len(shapes), equation.replace(' ', ''), len(labels)))
    ellipsis = ''
    if '...' in equation:
        unused = ''.join(c for c in string.ascii_letters if c not in ''.join(labels))
        for i, axes in enumerate(labels):
            if '...' in axes:
                labels[i], dots = _without_dots(axes, shapes[i], unused)
                ellipsis = max(ellipsis, dots, key=len)
        if any('.' in axes for axes in labels):
            raise ValueError('period "." found outside of ellipsis')
        if output is not None:
            output = output.replace('...', ellipsis)
            if '.' in output:
                raise ValueError('period "." found outside of ellipsis')
    if output is None:
        once = [a for a in set(''.join(labels)) - set(ellipsis) if ''.join(labels).count(a) == 1]
        output = ellipsis + ''.join(sorted(once))
    return labels, output


def _without_dots(axes, shape, unused):
    parts = axes.split('...')
    if len(parts) != 2:
        raise ValueError('Unable to resolve ellipsis. Excess number found.')
    if shape.ndims is None:
        raise ValueError('Unable to statically infer ellipsis axes.')
    count = shape.ndims - len(''.join(parts))
    if count < 0:
        raise ValueError('Ellipses lengths do not match.')
    if len(unused) < count:
        raise ValueError('Unable to resolve ellipsis, too many distinct labels.')
    dots = unused[-count:] if count > 0 else ''
    return axes.replace('...', dots), dots


def _product(x, x_axes, y, y_axes, summed):
    """(the product of two tensors, summed over the axes of `summed`; its labels)."""
    for tensor, axes, word in ((x, x_axes, 't0'), (y, y_axes, 't1')):
        if len(axes) != len(tensor.get_shape()):
            raise ValueError('Tensor %s of rank %d does not match einsum reduction of length %d' %
                             (word, len(tensor.get_shape()), len(axes)))
    kept = set(x_axes) & set(y_axes) - summed
    only_x, only_y = set(x_axes) - kept - summed, set(y_axes) - kept - summed
    # Axes of both first; then rows of x and columns of y, with what is summed between them.
    x_order = sorted(x_axes, key=lambda a: (-1 if a in kept else 0 if a in only_x else 1, a))
    y_order = sorted(y_axes, key=lambda a: (-1 if a in kept else 0 if a in summed else 1, a))
    x = _transposed(x, [x_axes.find(a) for a in x_order])
    y = _transposed(y, [y_axes.find(a) for a in y_order])
    if not summed:
        for _ in only_y:
            x = array_ops.expand_dims(x, -1)
        for _ in only_x:
            y = array_ops.expand_dims(y, len(kept))
        return math_ops.multiply(x, y), ''.join(x_order + y_order[len(kept):])
    x_dims, y_dims = _dims(x), _dims(y)
    n, s = len(kept), len(summed)
    size = _product_of(x_dims[-s:])
    x = _reshaped(x, x_dims[:n] + [_product_of(x_dims[n:-s]), size])
    y = _reshaped(y, y_dims[:n] + [size, _product_of(y_dims[n + s:])])
    result = _reshaped(math_ops.matmul(x, y), x_dims[:n + len(only_x)] + y_dims[len(y_dims) - len(only_y):])
    return result, ''.join(x_order[:n + len(only_x)] + y_order[len(y_order) - len(only_y):])


def _transposed(tensor, order):
    return tensor if order == list(range(len(order))) else array_ops.transpose(tensor, perm=order)


def _reshaped(tensor, dims):
    dims = tuple(-1 if d is None else d for d in dims)
    now = tuple(d.value for d in tensor.get_shape().dims)
    if len(dims) == len(now) and all(not isinstance(d, ops.Tensor) and d in (old, -1) for old, d in zip(now, dims)):
        return tensor
    return array_ops.reshape(tensor, dims)


def _dims(tensor):
    """Numbers where they are known, else tensors."""
    dims = tensor.get_shape().as_list()
    if None in dims:
        shape = array_ops.shape(tensor)
        dims = [shape[i] if d is None else d for i, d in enumerate(dims)]
    return dims


def _product_of(dims):
    result = 1
    for dim in dims:
        result *= dim
    return result


def _by_broadcasting(inputs, labels, output):
    """The sum of the product of all inputs, each with all axes: for labels that more than two inputs share."""
    summed = sorted(set(''.join(labels)) - set(output))
    order = {a: i for i, a in enumerate(summed + list(output))}
    product = 1
    for x, axes in zip(inputs, labels):
        if x.get_shape().ndims != len(axes):
            raise ValueError('Input with axes %s has incorrect number of dimensions (expected %d, got %d)' %
                             (axes, len(axes), x.get_shape().ndims))
        sorted_axes = sorted(axes, key=order.get)
        x = _transposed(x, [axes.find(a) for a in sorted_axes])
        dims = {a: d or -1 for a, d in zip(sorted_axes, x.get_shape().as_list())}
        product *= array_ops.reshape(x, [dims.get(a, 1) for a in order])
    return math_ops.reduce_sum(product, list(range(len(summed))))
