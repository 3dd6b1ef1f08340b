"""Inverses, determinants, equations, decompositions of matrices. Of matrices of wrong shapes TensorFlow 1.15.5 crashes."""
import numpy as np

from op_cases import case, floats, shape


def regular(*dims, dtype='float32', seed=0):
    """Far from singular."""
    values = floats(*dims, dtype='float64', seed=seed)
    if dtype.startswith('complex'):
        values = values + 1j * floats(*dims, dtype='float64', seed=seed + 1)
    return (values + 4 * np.eye(dims[-1])).astype(dtype)


def definite(*dims, dtype='float32'):
    values = regular(*dims, dtype='complex128' if dtype.startswith('complex') else 'float64')
    return (values @ np.conj(np.swapaxes(values, -1, -2))).astype(dtype)


for dtype in ('float32', 'float64', 'complex64', 'complex128'):
    real = not dtype.startswith('complex')
    matrix, batch = regular(3, 3, dtype=dtype), regular(2, 1, 4, 4, dtype=dtype)
    right = regular(3, 3, dtype=dtype, seed=5)[:, :2]
    for name, attrs in (('', {}), ('_adjoint', dict(adjoint=True))):
        case('inverse_%s%s' % (dtype, name), 'MatrixInverse', matrix, grad=real, tol=1e-4, **attrs)
        case('solve_%s%s' % (dtype, name), 'MatrixSolve', matrix, right, grad=real, tol=1e-4, **attrs)
        for lower in (True, False):
            case('triangular_%s%s_%s' % (dtype, name, lower), 'MatrixTriangularSolve', matrix, right, grad=real,
                 tol=1e-4, lower=lower, **attrs)
    case('inverses_' + dtype, 'MatrixInverse', batch, tol=1e-4)
    case('determinant_' + dtype, 'MatrixDeterminant', matrix, grad=real, tol=1e-4)
    case('determinants_' + dtype, 'MatrixDeterminant', batch, grad=real, tol=1e-4)
    case('cholesky_' + dtype, 'Cholesky', definite(3, 3, dtype=dtype), grad=real, tol=1e-4)
    for rows, columns in ((4, 4), (5, 3), (3, 5)):
        name = 'qr_%s_%d_%d' % (dtype, rows, columns)
        case(name, 'Qr', regular(5, 5, dtype=dtype)[:rows, :columns], grad=real and rows >= columns, tol=2e-4)
        case(name + '_full', 'Qr', regular(5, 5, dtype=dtype)[:rows, :columns], full_matrices=True, tol=2e-4)
case('choleskies', 'Cholesky', definite(2, 3, 3, dtype='float64'), grad=True)
case('solves', 'MatrixSolve', regular(2, 3, 3, dtype='float64'), floats(2, 3, 1, dtype='float64'), grad=True)
case('triangulars', 'MatrixTriangularSolve', regular(2, 3, 3, dtype='float64'), floats(2, 3, 1, dtype='float64'), grad=True)
case('qrs', 'Qr', regular(2, 2, 3, 3, dtype='float64'), grad=True)
case('qr_large', 'Qr', regular(60, 60, dtype='float64')[:, :50])
case('inverse_empty', 'MatrixInverse', floats(2, 0, 0))
case('determinant_empty', 'MatrixDeterminant', floats(2, 0, 0))
case('determinant_singular', 'MatrixDeterminant', np.ones([2, 2], 'float32'))
case('inverse_singular', 'MatrixInverse', np.zeros([2, 2], 'float32'), error='INVALID_ARGUMENT')
case('solve_singular', 'MatrixSolve', np.zeros([2, 2], 'float32'), floats(2, 2), error='INVALID_ARGUMENT')
case('triangular_singular', 'MatrixTriangularSolve', np.float32([[1, 0], [1, 0]]), floats(2, 2), error='INVALID_ARGUMENT')
case('cholesky_indefinite', 'Cholesky', np.float32([[1, 2], [2, 1]]), error='INVALID_ARGUMENT')
for op in ('MatrixInverse', 'MatrixDeterminant', 'Cholesky'):
    shape(op, op, ('float32', [None, 3, None]))
    shape(op + '_unknown', op, ('float32', None))
for op in ('MatrixSolve', 'MatrixTriangularSolve'):
    shape(op, op, ('float32', [None, 3, None]), ('float32', [2, None, 4]))
    shape(op + '_unknown', op, ('float32', None), ('float32', [2, 3, 4]))
for full in (True, False):
    shape('qr_%s' % full, 'Qr', ('float32', [None, 3, 5]), full_matrices=full)
    shape('qr_dim_%s' % full, 'Qr', ('float32', [3, None]), full_matrices=full)
    shape('qr_unknown_%s' % full, 'Qr', ('float32', None), full_matrices=full)
