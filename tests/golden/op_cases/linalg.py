"""Matrix products."""
import numpy as np

from op_cases import case, floats, ints, shape


def complexes(*dims, dtype='complex64'):
    return (floats(*dims, dtype='float64') + 1j * floats(*dims, dtype='float64', seed=1)).astype(dtype)


for ta in (False, True):
    for tb in (False, True):
        a, b = ((7, 5) if ta else (5, 7)), ((6, 7) if tb else (7, 6))
        case('mm_%d%d' % (ta, tb), 'MatMul', floats(*a), floats(*b), transpose_a=ta, transpose_b=tb, grad=True)
        case('mm_double_%d%d' % (ta, tb), 'MatMul', floats(*a, dtype='float64'), floats(*b, dtype='float64'),
             transpose_a=ta, transpose_b=tb, grad=True)
        case('mm_complex_%d%d' % (ta, tb), 'MatMul', complexes(*a), complexes(*b), transpose_a=ta, transpose_b=tb)
        row, matrix = ((37, 1) if ta else (1, 37)), ((70, 37) if tb else (37, 70))
        case('mm_row_%d%d' % (ta, tb), 'MatMul', floats(*row), floats(*matrix), transpose_a=ta, transpose_b=tb)
        case('mm_column_%d%d' % (ta, tb), 'MatMul', floats(*((37, 9) if ta else (9, 37))),
             floats(*((1, 37) if tb else (37, 1))), transpose_a=ta, transpose_b=tb)
for rows in (2, 3, 4, 5):
    case('mm_rows_%d' % rows, 'MatMul', floats(rows, 19), floats(19, 67))
case('mm_half', 'MatMul', floats(3, 4, dtype='float16'), floats(4, 5, dtype='float16'), tol=4e-3)
case('mm_int32', 'MatMul', ints(3, 40), ints(40, 35), transpose_b=False)
case('mm_int32_wraps', 'MatMul', np.int32([[2**30, 2**30]]), np.int32([[3], [5]]))
case('mm_int64', 'MatMul', ints(3, 4, dtype='int64'), ints(5, 4, dtype='int64'), transpose_b=True)
case('mm_complex128', 'MatMul', complexes(3, 4, dtype='complex128'), complexes(4, 2, dtype='complex128'))
case('mm_no_rows', 'MatMul', floats(0, 4), floats(4, 5))
case('mm_no_depth', 'MatMul', floats(3, 0), floats(0, 5))
case('mm_no_depth_double', 'MatMul', floats(3, 0, dtype='float64'), floats(0, 5, dtype='float64'))
case('mm_no_columns', 'MatMul', floats(3, 4), floats(4, 0))
case('mm_mismatch', 'MatMul', floats(2, 3), floats(2, 3), error='INVALID_ARGUMENT')
case('mm_vector', 'MatMul', floats(3), floats(3, 2), error='INVALID_ARGUMENT')
shape('mm', 'MatMul', ('float32', [None, 3]), ('float32', [3, 4]))
shape('mm_transposed', 'MatMul', ('float32', [3, None]), ('float32', [4, 3]), transpose_a=True, transpose_b=True)
shape('mm_unknown', 'MatMul', ('float32', None), ('float32', [3, 4]))

for ax in (False, True):
    for ay in (False, True):
        x, y = ((2, 4, 3) if ax else (2, 3, 4)), ((2, 5, 4) if ay else (2, 4, 5))
        case('bmm_%d%d' % (ax, ay), 'BatchMatMul', floats(*x), floats(*y), adj_x=ax, adj_y=ay, grad=True)
        case('bmm2_%d%d' % (ax, ay), 'BatchMatMulV2', floats(*x), floats(*y), adj_x=ax, adj_y=ay, grad=True)
        case('bmm2_complex_%d%d' % (ax, ay), 'BatchMatMulV2', complexes(*x), complexes(*y), adj_x=ax, adj_y=ay)
case('bmm2_spread', 'BatchMatMulV2', floats(2, 1, 3, 4), floats(5, 4, 2), grad=True)
case('bmm2_matrix', 'BatchMatMulV2', floats(3, 4), floats(2, 3, 4, 2), grad=True)
case('bmm2_large', 'BatchMatMulV2', floats(2, 40, 45), floats(2, 45, 50))
case('bmm2_double', 'BatchMatMulV2', floats(2, 3, 4, dtype='float64'), floats(2, 4, 5, dtype='float64'))
case('bmm2_int32', 'BatchMatMulV2', ints(2, 3, 4), ints(2, 4, 5))
case('bmm2_half', 'BatchMatMulV2', floats(2, 3, 4, dtype='float16'), floats(2, 4, 5, dtype='float16'), tol=4e-3)
case('bmm2_empty', 'BatchMatMulV2', floats(0, 3, 4), floats(1, 4, 5))
case('bmm2_no_depth', 'BatchMatMulV2', floats(2, 3, 0), floats(2, 0, 5))
case('bmm2_mismatch', 'BatchMatMulV2', floats(2, 3), floats(2, 3), error='INVALID_ARGUMENT')
case('bmm2_batches', 'BatchMatMulV2', floats(2, 3, 4), floats(3, 4, 5), error='INVALID_ARGUMENT')
case('bmm_ranks', 'BatchMatMul', floats(3, 4), floats(1, 4, 5), error='INVALID_ARGUMENT')
shape('bmm', 'BatchMatMul', ('float32', [None, 2, 3]), ('float32', [5, 3, 4]))
shape('bmm2', 'BatchMatMulV2', ('float32', [None, 1, 2, 3]), ('float32', [5, 4, 3]), adj_y=True)
shape('bmm2_unknown', 'BatchMatMulV2', ('float32', None), ('float32', [5, 4, 3]))
