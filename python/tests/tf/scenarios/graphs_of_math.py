"""Linear algebra, searches, rolls, histograms and prints: a digest of each graph, or, with names as arguments, its nodes."""
import sys
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)


def P(shape=(2, 3), dtype='float32', known=None):
    values = np.sin(np.arange(np.prod(shape)) * 1.7).reshape(shape) * 3
    return tf.placeholder_with_default(values.astype(dtype), shape if known is None else known)


def positive(n=3, batch=(), dtype='float64', known=None):
    a = np.sin(np.arange(np.prod(batch + (n, n))) * 1.7).reshape(batch + (n, n))
    values = np.matmul(a, np.swapaxes(a, -1, -2)) + np.eye(n)
    return tf.placeholder_with_default(values.astype(dtype), batch + (n, n) if known is None else known)


def slope(y, x):
    return tf.gradients(y, x)[0]


case('roll', lambda: [tf.roll(P((4, 3)), 1, 0), tf.roll(P((4, 3)), [1, -1], [0, 1], name='r'), tf.manip.roll([1, 2, 3], 2, axis=0)], True)
case('roll_gradient', lambda: (lambda x: slope(tf.roll(x, 2, 1)[:, 0], x))(P()), True)
case('search', lambda: [
    tf.searchsorted([[1., 3, 9], [0, 5, 10]], [[2., 9], [0, 11]]), tf.searchsorted([1, 3, 3, 9], [3, 10], side='right', out_type=tf.int64, name='s'),
    tf.unravel_index([5, 22], [4, 6]), tf.unravel_index(tf.constant(7, tf.int64), tf.constant([3, 3], tf.int64), name='u')], True)
case('search_side', lambda: tf.searchsorted([1, 2], [1], side='middle'))
case('cross', lambda: [tf.cross(P((2, 3)), P((2, 3)) * 2 + 1), tf.linalg.cross([1., 0, 0], [0., 1, 0], name='c')], True)
case('cross_gradient', lambda: (lambda x: slope(tf.cross(x, [[1., 2, 3], [4, 5, 6]]), x))(P()), True)
case('xlogy', lambda: [tf.math.xlogy(P() ** 2, P() ** 2 + 1), tf.math.xdivy(P(), P() ** 2 + 1, name='d'), tf.math.xlogy(0., 0.)], True)
case('xlogy_gradient', lambda: (lambda x: [slope(tf.math.xlogy(x, x + 5), x), slope(tf.math.xdivy(x, x + 5), x)])(P()), True)
case('scatter', lambda: [
    tf.tensor_scatter_update(P((4, 2)), [[1], [3]], [[9., 8], [7, 6]]), tf.tensor_scatter_add(P((3,)), [[0], [0]], [1., 2]),
    tf.tensor_scatter_sub([1, 2, 3], [[2]], [5]), tf.tensor_scatter_nd_update(P((2, 2)), [[0, 1]], [5.], name='t')], True)
case('batch_scatter', lambda: tf.batch_scatter_update(tf.Variable(tf.zeros([2, 3])), [[0, 2], [1, 0]], [[1., 2], [3, 4]], name='b'), True)
case('batch_scatter_unnamed', lambda: tf.batch_scatter_update(tf.Variable(tf.zeros([2, 3])), [[0, 2], [1, 0]], [[1., 2], [3, 4]]))
case('segments', lambda: [
    tf.sparse_segment_sum(P((4, 2)), [0, 3, 1], [0, 0, 1]), tf.sparse_segment_mean(P((4, 2)), [0, 3, 1], [0, 0, 2], num_segments=4),
    tf.sparse.segment_sqrt_n(P((4, 2)), [0, 3, 1], [0, 0, 1], name='q'), tf.sparse.segment_sum(P((4, 2)), [1], [1], 'n', 3)], True)
case('histogram', lambda: [
    tf.histogram_fixed_width_bins([-1., 0, 1.5, 2, 5, 15], [0., 5.], 5), tf.histogram_fixed_width_bins(P(), [-3., 3.], nbins=4, name='h')], True)
case('histogram2', lambda: tf.histogram_fixed_width(P(), [-3., 3.], nbins=4))
case('special', lambda: [tf.lbeta([1., 2, 3]), tf.math.lbeta(P((2, 3)) ** 2 + 1, name='l')], True)
case('bessel', lambda: [tf.math.bessel_i0(P()), tf.math.bessel_i1(P(), name='b')])
case('inverse', lambda: [
    tf.matrix_inverse(positive()), tf.linalg.inv(positive(2, (2,)), adjoint=True, name='i'), tf.matrix_determinant(positive()),
    tf.linalg.det(positive(2, (3,))), tf.matrix_solve(positive(), P((3, 2), 'float64')), tf.linalg.solve(positive(2), [[1.], [2]], adjoint=True)], True)
case('inverse_gradient', lambda: (lambda x: [
    slope(tf.matrix_inverse(x), x), slope(tf.matrix_determinant(x), x), slope(tf.matrix_solve(x, P((3, 2), 'float64')), x),
    slope(tf.cholesky(x), x), slope(tf.matrix_triangular_solve(x, P((3, 2), 'float64')), x)])(positive()), True)
case('factors', lambda: [
    tf.cholesky(positive()), tf.linalg.cholesky(positive(2, (2,)), name='c'), [tf.abs(x) for x in tf.qr(positive())],
    tf.matrix_triangular_solve(positive(), P((3, 2), 'float64'), lower=False), tf.linalg.triangular_solve(positive(2), [[1.], [2]], adjoint=True),
    tf.cholesky_solve(tf.cholesky(positive()), P((3, 2), 'float64')), tf.linalg.cholesky_solve(tf.cholesky(positive(2)), [[1.], [2]], name='s'),
    tf.linalg.logdet(positive()), tf.linalg.logdet(positive(2, (2,)), name='d')], True)
case('least_squares', lambda: [
    tf.matrix_solve_ls(P((4, 2), 'float64'), P((4, 1), 'float64')), tf.linalg.lstsq(P((2, 4), 'float64'), P((2, 1), 'float64'), l2_regularizer=.1),
    tf.linalg.lstsq(P((3, 4, 2), 'float64'), P((3, 4, 1), 'float64'), l2_regularizer=.5, name='l'),
    tf.matrix_solve_ls(P((4, 2), 'float64', [None, None]), P((4, 1), 'float64'))], True)
case('least_squares2', lambda: tf.linalg.lstsq(P((4, 2)), P((4, 1)), fast=False))
case('decompositions', lambda: [tf.svd(P()), tf.linalg.svd(P(), compute_uv=False), tf.self_adjoint_eig(positive()), tf.linalg.eigvalsh(positive())])
case('normalize', lambda: [tf.linalg.normalize(P()), tf.linalg.normalize(P(), 1, axis=1, name='n'), tf.linalg.normalize(P(), np.inf, axis=[0, 1])], True)
case('exponential', lambda: [
    tf.linalg.expm(positive()), tf.linalg.expm(positive(2, (2,)), name='e'), tf.linalg.expm(positive(3, (), 'float32')),
    tf.linalg.expm(positive(3, (2,), 'float32', [None, None, None]))], True)
case('exponential2', lambda: tf.linalg.expm([[1, 2], [3, 4]]))
case('format', lambda: [
    tf.strings.format('a {} b {}', [P(), tf.constant([1, 2])]), tf.strings.format('{}', tf.range(10)), tf.strings.format('%t', ['x'], placeholder='%t'),
    tf.strings.format('{} and {}', (tf.constant('s'), tf.constant([True, False])), summarize=1)], True)
case('format2', lambda: tf.strings.format('a {}', [P(), P()]))
case('print', lambda: [
    tf.print(P()), tf.print('x is', P(), 'and', 3, output_stream=sys.stdout), tf.print(tf.constant('text')),
    tf.print({'b': P(), 'a': [1, 'two', P(())]}, (P(), 'q'), sep=', ', end='', summarize=-1, name='mine'),
    tf.print('{}', P()), tf.print('{} {}4', P(), output_stream='file:///tmp/no'), tf.print(output_stream=tf.logging.error),
    tf.print(tf.SparseTensor([[0, 1]], [1.], [2, 2]), output_stream=tf.logging.INFO), tf.print(['a', "it's"]),
    tf.print(tf.Variable([1., 2.], name='v'))])
case('print2', lambda: tf.print('a', stream=1))
case('print3', lambda: tf.print('a', output_stream=7))
# One a run: what prints in one run has no order.
case('printed', lambda: [tf.print('p', tf.range(8), tf.constant(['a', 'b']), output_stream=sys.stdout)], True)
case('printed_as_asked', lambda: [
    tf.print({'k': tf.eye(2)}, tf.constant(True), 'end', output_stream=sys.stdout, summarize=1, sep='|')], True)
main()
