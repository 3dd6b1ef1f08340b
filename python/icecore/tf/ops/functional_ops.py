"""tf.map_fn, tf.scan, tf.foldl and tf.foldr: functions of the parts of tensors, one after another."""
from icecore.tf.framework import constant_op, conversion, tensor_shape
from icecore.tf.framework.composites import SparseTensor
from icecore.tf.framework.control_flow import while_loop
from icecore.tf.framework.name_scope import name_scope
from icecore.tf.ops import array_ops
from icecore.tf.ops.tensor_array_ops import TensorArray
from icecore.tf.util import nest


class _Form:
    """A tensor, or a structure of tensors, and its leaves."""

    def __init__(self, structure):
        self._structure = structure
        self._is_sequence = nest.is_sequence(structure)

    def flat(self, value):
        return nest.flatten(value) if self._is_sequence else [value]

    def packed(self, leaves):
        return nest.pack_sequence_as(self._structure, leaves) if self._is_sequence else leaves[0]


def _length(tensor):
    known = tensor_shape.dimension_value(tensor.shape[0]) if tensor.shape.ndims is not None else None
    return known or array_ops.shape(tensor)[0]


def _set_first_dimension(results, tensors):
    first = tensor_shape.Dimension(tensor_shape.dimension_value(tensors[0].shape.with_rank_at_least(1)[0]))
    for tensor in tensors[1:]:
        first.merge_with(tensor_shape.Dimension(tensor_shape.dimension_value(tensor.shape.with_rank_at_least(1)[0])))
    for result in results:
        result.set_shape(tensor_shape.TensorShape([first]).concatenate(result.shape[1:]))


def map_fn(fn, elems, dtype=None, parallel_iterations=None, back_prop=True, swap_memory=False, infer_shape=True,
           name=None):
    """What the function gives for each part of the tensors along their first dimension (tf.map_fn).

    Args:
      fn: a function of one argument, in the form of `elems`.
      elems: a tensor, or a structure of tensors of equal first dimension.
      dtype: of the results, in their form, where it isn't that of `elems`.
      infer_shape: whether all results have one shape.

    Raises:
      TypeError: where `fn` isn't a function, or its results have another form.
      ValueError: for scalars.
    """
    if not callable(fn):
        raise TypeError('fn must be callable.')
    if isinstance(elems, SparseTensor):
        raise TypeError('To perform a map on the values of a sparse tensor use either  SparseTensor(input.indices, '
                        'fn(input.values), input.dense_shape) or  SparseTensor(input.indices, map_fn(fn, input.values), '
                        'input.dense_shape)')
    given = _Form(elems)
    wanted = given if dtype is None else _Form(dtype)
    with name_scope(name, 'map', given.flat(elems)):
        tensors = [conversion.convert_to_tensor(elem, name='elem') for elem in given.flat(elems)]
        types = wanted.flat(dtype) if dtype is not None else [tensor.dtype for tensor in tensors]
        if tensors[0].shape.ndims == 0:
            raise ValueError('elems must be a 1+ dimensional Tensor, not a scalar' if len(tensors) == 1 else
                             'elements in elems must be 1+ dimensional Tensors, not scalars')
        n = _length(tensors[0])
        arrays = [TensorArray(tensor.dtype, size=n, dynamic_size=False, infer_shape=True) for tensor in tensors]
        arrays = [array.unstack(tensor) for array, tensor in zip(arrays, tensors)]
        i = constant_op.constant(0)
        results = [TensorArray(kind, size=n, dynamic_size=False, infer_shape=infer_shape) for kind in types]

        def body(i, results):
            value = fn(given.packed([array.read(i) for array in arrays]))
            nest.assert_same_structure(elems if dtype is None else dtype, value)
            results = [array.write(i, part) for array, part in zip(results, wanted.flat(value))]
            return i + 1, results

        _, results = while_loop(lambda i, _: i < n, body, (i, results), parallel_iterations=parallel_iterations or 10,
                                back_prop=back_prop, swap_memory=swap_memory, maximum_iterations=n)
        results = [array.stack() for array in results]
        _set_first_dimension(results, tensors)
        return wanted.packed(results)


def scan(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, infer_shape=True,
         reverse=False, name=None):
    """What the function gives for the last result and each part of the tensors, one after another (tf.scan).

    Args:
      fn: a function of the last result and a part.
      elems: a tensor, or a structure of tensors of equal first dimension.
      initializer: the first last result; the first part where it is None.
      reverse: begins at the end.

    Raises:
      TypeError: where `fn` isn't a function, or its results have another form.
    """
    if not callable(fn):
        raise TypeError('fn must be callable.')
    given = _Form(elems)
    carried = given if initializer is None else _Form(initializer)
    with name_scope(name, 'scan', given.flat(elems)):
        tensors = [conversion.convert_to_tensor(elem, name='elem') for elem in given.flat(elems)]
        n = tensor_shape.dimension_value(tensors[0].shape[0])
        if n is None:
            n = array_ops.shape(tensors[0])[0]
        arrays = [TensorArray(tensor.dtype, size=n, dynamic_size=False, element_shape=tensor.shape[1:], infer_shape=True)
                  for tensor in tensors]
        arrays = [array.unstack(tensor) for array, tensor in zip(arrays, tensors)]
        if initializer is None:
            last = [array.read(n - 1 if reverse else 0) for array in arrays]
            i = 1
        else:
            last = [conversion.convert_to_tensor(init) for init in carried.flat(initializer)]
            i = 0
        results = [TensorArray(init.dtype, size=n, element_shape=init.shape if infer_shape else None,
                               dynamic_size=False, infer_shape=infer_shape) for init in last]
        if initializer is None:
            results = [array.write(n - 1 if reverse else 0, part) for array, part in zip(results, last)]

        def body(i, last, results):
            part = given.packed([array.read(i) for array in arrays])
            value = fn(carried.packed(last), part)
            nest.assert_same_structure(elems if initializer is None else initializer, value)
            flat = carried.flat(value)
            results = [array.write(i, one) for array, one in zip(results, flat)]
            return (i - 1 if reverse else i + 1), flat, results

        first = n - 1 - i if reverse else i
        condition = (lambda i, *_: i >= 0) if reverse else (lambda i, *_: i < n)
        _, _, results = while_loop(condition, body, (first, last, results), parallel_iterations=parallel_iterations,
                                   back_prop=back_prop, swap_memory=swap_memory, maximum_iterations=n)
        results = [array.stack() for array in results]
        _set_first_dimension(results, tensors)
        return carried.packed(results)


def foldl(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None):
    """The last of what scan() gives (tf.foldl)."""
    return _fold(fn, elems, initializer, parallel_iterations, back_prop, swap_memory, name, 'foldl', False)


def foldr(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None):
    """The same, from the last part to the first (tf.foldr)."""
    return _fold(fn, elems, initializer, parallel_iterations, back_prop, swap_memory, name, 'foldr', True)


def _fold(fn, elems, initializer, parallel_iterations, back_prop, swap_memory, name, scope, from_the_end):
    if not callable(fn):
        raise TypeError('fn must be callable.')
    with name_scope(name, scope, nest.flatten(elems)):
        tensors = [conversion.convert_to_tensor(elem, name='elem') for elem in nest.flatten(elems)]
        n = _length(tensors[0])
        arrays = nest.map_structure(
            lambda elem: TensorArray(elem.dtype, size=n, dynamic_size=False, infer_shape=True).unstack(elem), elems)
        if not from_the_end:
            if initializer is None:
                value = nest.map_structure(lambda array: array.read(0), arrays)
                i = constant_op.constant(1)
            else:
                value, i = initializer, constant_op.constant(0)

            def body(i, value):
                value = fn(value, nest.map_structure(lambda array: array.read(i), arrays))
                return [i + 1, value]
            condition = lambda i, _: i < n  # noqa: E731
        else:
            if initializer is None:
                i = n - 1
                value = nest.map_structure(lambda array: array.read(i), arrays)
            else:
                i, value = n, initializer

            def body(i, value):
                i -= 1
                return [i, fn(value, nest.map_structure(lambda array: array.read(i), arrays))]
            condition = lambda i, _: i > 0  # noqa: E731
        _, value = while_loop(condition, body, [i, value], parallel_iterations=parallel_iterations, back_prop=back_prop,
                              swap_memory=swap_memory, maximum_iterations=n)
        return value
