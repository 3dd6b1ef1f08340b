"""tf.linalg.expm, by Pade's approximations: scaled down, and squared again."""
from icecore.tf.framework import constant_op, dtypes, ops
from icecore.tf.ops import array_ops, control_flow_ops, linalg_ops, math_ops, plain

# The coefficients of the highest powers come last.
_PADE = {
    3: [120.0, 60.0, 12.0],
    5: [30240.0, 15120.0, 3360.0, 420.0, 30.0],
    7: [17297280.0, 8648640.0, 1995840.0, 277200.0, 25200.0, 1512.0, 56.0],
    9: [17643225600.0, 8821612800.0, 2075673600.0, 302702400.0, 30270240.0, 2162160.0, 110880.0, 3960.0, 90.0],
    13: [64764752532480000.0, 32382376266240000.0, 7771770303897600.0, 1187353796428800.0, 129060195264000.0,
         10559470521600.0, 670442572800.0, 33522128640.0, 1323241920.0, 40840800.0, 960960.0, 16380.0, 182.0],
}


def _pade(matrix, degree):
    """(odd part, even part) of the polynomial."""
    b = [constant_op.constant(x, matrix.dtype) for x in _PADE[degree]]
    rows = array_ops.shape(matrix)[-2]
    identity = linalg_ops.eye(rows, batch_shape=array_ops.shape(matrix)[:-2], dtype=matrix.dtype)
    square = math_ops.matmul(matrix, matrix)
    powers = {2: square}
    for n in range(4, (6 if degree == 13 else degree - 1) + 1, 2):
        powers[n] = math_ops.matmul(powers[n - 2], square)
    if degree == 13:
        odd = (math_ops.matmul(powers[6], powers[6] + b[11] * powers[4] + b[9] * square) + b[7] * powers[6] +
               b[5] * powers[4] + b[3] * square + b[1] * identity)
        odd = math_ops.matmul(matrix, odd)
        high = b[12] * powers[6] + b[10] * powers[4] + b[8] * square
        even = (math_ops.matmul(powers[6], high) + b[6] * powers[6] + b[4] * powers[4] + b[2] * square + b[0] * identity)
        return odd, even
    odd = powers[degree - 1]
    for n in range(degree - 3, 0, -2):
        odd = odd + b[n + 1] * powers[n]
    odd = math_ops.matmul(matrix, odd + b[1] * identity)
    even = b[degree - 1] * powers[degree - 1]
    for n in range(degree - 3, 0, -2):
        even = even + b[n] * powers[n]
    return odd, even + b[0] * identity


def matrix_exponential(input, name=None):
    """e to the power of square matrices."""
    with ops.name_scope(name, 'matrix_exponential', [input]):
        matrix = ops.convert_to_tensor(input, name='input')
        if matrix.shape[-2:] == [0, 0]:
            return matrix
        batch_shape = matrix.shape[:-2]
        if not batch_shape.is_fully_defined():
            batch_shape = array_ops.shape(matrix)[:-2]
        matrix = array_ops.reshape(matrix, array_ops.concat(([-1], array_ops.shape(matrix)[-2:]), axis=0))
        sums = math_ops.reduce_sum(math_ops.abs(matrix), axis=array_ops.size(array_ops.shape(matrix)) - 2)
        length = math_ops.reduce_max(sums, axis=-1)

        def constant(x):
            return constant_op.constant(x, length.dtype)

        def by_length(bounds, cases):
            if not bounds:
                return cases[0]
            condition = plain.less(length, constant(bounds[0]))
            return array_ops.where(condition, cases[0], by_length(bounds[1:], cases[1:]))

        if matrix.dtype in (dtypes.float16, dtypes.float32, dtypes.complex64):
            longest, degrees, bounds = 3.925724783138660, (3, 5, 7), (4.258730016922831e-001, 1.880152677804762e+000)
        elif matrix.dtype in (dtypes.float64, dtypes.complex128):
            longest, degrees = 5.371920351148152, (3, 5, 7, 9, 13)
            bounds = (1.495585217958292e-002, 2.539398330063230e-001, 9.504178996162932e-001, 2.097847961257068e+000)
        else:
            raise ValueError('tf.linalg.expm does not support matrices of type %s' % matrix.dtype)
        longest = constant(longest)
        squarings = plain.maximum(plain.floor(plain.log(length / longest) / plain.log(constant(2.0))), 0)
        parts = [_pade(matrix, degree) for degree in degrees[:-1]]
        scale = math_ops.pow(constant_op.constant(2.0, dtype=matrix.dtype), math_ops.cast(squarings, matrix.dtype))
        parts.append(_pade(matrix / scale[..., array_ops.newaxis, array_ops.newaxis], degrees[-1]))
        odd = by_length(bounds, [part[0] for part in parts])
        even = by_length(bounds, [part[1] for part in parts])
        above = odd + even
        below = -odd + even
        result = plain.matrix_solve(below, above)
        most = math_ops.reduce_max(squarings)

        def squared(i, r):
            return i + 1, array_ops.where(plain.less(i, squarings), math_ops.matmul(r, r), r)

        _, result = control_flow_ops.while_loop(lambda i, r: plain.less(i, most), squared, [constant(0.0), result])
        if not matrix.shape.is_fully_defined():
            return array_ops.reshape(result, array_ops.concat((batch_shape, array_ops.shape(result)[-2:]), axis=0))
        return array_ops.reshape(result, batch_shape.concatenate(result.shape[-2:]))
