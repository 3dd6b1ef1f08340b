"""Layers of tf.contrib.layers without weights, and lookups of embeddings."""
from icecore.tf.contrib.framework import variables
from icecore.tf.contrib.framework.arg_scopes import add_arg_scope
from icecore.tf.contrib.layers import utils
from icecore.tf.contrib.layers.layers import pooled
from icecore.tf.framework import constant_op, dtypes, ops, tensor_shape
from icecore.tf.framework.composites import SparseTensor
from icecore.tf.layers import pooling
from icecore.tf.ops import array_ops, embedding_ops, init_ops, math_ops, nn_ops, plain, variable_scope


@add_arg_scope
def softmax(logits, scope=None):
    """softmax of the last dimension, whatever the rank."""
    with variable_scope.variable_scope(scope, 'softmax', [logits]):
        size = utils.last_dimension(logits.get_shape(), min_rank=2)
        predictions = nn_ops.softmax(array_ops.reshape(logits, [-1, size]))
        predictions = array_ops.reshape(predictions, array_ops.shape(logits))
        predictions.set_shape(logits.get_shape())
        return predictions


@add_arg_scope
def maxout(inputs, num_units, axis=-1, scope=None):
    """The largest of each group of channels, so that num_units are left."""
    with variable_scope.variable_scope(scope, 'MaxOut', [inputs]):
        inputs = ops.convert_to_tensor(inputs)
        dims = inputs.get_shape().as_list()
        channels = dims[axis]
        if channels % num_units:
            raise ValueError('number of features({}) is not a multiple of num_units({})'.format(channels, num_units))
        dims[axis] = num_units
        dims += [channels // num_units]
        dims = [array_ops.shape(inputs)[i] if size is None else size for i, size in enumerate(dims)]
        return math_ops.reduce_max(array_ops.reshape(inputs, dims), -1, keepdims=False)


@add_arg_scope
def spatial_softmax(features, temperature=None, name=None, variables_collections=None, trainable=True,
                    data_format='NHWC'):
    """Where each channel is largest, as expected (x, y) of -1 to 1 by a softmax over its pixels."""
    with variable_scope.variable_scope(name, 'spatial_softmax'):
        shape = array_ops.shape(features)
        dims = features.shape
        if data_format == 'NHWC':
            height, width, channels = shape[1], shape[2], dims[3]
        elif data_format == 'NCHW':
            channels, height, width = dims[1], shape[2], shape[3]
        else:
            raise ValueError('data_format has to be either NCHW or NHWC.')
        channels = tensor_shape.dimension_value(channels)
        if channels is None:
            raise ValueError('The num_channels dimension of the inputs to `spatial_softmax` should be defined. Found '
                             '`None`.')
        with ops.name_scope('spatial_softmax_op', 'spatial_softmax_op', [features]):
            pos_x, pos_y = array_ops.meshgrid(plain.lin_space(-1., 1., num=height), plain.lin_space(-1., 1., num=width),
                                              indexing='ij')
            pos_x = array_ops.reshape(pos_x, [height * width])
            pos_y = array_ops.reshape(pos_y, [height * width])
            initializer = init_ops.ones_initializer() if temperature is None else init_ops.constant_initializer(temperature)
            collections = utils.get_variable_collections(variables_collections, 'temperature') if trainable else None
            temperature = variables.model_variable('temperature', shape=(), dtype=dtypes.float32, initializer=initializer,
                                                   collections=collections, trainable=trainable)
            if data_format == 'NCHW':
                features = array_ops.reshape(features, [-1, height * width])
            else:
                features = array_ops.reshape(array_ops.transpose(features, [0, 3, 1, 2]), [-1, height * width])
            attention = nn_ops.softmax(features / temperature)
            expected_x = math_ops.reduce_sum(pos_x * attention, [1], keepdims=True)
            expected_y = math_ops.reduce_sum(pos_y * attention, [1], keepdims=True)
            both = array_ops.concat([expected_x, expected_y], 1)
            points = array_ops.reshape(both, [-1, channels * 2])
            points.set_shape([None, channels * 2])
    return points


@add_arg_scope
def dense_to_sparse(tensor, eos_token=0, outputs_collections=None, scope=None):
    """The elements that aren't eos_token, as a SparseTensor."""
    with variable_scope.variable_scope(scope, 'dense_to_sparse', [tensor]) as sc:
        tensor = ops.convert_to_tensor(tensor)
        indices = array_ops.where(math_ops.not_equal(tensor, constant_op.constant(eos_token, tensor.dtype)))
        values = array_ops.gather_nd(tensor, indices)
        shape = array_ops.shape(tensor, out_type=dtypes.int64)
        return utils.collect_named_outputs(outputs_collections, sc.name, SparseTensor(indices, values, shape))


@add_arg_scope
def pool(inputs, kernel_size, pooling_type, padding='VALID', data_format=None, dilation_rate=1, stride=1,
         outputs_collections=None, scope=None):
    """tf.nn.pool() along all dimensions between the first and the last."""
    with ops.name_scope(scope, '%s_pool' % pooling_type.lower(), [inputs]) as sc:
        inputs = ops.convert_to_tensor(inputs)
        rank = inputs.get_shape().ndims
        if rank is None:
            raise ValueError('Rank of inputs must be known')
        if rank < 3:
            raise ValueError('Rank of inputs must be >= 3')
        outputs = nn_ops.pool(input=inputs, window_shape=utils.n_positive_integers(rank - 2, kernel_size),
                              pooling_type=pooling_type, padding=padding, data_format=data_format,
                              dilation_rate=utils.n_positive_integers(rank - 2, dilation_rate),
                              strides=utils.n_positive_integers(rank - 2, stride), name=sc)
        return utils.collect_named_outputs(outputs_collections, sc, outputs)


_VOLUME_FORMATS = ('NCDHW', 'NDHWC')


@add_arg_scope
def max_pool3d(inputs, kernel_size, stride=2, padding='VALID', data_format='NDHWC', outputs_collections=None, scope=None):
    """The largest of each window of volumes."""
    return pooled(pooling.MaxPooling3D, 'MaxPool3D', inputs, kernel_size, stride, padding, data_format,
                  outputs_collections, scope, _VOLUME_FORMATS)


@add_arg_scope
def avg_pool3d(inputs, kernel_size, stride=2, padding='VALID', data_format='NDHWC', outputs_collections=None, scope=None):
    """The mean of each window of volumes."""
    return pooled(pooling.AveragePooling3D, 'AvgPool3D', inputs, kernel_size, stride, padding, data_format,
                  outputs_collections, scope, _VOLUME_FORMATS)


@add_arg_scope
def images_to_sequence(inputs, data_format='NHWC', outputs_collections=None, scope=None):
    """The columns of pictures as steps: [width, batch * height, channels]."""
    if data_format not in ('NCHW', 'NHWC'):
        raise ValueError('data_format has to be either NCHW or NHWC.')
    with ops.name_scope(scope, 'ImagesToSequence', [inputs]) as sc:
        inputs = ops.convert_to_tensor(inputs)
        if data_format == 'NCHW':
            inputs = array_ops.transpose(inputs, [0, 2, 3, 1])
        _, _, width, depth = inputs.get_shape().as_list()
        shape = array_ops.shape(inputs)
        batch, height = shape[0], shape[1]
        columns = array_ops.transpose(inputs, [2, 0, 1, 3])
        outputs = array_ops.reshape(columns, [width, batch * height, depth])
        return utils.collect_named_outputs(outputs_collections, sc, outputs)


@add_arg_scope
def sequence_to_images(inputs, height, output_data_format='channels_last', outputs_collections=None, scope=None):
    """And back."""
    with ops.name_scope(scope, 'SequenceToImages', [inputs]) as sc:
        inputs = ops.convert_to_tensor(inputs)
        width, rows, depth = inputs.get_shape().as_list()
        batch = -1 if rows is None else rows // height
        columns = array_ops.reshape(inputs, [width, batch, height, depth])
        order = [1, 3, 2, 0] if output_data_format == 'channels_first' else [1, 2, 0, 3]
        return utils.collect_named_outputs(outputs_collections, sc, array_ops.transpose(columns, order))


def embed_sequence(ids, vocab_size=None, embed_dim=None, unique=False, initializer=None, regularizer=None, trainable=True,
                   scope=None, reuse=None):
    """The rows of a variable 'embeddings' with these numbers; with `unique` each is looked up once."""
    if not (reuse or (vocab_size and embed_dim)):
        raise ValueError('Must specify vocab size and embedding dimension when not reusing. Got vocab_size=%s and '
                         'embed_dim=%s' % (vocab_size, embed_dim))
    with variable_scope.variable_scope(scope, 'EmbedSequence', [ids], reuse=reuse):
        shape = None if (reuse and vocab_size is None) or embed_dim is None else [vocab_size, embed_dim]
        embeddings = variables.model_variable('embeddings', shape=shape, initializer=initializer, regularizer=regularizer,
                                              trainable=trainable)
        return embedding_lookup_unique(embeddings, ids) if unique else embedding_ops.embedding_lookup(embeddings, ids)


def embedding_lookup_unique(params, ids, partition_strategy='mod', name=None):
    """tf.nn.embedding_lookup() that looks each number up once."""
    with ops.name_scope(name, 'EmbeddingLookupUnique', [params, ids]):
        ids = ops.convert_to_tensor(ids)
        shape = array_ops.shape(ids)
        flat = array_ops.reshape(ids, math_ops.reduce_prod(shape, keepdims=True))
        numbers, places = array_ops.unique(flat)
        rows = embedding_ops.embedding_lookup(params, numbers, partition_strategy)
        flat = array_ops.gather(rows, places)
        whole = array_ops.concat([shape, array_ops.shape(rows)[1:]], 0)
        outputs = array_ops.reshape(flat, whole)
        outputs.set_shape(ids.get_shape().concatenate(rows.get_shape()[1:]))
        return outputs
