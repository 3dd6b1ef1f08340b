"""The graphs that functions make: a digest of each, or, with names of cases as arguments, their nodes."""
import numpy as np
import tensorflow as tf
from listings import case, main
tf.logging.set_verbosity(tf.logging.ERROR)


def P(shape=(2, 3), dtype=tf.float32, name=None):
    return tf.placeholder(dtype, shape, name)


def V(v=None, name='v', **others):
    return tf.Variable([[1., 2., 3.], [4., 5., 6.]] if v is None else v, name=name, **others)


for n in ('abs acos acosh asin asinh atan atanh ceil cos cosh digamma erf erfc exp expm1 floor is_finite is_inf is_nan lgamma '
          'log log1p log_sigmoid negative reciprocal rint round rsqrt sigmoid sign sin sinh sqrt square tan tanh '
          'stop_gradient zeros_like ones_like identity shape size rank to_double to_int32 to_int64 to_float').split():
    case(n, lambda n=n: getattr(tf, n)(P()))
for n in ('relu relu6 elu selu softplus softsign softmax log_softmax crelu leaky_relu sigmoid tanh l2_loss '
          'zero_fraction').split():
    case('nn.' + n, lambda n=n: getattr(tf.nn, n)(P()))
for n in ('add subtract multiply divide truediv floordiv mod pow maximum minimum squared_difference equal not_equal less '
          'less_equal greater greater_equal div div_no_nan floormod').split():
    case(n, lambda n=n: getattr(tf, n)(P(), P()))
    case(n + '_c', lambda n=n: getattr(tf, n)(P(), 2.0, name='nm'))
for n in 'reduce_sum reduce_mean reduce_max reduce_min reduce_prod reduce_logsumexp'.split():
    case(n, lambda n=n: [
        getattr(tf, n)(P()), getattr(tf, n)(P(), 1), getattr(tf, n)(P(), axis=[0, 1], keepdims=True),
        getattr(tf, n)(P((None, 3)), reduction_indices=0, keep_dims=True, name='q'), getattr(tf, n)(P(None))])
case('reduce_all', lambda: (tf.reduce_all(P() > 0), tf.reduce_any(P() > 0, axis=-1)))
case('reduce_var', lambda: (tf.reduce_sum(V()), tf.reduce_mean([1.0, 2.0])))
case('ops', lambda: [
    P() + P(), P() - P(), P() * P(), P() / P(), P() // P(), P() % P(), P() ** P(), P() < P(), P() >= P()])
case('ops2', lambda: [
    P() + 1, 1 - P(), 2 * P(), 1 / P(), -P(), abs(P()), P() ** 2, 2.0 ** P(), P() > 0, P() + np.ones(3, np.float32)])
case('ops3', lambda: [
    P(dtype=tf.bool) & P(dtype=tf.bool), P(dtype=tf.bool) | True, ~P(dtype=tf.bool), P(dtype=tf.bool) ^ P(dtype=tf.bool),
    P((2, 2)) @ P((2, 2))])
case('opsint', lambda: [
    P(dtype=tf.int32) / 2, P(dtype=tf.int32) // 2, P(dtype=tf.int32) % 2, P(dtype=tf.int64) + 1,
    tf.div(P(dtype=tf.int32), 2)])
case('opsvar', lambda: [
    V() + 1, 1 - V(), V() * V(), V() / 2, -V(), V()[0], V()[:, 1:2], V() > 0, abs(V()), V() ** 2, V() // 2])
case('getitem', lambda: [
    P()[0], P()[:, 1], P()[..., 0], P()[tf.newaxis], P()[::-1], P()[0:1, 1:], P()[-1], P()[tf.constant(1)],
    P((None, 3))[:2]])
case('cast', lambda: [
    tf.cast(P(), tf.int32), tf.cast(P(), tf.float32), tf.saturate_cast(P(), tf.uint8), tf.cast(3, tf.float32),
    tf.to_float(P(dtype=tf.int32)), tf.cast(V(), tf.float64), tf.cast(P(dtype=tf.bool), 'float')])
case('range', lambda: [
    tf.range(5), tf.range(1, 10, 2), tf.range(0.0, 1.0, 0.25), tf.range(P((), tf.int32)), tf.range(3, dtype=tf.int64),
    tf.linspace(0.0, 1.0, 5), tf.lin_space(0.0, 1.0, 3)])
case('argmax', lambda: [
    tf.argmax(P()), tf.argmax(P(), 1), tf.argmin(P(), axis=-1, output_type=tf.int32), tf.arg_max(P(), 1),
    tf.argmax(P(), dimension=1)])
case('matmul', lambda: [
    tf.matmul(P((2, 3)), P((3, 4))), tf.matmul(P((2, 3)), P((4, 3)), transpose_b=True),
    tf.matmul(P((5, 2, 3)), P((5, 3, 4))), tf.matmul(P(None), P(None)), tf.matmul([[1.0]], [[2.0]]),
    tf.linalg.matvec(P((2, 3)), P((3,)))])
case('tensordot', lambda: [
    tf.tensordot(P((2, 3)), P((3, 4)), 1), tf.tensordot(P((2, 3, 4)), P((4, 3)), [[1, 2], [1, 0]]),
    tf.tensordot(P((None, 3, 4)), P((4, 5)), [[2], [0]])])
case('shape', lambda: [
    tf.shape(P((None, 3))), tf.shape(P((2, 3))), tf.size(P((None, 3))), tf.rank(P(None)),
    tf.shape(P((None,)), out_type=tf.int64), tf.shape([1, 2]), tf.shape_n([P(), P()])])
case('reshape', lambda: [
    tf.reshape(P(), [3, 2]), tf.reshape(P((None, 3)), [-1]), tf.reshape(P((None, 3)), [tf.shape(P((None, 3)))[0], -1]),
    tf.reshape(P(), (6,), name='r')])
case('expand', lambda: [
    tf.expand_dims(P(), 0), tf.expand_dims(P(), dim=-1), tf.squeeze(P((1, 2, 1))), tf.squeeze(P((1, 2, 1)), [0]),
    tf.squeeze(P((1, 2, 1)), axis=-1), tf.squeeze(P((1, 2)), squeeze_dims=[0])])
case('concat', lambda: [
    tf.concat([P(), P()], 0), tf.concat([P(), P()], axis=-1, name='c'), tf.concat([P()], 0), tf.concat(P(), 0),
    tf.stack([P(), P()]), tf.stack([P(), P()], axis=1), tf.stack([1, 2, 3]), tf.unstack(P()), tf.unstack(P(), axis=1),
    tf.stack([P(()), 1.0])])
case('split', lambda: [
    tf.split(P((4, 6)), 2), tf.split(P((4, 6)), [1, 2, 3], axis=1), tf.split(P((4, 6)), num_or_size_splits=3, axis=1)])
case('transpose', lambda: [
    tf.transpose(P()), tf.transpose(P((1, 2, 3)), [2, 0, 1]), tf.transpose(P(None)), tf.matrix_transpose(P((1, 2, 3))),
    tf.linalg.transpose(P())])
case('gather', lambda: [
    tf.gather(P(), [0, 1]), tf.gather(P(), [0], axis=1), tf.gather(V(), [0]), tf.gather_nd(P(), [[0, 1]]),
    tf.boolean_mask(P((4,)), [True, False, True, False]), tf.boolean_mask(P((None, 3)), P((None,), tf.bool)),
    tf.gather(V(use_resource=True), [0])])
case('where', lambda: [tf.where(P() > 0), tf.where(P() > 0, P(), P()), tf.where([True, False])])
case('fill', lambda: [
    tf.zeros([2, 3]), tf.ones((2,), tf.int32), tf.zeros([]), tf.fill([2, 2], 7), tf.zeros(tf.shape(P((None, 3)))),
    tf.zeros([50, 50]), tf.ones([P((), tf.int32), 3]), tf.zeros_like(P((None, 3))),
    tf.ones_like(P((None, 3)), dtype=tf.int32), tf.zeros_like(P(), dtype=tf.int32), tf.zeros([2], tf.bool),
    tf.zeros([2], tf.string), tf.fill([3], 'x'), tf.eye(3), tf.eye(2, 3), tf.eye(2, batch_shape=[3])])
case('pad', lambda: [
    tf.pad(P(), [[1, 1], [0, 2]]), tf.pad(P(), [[1, 1], [0, 2]], 'REFLECT'),
    tf.pad(P((None, 3)), [[1, 1], [0, 2]], constant_values=1.0), tf.tile(P(), [2, 1]), tf.slice(P(), [0, 1], [1, -1]),
    tf.strided_slice(P(), [0, 0], [1, 2]), tf.reverse(P(), [0]), tf.reverse_sequence(P(), [1, 2], seq_axis=1, batch_axis=0),
    tf.broadcast_to(P((1, 3)), [2, 3])])
case('one_hot', lambda: [
    tf.one_hot([0, 1], 3), tf.one_hot(P((None,), tf.int32), depth=4, on_value=5, off_value=1),
    tf.one_hot([1], 2, axis=0, dtype=tf.int32), tf.sequence_mask([1, 2], 3), tf.sequence_mask([1, 2]),
    tf.sequence_mask(P((None,), tf.int32), dtype=tf.float32)])
case('cum', lambda: [
    tf.cumsum(P()), tf.cumprod(P(), axis=1, exclusive=True, reverse=True), tf.add_n([P(), P()]), tf.add_n([P()]),
    tf.accumulate_n([P(), P()]), tf.scalar_mul(2, P()), tf.logical_xor(P(dtype=tf.bool), True)])
case('unique', lambda: [
    tf.unique([1, 1, 2]), tf.setdiff1d([1, 2], [2]), tf.unique_with_counts([1, 1]),
    tf.dynamic_partition(P((3,)), [0, 1, 0], 2), tf.dynamic_stitch([[0], [1]], [[1.0], [2.0]]),
    tf.invert_permutation([1, 0]), tf.segment_sum(P(), [0, 1]), tf.unsorted_segment_sum(P(), [0, 1], 2),
    tf.unsorted_segment_mean(P(), [0, 1], 2), tf.segment_mean(P(), [0, 1]), tf.meshgrid([1, 2], [3, 4, 5]),
    tf.scatter_nd([[0]], [1.0], [3])])
case('softmax_axis', lambda: [
    tf.nn.softmax(P((2, 3, 4)), axis=1), tf.nn.log_softmax(P((2, 3, 4)), dim=0), tf.nn.softmax(P((None, 4)), name='s')])
case('xent', lambda: [
    tf.nn.softmax_cross_entropy_with_logits(labels=P(), logits=P()),
    tf.nn.softmax_cross_entropy_with_logits_v2(labels=P((None, 3)), logits=P((None, 3))),
    tf.nn.sparse_softmax_cross_entropy_with_logits(labels=P((None,), tf.int32), logits=P((None, 3))),
    tf.nn.sparse_softmax_cross_entropy_with_logits(labels=P((None, 2), tf.int64), logits=P((None, 2, 3))),
    tf.nn.sigmoid_cross_entropy_with_logits(labels=P(), logits=P()),
    tf.nn.weighted_cross_entropy_with_logits(P(), P(), 2.0)])
case('norm', lambda: [
    tf.nn.l2_normalize(P(), 1), tf.nn.moments(P(), [0]), tf.nn.moments(P((None, 3)), axes=[0], keep_dims=True),
    tf.nn.batch_normalization(P(), P((3,)), P((3,)), P((3,)), P((3,)), 0.001),
    tf.nn.fused_batch_norm(P((2, 4, 4, 3)), P((3,)), P((3,))), tf.nn.lrn(P((1, 4, 4, 3))),
    tf.nn.local_response_normalization(P((1, 4, 4, 3)), 2), tf.norm(P()), tf.norm(P(), axis=1), tf.norm(P(), 1)])
case('dropout', lambda: [
    tf.nn.dropout(P(), 0.5), tf.nn.dropout(P(), rate=0.2, seed=3), tf.nn.dropout(P(), keep_prob=P(())),
    tf.nn.dropout(P((None, 3)), 0.5, noise_shape=[None, 1]), tf.nn.dropout(P(), keep_prob=1.0)])
case('conv', lambda: [
    tf.nn.conv2d(P((1, 8, 8, 3)), P((3, 3, 3, 4)), [1, 1, 1, 1], 'SAME'),
    tf.nn.conv2d(P((1, 8, 8, 3)), P((3, 3, 3, 4)), strides=2, padding='VALID'),
    tf.nn.conv2d(P((1, 8, 8, 3)), P((3, 3, 3, 4)), [1, 1, 1, 1], [[0, 0], [1, 1], [1, 1], [0, 0]]),
    tf.nn.conv2d_transpose(P((1, 4, 4, 4)), P((3, 3, 3, 4)), [1, 8, 8, 3], [1, 2, 2, 1]),
    tf.nn.depthwise_conv2d(P((1, 8, 8, 3)), P((3, 3, 3, 2)), [1, 1, 1, 1], 'SAME'),
    tf.nn.separable_conv2d(P((1, 8, 8, 3)), P((3, 3, 3, 2)), P((1, 1, 6, 5)), [1, 1, 1, 1], 'VALID'),
    tf.nn.atrous_conv2d(P((1, 8, 8, 3)), P((3, 3, 3, 4)), 2, 'SAME'), tf.nn.conv1d(P((1, 8, 3)), P((3, 3, 4)), 1, 'SAME'),
    tf.nn.convolution(P((1, 8, 8, 3)), P((3, 3, 3, 4)), 'SAME', dilation_rate=[2, 2]),
    tf.nn.depthwise_conv2d(P((1, 8, 8, 3)), P((3, 3, 3, 2)), [1, 1, 1, 1], 'SAME', rate=[2, 2])])
case('pool', lambda: [
    tf.nn.max_pool(P((1, 8, 8, 3)), [1, 2, 2, 1], [1, 2, 2, 1], 'SAME'),
    tf.nn.avg_pool(P((1, 8, 8, 3)), [1, 2, 2, 1], [1, 2, 2, 1], 'VALID', name='a'),
    tf.nn.max_pool_with_argmax(P((1, 8, 8, 3)), [1, 2, 2, 1], [1, 2, 2, 1], 'SAME'),
    tf.nn.pool(P((1, 8, 8, 3)), [2, 2], 'MAX', 'SAME'), tf.nn.max_pool2d(P((1, 8, 8, 3)), 2, 2, 'SAME'),
    tf.nn.avg_pool1d(P((1, 8, 3)), 2, 2, 'SAME')])
case('bias', lambda: [
    tf.nn.bias_add(P(), P((3,))), tf.nn.xw_plus_b(P(), P((3, 4)), P((4,))), tf.nn.relu_layer(P(), P((3, 4)), P((4,))),
    tf.nn.top_k(P(), 2), tf.nn.in_top_k(P(), [0, 1], 1), tf.nn.embedding_lookup(P((5, 3)), [1, 2]),
    tf.nn.embedding_lookup(V(), [0]), tf.nn.embedding_lookup(P((5, 3)), [1], max_norm=1.0)])
case('clip', lambda: [
    tf.clip_by_value(P(), 0.0, 1.0), tf.clip_by_norm(P(), 1.0), tf.clip_by_norm(P(), 1.0, axes=[1]),
    tf.clip_by_global_norm([P(), P()], 5.0), tf.global_norm([P(), None]), tf.clip_by_average_norm(P(), 1.0)])
case('random', lambda: [
    tf.random_normal([2, 3]), tf.random_uniform([2], seed=3), tf.random_uniform([2], 0, 10, tf.int32),
    tf.truncated_normal([3]), tf.random_shuffle(P()), tf.multinomial(P(), 3), tf.random.categorical(P(), 3),
    tf.random.normal((2,)), tf.random.uniform(()), tf.random_crop(P((4, 4)), [2, 2])])
case('assert', lambda: [
    tf.assert_equal(P(), P()), tf.assert_positive(P(), message='m'), tf.assert_less(P(), 3.0), tf.assert_rank(P(), 2),
    tf.assert_rank(P(None), 2), tf.assert_integer(P(dtype=tf.int32)), tf.Assert(P((), tf.bool), ['x', P()]),
    tf.assert_non_negative(P()), tf.check_numerics(P(), 'bad'), tf.Print(P(), [P()], 'msg'), tf.assert_rank_in(P(), [1, 2]),
    tf.assert_type(P(), tf.float32)])
case('strings', lambda: [
    tf.as_string(P()), tf.string_join(['a', P((), tf.string)], '-'), tf.strings.join(['a', 'b']),
    tf.string_to_number(P((), tf.string)), tf.strings.length('abc'), tf.strings.substr('abc', 0, 2),
    tf.reduce_join(['a', 'b'], 0), tf.string_split(['a b']), tf.decode_raw(P((), tf.string), tf.uint8),
    tf.string_to_hash_bucket_fast(['a'], 10), tf.strings.format('{}', P())])
case('vars', lambda: [
    V(), tf.Variable(1.0), tf.Variable(lambda: tf.ones([2])), tf.Variable(tf.ones([2]), trainable=False, name='w'),
    tf.Variable([1], dtype=tf.int64), tf.Variable('s'), tf.Variable(True), tf.Variable(np.zeros((2, 2))),
    tf.Variable(P((None, 2)), validate_shape=False), tf.Variable(1.0, use_resource=True)])
case('assigns', lambda: (lambda v, r: [
    v.assign(v * 2), tf.assign(v, tf.zeros([2, 3])), tf.assign_add(v, v), v.assign_sub(tf.ones([2, 3]), name='s'),
    r.assign(3.0), r.assign_add(1.0), tf.assign(r, 2.0), tf.assign_sub(r, 1.0),
    tf.scatter_update(v, [0], [[1.0, 1.0, 1.0]]), tf.scatter_add(v, [0], [[1.0, 1.0, 1.0]]), v.initialized_value(),
    r.initialized_value(), tf.is_variable_initialized(v), tf.is_variable_initialized(r), v.read_value(), r.read_value(),
    r + 1, tf.identity(r), v[0].assign([1.0, 2.0, 3.0]), tf.report_uninitialized_variables(),
    tf.assert_variables_initialized()])(V(), tf.Variable(1.0, use_resource=True, name='r')))
case('layers', lambda: [
    tf.layers.dense(P((None, 3)), 4),
    tf.layers.dense(P((None, 3)), 4, tf.nn.relu, name='d', kernel_regularizer=tf.contrib.layers.l2_regularizer(0.1)),
    tf.layers.dense(P((None, 5, 3)), 4, use_bias=False), tf.layers.conv2d(P((None, 8, 8, 3)), 4, 3),
    tf.layers.conv2d(P((None, 8, 8, 3)), 4, 3, strides=2, padding='same', activation=tf.nn.relu),
    tf.layers.conv2d(P((None, 8, 8, 3)), 4, 3, dilation_rate=2), tf.layers.max_pooling2d(P((None, 8, 8, 3)), 2, 2),
    tf.layers.average_pooling2d(P((None, 8, 8, 3)), 2, 2), tf.layers.flatten(P((None, 8, 8, 3))),
    tf.layers.flatten(P((2, 8))), tf.layers.dropout(P(), 0.4, training=True), tf.layers.dropout(P()),
    tf.layers.dropout(P(), training=P((), tf.bool)), tf.layers.conv2d_transpose(P((None, 8, 8, 3)), 4, 3, 2),
    tf.layers.separable_conv2d(P((None, 8, 8, 3)), 4, 3), tf.layers.conv1d(P((None, 8, 3)), 4, 3),
    tf.layers.max_pooling1d(P((None, 8, 3)), 2, 2), tf.layers.batch_normalization(P((None, 8, 8, 3)), training=True),
    tf.layers.batch_normalization(P((None, 3)), training=P((), tf.bool)), tf.layers.batch_normalization(P((None, 3))),
    tf.layers.batch_normalization(P((None, 8, 8, 3)), center=False, scale=False, training=True),
    tf.layers.Dense(3)(P((None, 2)))])
case('layer_reuse', lambda: (lambda d: [
    d(P((None, 3))), d(P((None, 3))), d.kernel.name, [v.name for v in d.variables], d.name, d.dtype,
    d.count_params()])(tf.layers.Dense(2, name='dd')))
for n in 'absolute_difference mean_squared_error hinge_loss huber_loss log_loss mean_pairwise_squared_error'.split():
    case('losses.' + n, lambda n=n: getattr(tf.losses, n)(P((None, 3)), P((None, 3))))
case('losses', lambda: [
    tf.losses.softmax_cross_entropy(P((None, 3)), P((None, 3))),
    tf.losses.softmax_cross_entropy(P(), P(), label_smoothing=0.1), tf.losses.sigmoid_cross_entropy(P(), P()),
    tf.losses.sparse_softmax_cross_entropy(P((None,), tf.int32), P((None, 3))), tf.losses.cosine_distance(P(), P(), axis=1),
    tf.losses.mean_squared_error(P((2, 3)), P((2, 3)), weights=[[1.0], [2.0]]),
    tf.losses.mean_squared_error(P(), P(), reduction=tf.losses.Reduction.MEAN),
    tf.losses.sparse_softmax_cross_entropy(P((None, 1), tf.int32), P((None, 3))),
    tf.losses.compute_weighted_loss(P(), P())])
for n, a in [('GradientDescent', (0.1,)), ('Momentum', (0.1, 0.9)), ('Adam', ()), ('RMSProp', (0.1,)), ('Adagrad', (0.1,)),
             ('Adadelta', ()), ('Ftrl', (0.1,))]:
    case('opt.' + n, lambda n=n, a=a: getattr(tf.train, n + 'Optimizer')(*a).minimize(
        tf.reduce_sum(tf.square(tf.matmul(P((None, 2)), V()) + tf.Variable([1.0, 1.0, 1.0], name='b', use_resource=True))),
        global_step=tf.train.get_or_create_global_step()))
    case('opt_sparse.' + n, lambda n=n, a=a: getattr(tf.train, n + 'Optimizer')(*a).minimize(
        tf.reduce_sum(tf.nn.embedding_lookup(V(), [0, 1, 0]))))


def clipped():
    optimizer = tf.train.AdamOptimizer(0.001)
    pairs = optimizer.compute_gradients(tf.reduce_sum(V() ** 2), colocate_gradients_with_ops=True)
    return optimizer.apply_gradients([(tf.clip_by_norm(g, 1.0), v) for g, v in pairs], name='app')


case('opt_clip', clipped)
case('opt_rms_c', lambda: tf.train.RMSPropOptimizer(0.1, centered=True, momentum=0.9).minimize(tf.reduce_sum(V() ** 2)))
case('opt_nest', lambda: tf.train.MomentumOptimizer(0.1, 0.9, use_nesterov=True).minimize(
    tf.reduce_sum(V() ** 2), var_list=None, gate_gradients=tf.train.Optimizer.GATE_GRAPH))
case('decays', lambda: (lambda s: [
    tf.train.exponential_decay(0.1, s, 10, 0.9), tf.train.exponential_decay(0.1, s, 10, 0.9, staircase=True, name='e'),
    tf.train.polynomial_decay(0.1, s, 10), tf.train.polynomial_decay(0.1, s, 10, cycle=True),
    tf.train.inverse_time_decay(0.1, s, 10, 0.5), tf.train.natural_exp_decay(0.1, s, 10, 0.5),
    tf.train.piecewise_constant(s, [10, 20], [1.0, 0.5, 0.1]), tf.train.cosine_decay(0.1, s, 10),
    tf.train.linear_cosine_decay(0.1, s, 10)])(tf.Variable(0, name='s', trainable=False)))
case('ema', lambda: (lambda v, e: [
    e.apply([v]), e.average(v), e.average_name(v),
    sorted(e.variables_to_restore())])(V(), tf.train.ExponentialMovingAverage(0.9)))
case('ema2', lambda: (lambda e: [e.apply([P() * 2])])(tf.train.ExponentialMovingAverage(0.9, zero_debias=True)))
case('inits', lambda: [tf.get_variable('v%d' % i, [3, 4], initializer=x) for i, x in enumerate([
    tf.zeros_initializer(), tf.ones_initializer(), tf.constant_initializer(2.0), tf.random_normal_initializer(),
    tf.random_uniform_initializer(-1, 1), tf.truncated_normal_initializer(stddev=0.1),
    tf.uniform_unit_scaling_initializer(), tf.variance_scaling_initializer(), tf.glorot_normal_initializer(),
    tf.initializers.he_normal(), tf.initializers.lecun_uniform(), tf.initializers.identity(),
    tf.contrib.layers.xavier_initializer(), tf.contrib.layers.variance_scaling_initializer(), tf.zeros_initializer,
    tf.constant_initializer(np.arange(12).reshape(3, 4))])])
case('regs', lambda: [
    tf.contrib.layers.l1_regularizer(0.1)(V()), tf.contrib.layers.l1_l2_regularizer(0.1, 0.2)(V()),
    tf.contrib.layers.apply_regularization(tf.contrib.layers.l2_regularizer(0.1), [V(), V()]),
    tf.contrib.layers.flatten(P((2, 3, 4)))])
case('linalg', lambda: [
    tf.matrix_diag(P((3,))), tf.matrix_diag_part(P((3, 3))), tf.matrix_band_part(P((3, 3)), 0, -1), tf.trace(P((3, 3))),
    tf.diag([1.0, 2.0]), tf.diag_part(P((2, 2)))])
case('image', lambda: [
    tf.image.resize_bilinear(P((1, 8, 8, 3)), [4, 4]), tf.image.resize_nearest_neighbor(P((1, 8, 8, 3)), [4, 4]),
    tf.image.resize_images(P((1, 8, 8, 3)), [4, 4]), tf.image.flip_left_right(P((8, 8, 3))),
    tf.image.per_image_standardization(P((8, 8, 3))), tf.image.rgb_to_grayscale(P((8, 8, 3))),
    tf.image.convert_image_dtype(P((8, 8, 3), tf.uint8), tf.float32),
    tf.image.resize_image_with_crop_or_pad(P((8, 8, 3)), 4, 4), tf.image.random_flip_left_right(P((8, 8, 3))),
    tf.image.adjust_brightness(P((8, 8, 3)), 0.1), tf.image.central_crop(P((8, 8, 3)), 0.5),
    tf.image.crop_to_bounding_box(P((8, 8, 3)), 1, 1, 4, 4), tf.image.pad_to_bounding_box(P((8, 8, 3)), 1, 1, 12, 12),
    tf.image.random_brightness(P((8, 8, 3)), 0.2), tf.image.crop_and_resize(P((1, 8, 8, 3)), P((2, 4)), [0, 0], [4, 4]),
    tf.image.non_max_suppression(P((5, 4)), P((5,)), 3), tf.image.transpose_image(P((8, 8, 3)))])
case('metrics', lambda: [tf.metrics.accuracy(P((None,), tf.int64), P((None,), tf.int64)), tf.metrics.mean(P((None,)))])
case('misc', lambda: [
    tf.py_func(lambda x: x, [P()], tf.float32), tf.group(tf.no_op(), tf.no_op()), tf.tuple([P(), P()]),
    tf.identity(V(), name='iv'), tf.constant([1, 2]), tf.placeholder_with_default(1.0, []),
    tf.convert_to_tensor([1.0, 2.0]), tf.space_to_depth(P((1, 4, 4, 3)), 2), tf.depth_to_space(P((1, 2, 2, 12)), 2),
    tf.space_to_batch(P((1, 4, 4, 3)), [[0, 0], [0, 0]], 2), tf.batch_to_space(P((4, 2, 2, 3)), [[0, 0], [0, 0]], 2),
    tf.extract_image_patches(P((1, 4, 4, 3)), [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], 'SAME'), tf.bitcast(P(), tf.int32),
    tf.repeat(P(), 2, 0), tf.count_nonzero(P()), tf.nn.sufficient_statistics(P(), [0]), tf.squared_difference(1.0, P()),
    tf.complex(P(), P()), tf.real(P())])
main()
