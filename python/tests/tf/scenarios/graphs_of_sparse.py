"""tf.sparse, candidate samplers and the losses over them, sparse lookups, transposed convolutions: digests of graphs."""
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)


def P(shape=(2, 3), dtype='float32', known=None):
    values = np.sin(np.arange(np.prod(shape)) * 1.7).reshape(shape) * 3
    return tf.placeholder_with_default(values.astype(dtype), shape if known is None else known)


def S(dtype='float32', shape=(3, 4), free=False):
    """Three values; with `free`, of a shape that isn't known."""
    indices = np.array([[0, 1], [0, 3], [2, 0]], np.int64)
    values = np.array([1, 2, 3]).astype(dtype)
    if free:
        return tf.SparseTensor(tf.placeholder_with_default(indices, [None, 2]), tf.placeholder_with_default(values, [None]),
                               tf.placeholder_with_default(np.array(shape, np.int64), [2]))
    return tf.SparseTensor(indices, values, shape)


VALUE = tf.SparseTensorValue([[0, 1], [1, 0]], [5., 6.], [2, 2])
case('shapes', lambda: [tf.shape(S()), tf.size(S()), tf.rank(S(free=True)), tf.shape(S(), out_type=tf.int64, name='s'), tf.size(S(), 'n')], True)
case('dense', lambda: [
    tf.sparse_tensor_to_dense(S()), tf.sparse.to_dense(S('int32'), default_value=-1, name='d'), tf.sparse_tensor_to_dense(VALUE),
    tf.sparse_to_dense([1, 3], [5], [1., 2.]), tf.sparse_to_dense([[0, 1], [1, 1]], (2, 2), 7, -1, name='t'),
    tf.sparse_to_dense(2, [4], True, False), tf.sparse_to_dense([3, 1], [5], [1, 2], validate_indices=False)], True)
case('dense_unsorted', lambda: tf.sparse_to_dense([3, 1], [5], [1, 2]), True)
case('dense_strings', lambda: tf.sparse_tensor_to_dense(tf.string_split(['a b', 'c']), ''), True)
case('not_sparse', lambda: tf.sparse_tensor_to_dense(P()))
case('made', lambda: [tf.sparse.from_dense(P()), tf.sparse.from_dense([0, 2, 0], name='f'), tf.sparse.eye(3), tf.sparse.eye(2, 3, tf.int32, 'e'),
                      tf.sparse.eye(tf.constant(2))], True)
case('expanded', lambda: [tf.sparse.expand_dims(S()), tf.sparse.expand_dims(S(), 0, 'x'), tf.sparse.expand_dims(S(free=True), -2)], True)
case('retained', lambda: [tf.sparse_retain(S(), [True, False, True]), tf.sparse.retain(S(free=True), S(free=True).values > 1)], True)
case('reset', lambda: [tf.sparse_reset_shape(S()), tf.sparse_reset_shape(S(), [5, 4]), tf.sparse.reset_shape(S(free=True), [5, 9])], True)
case('reset2', lambda: tf.sparse_reset_shape(S(), [2, 2]))
case('merged', lambda: [
    tf.sparse_merge(S('int64'), S(), 10, already_sorted=True), tf.sparse_merge([S('int32'), S('int64')], S(), [10, 7], 'm', True)], True)
case('merged2', lambda: [tf.sparse_merge(S('int64'), S(), 10), tf.sparse_to_indicator(S('int64'), 5), tf.sparse.to_indicator(S('int32'), 5, 'i')])
case('merged3', lambda: tf.sparse_merge(S('int64'), S(), [10]))
case('merged4', lambda: tf.sparse_merge([S('int64')], S(), [10, 3]))
case('masked', lambda: (lambda x: [x.values, x.indices])(
    tf.sparse_mask(tf.IndexedSlices(P((3, 2)), tf.constant([1, 5, 7]), tf.constant([9, 2])), [5])), True)
case('sums', lambda: [
    tf.sparse_add(S(), S()), tf.sparse_add(S(), P((3, 4))), tf.sparse.add(P((3, 4)), VALUE), tf.sparse_add(S(free=True), S(), .1),
    tf.sparse_maximum(S(), S()), tf.sparse_minimum(S(), S(), 'm'), tf.sparse_tensor_dense_matmul(S(), P((4, 2))),
    tf.sparse.matmul(S(), P((2, 4)), adjoint_b=True, name='p'), tf.sparse_softmax(S())])
case('sums2', lambda: tf.sparse_add(P(), P()))
case('reduced', lambda: [
    tf.sparse_reduce_sum(S()), tf.sparse_reduce_sum(S(), 1), tf.sparse_reduce_max(S(), [0], keep_dims=True), tf.sparse_reduce_sum_sparse(S(), 0),
    tf.sparse_reduce_max_sparse(S(free=True)), tf.sparse.reduce_sum(S(free=True), axis=-1, keepdims=True)])
case('joined', lambda: [
    tf.sparse_concat(0, [S(), S()]), tf.sparse_concat(1, [S(), S(free=True)], name='c'), tf.sparse_concat(0, [S()]),
    tf.sparse.concat(axis=1, sp_inputs=[S(), S(shape=(4, 9))], expand_nonconcat_dim=True)])
case('cut', lambda: [
    tf.sparse_split(sp_input=S(), num_split=2, axis=1), tf.sparse_slice(S(), [0, 0], [1, 2]), tf.sparse.slice(S(), [0, 0], [1, 2], name='s'),
    tf.sparse_transpose(S()), tf.sparse_transpose(S(free=True), [1, 0]), tf.sparse.transpose(S(), [1, 0], name='t'), tf.sparse_reorder(S()),
    tf.sparse.reorder(S(free=True), name='o'), tf.sparse_fill_empty_rows(S(), 7)])
case('cut2', lambda: tf.sparse_split(2, S(), 1))
case('reshaped', lambda: [tf.sparse_reshape(S(), [4, 3]), tf.sparse_reshape(S(), [-1]), tf.sparse.reshape(S(free=True), [2, -1], name='r')])
case('reshaped2', lambda: tf.sparse_reshape(S(), [5, 5]))
case('reshaped3', lambda: tf.sparse_reshape(S(), [-1, -1]))

TRUE = [[1], [5], [0]]
for name in ('log_uniform', 'uniform'):
    sampler = name + '_candidate_sampler'
    case(name, lambda sampler=sampler: [
        getattr(tf.nn, sampler)(tf.constant(TRUE, tf.int64), 1, 4, True, 20), getattr(tf.random, sampler)(TRUE, 1, 3, False, 9, seed=5, name='n')], True)
case('samplers', lambda: [
    tf.nn.learned_unigram_candidate_sampler(tf.constant(TRUE, tf.int64), 1, 4, True, 20), tf.nn.all_candidate_sampler(tf.constant(TRUE, tf.int64), 1, 4, True),
    tf.nn.fixed_unigram_candidate_sampler(tf.constant(TRUE, tf.int64), 1, 2, True, 3, unigrams=[1., 2, 3]),
    tf.nn.compute_accidental_hits(tf.constant(TRUE, tf.int64), tf.constant([1, 2], tf.int64), 1)])


def tables(n=20, width=4, **others):
    return tf.get_variable('w', initializer=np.sin(np.arange(n * width)).reshape(n, width).astype('f'), **others), tf.get_variable(
        'b', initializer=np.cos(np.arange(n)).astype('f'))


def of_loss(function, **others):
    w, b = tables()
    x = P((3, 4))
    loss = function(w, b, tf.constant(TRUE), x, 5, 20, **others)
    return [loss, tf.gradients(loss, x)[0], tf.convert_to_tensor(tf.gradients(loss, w)[0]), tf.random_uniform([2])]


case('nce', lambda: of_loss(tf.nn.nce_loss), True)
case('nce_seeds', lambda: of_loss(tf.nn.nce_loss, name='mine', partition_strategy='div', sampled_values=tf.nn.uniform_candidate_sampler(
    tf.constant(TRUE, tf.int64), 1, 5, True, 20)), True)
case('softmax', lambda: of_loss(tf.nn.sampled_softmax_loss, remove_accidental_hits=False, seed=3), True)
case('softmax_hits', lambda: tf.nn.sampled_softmax_loss(*tables(), labels=tf.constant(TRUE), inputs=P((3, 4)), num_sampled=5, num_classes=20))
case('nce_parts', lambda: tf.nn.nce_loss([P((10, 4)), P((10, 4))], P((20,)), tf.constant([[1, 2], [3, 4]]), P((2, 4)), 5, 20, num_true=2), True)
case('trained', lambda: (lambda w, b: tf.train.GradientDescentOptimizer(.1).minimize(tf.reduce_mean(tf.nn.nce_loss(
    w, b, tf.constant(TRUE), tf.nn.embedding_lookup(w, [3, 4, 5]), 5, 20))))(*tables()))


def ids():
    return tf.SparseTensor([[0, 0], [0, 1], [1, 0], [3, 2]], tf.placeholder_with_default(np.array([1, 3, 1, 0]), [4]), [4, 3])


def weights():
    return tf.SparseTensor([[0, 0], [0, 1], [1, 0], [3, 2]], [1., 2., .5, 1.], [4, 3])


for combiner in ('sum', 'mean', 'sqrtn'):
    case('lookup_' + combiner, lambda combiner=combiner: [
        tf.nn.embedding_lookup_sparse(P((5, 2)), ids(), None, combiner=combiner), tf.nn.embedding_lookup_sparse(P((5, 2)), ids(), weights(), combiner=combiner),
        tf.nn.embedding_lookup_sparse([P((3, 2)), P((2, 2))], ids(), weights(), 'div', 'l', combiner, 1.)], True)
case('lookup_default', lambda: tf.nn.embedding_lookup_sparse(P((5, 2)), ids(), None), True)
case('lookup_gradient', lambda: (lambda w: tf.convert_to_tensor(tf.gradients(tf.nn.embedding_lookup_sparse(w, ids(), None, combiner='mean'), w)[0]))(
    tables(5, 2)[0]), True)
case('lookup_refused', lambda: tf.nn.embedding_lookup_sparse(P((5, 2)), ids(), None, combiner='max'))
case('lookup_refused2', lambda: tf.nn.embedding_lookup_sparse(P((5, 2)), P(), None))

def safe_lookups():
    """Only the names: how much is known of shapes changes the types of some."""
    tf.nn.safe_embedding_lookup_sparse(P((5, 2)), ids())
    tf.nn.safe_embedding_lookup_sparse([P((5, 2))], ids(), weights(), 'sqrtn', 2, 's')
    return ' '.join(op.name for op in tf.get_default_graph().get_operations())


case('transposed', lambda: [
    tf.nn.conv1d_transpose(P((1, 3, 2)), P((3, 4, 2)), [1, 6, 4], 2), tf.nn.conv1d_transpose(P((1, 3, 2)), P((3, 4, 2)), tf.constant([1, 5, 4]), 1, 'VALID', name='t'),
    tf.nn.conv_transpose(P((1, 2, 2, 2)), P((2, 2, 1, 2)), [1, 4, 4, 1], 2), tf.nn.conv_transpose(P((1, 3, 2)), P((3, 4, 2)), [1, 6, 4], 2, name='c')], True)
case('transposed2', lambda: [tf.nn.conv_transpose(P((1, 2, 2, 2, 1)), P((2, 2, 2, 1, 1)), [1, 4, 4, 4, 1], 2)])
case('transposed3', lambda: tf.nn.conv_transpose(P((1, 3, 2)), P((3, 4, 2)), [1, 6], 2))
case('pools', lambda: [
    tf.nn.max_pool_v2(P((1, 4, 4, 1)), 2, 2, 'SAME'), tf.nn.avg_pool_v2(P((1, 5, 1)), 2, 1, 'VALID'), tf.nn.max_pool_v2(P((1, 6, 1)), [2], [2], 'SAME', name='m'),
    tf.nn.avg_pool_v2(P((1, 4, 4, 1)), [1, 2, 2, 1], [1, 1, 1, 1], 'VALID', 'NHWC', 'a')], True)
case('pools2', lambda: tf.nn.max_pool_v2(P((4, 4)), 2, 2, 'SAME'))
case('morphology', lambda: [
    tf.nn.dilation2d(P((1, 4, 4, 1)), P((2, 2, 1)), [1, 1, 1, 1], [1, 1, 1, 1], 'SAME'),
    tf.nn.erosion2d(P((1, 4, 4, 1)), P((2, 2, 1)), [1, 1, 1, 1], [1, 1, 1, 1], 'SAME', name='e')])
main()
with tf.Graph().as_default():
    print(safe_lookups())
