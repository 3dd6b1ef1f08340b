"""tf.layers, tf.losses."""

TABLE = {
    'contrib.layers.initializers': '''
        contrib.layers.variance_scaling_initializer contrib.layers.xavier_initializer
        contrib.layers.xavier_initializer_conv2d
    ''',
    'contrib.layers.layers': '''
        contrib.layers.avg_pool2d contrib.layers.batch_norm contrib.layers.conv2d contrib.layers.convolution
        contrib.layers.convolution2d contrib.layers.dropout contrib.layers.elu contrib.layers.flatten
        contrib.layers.fully_connected contrib.layers.linear contrib.layers.max_pool2d contrib.layers.one_hot_encoding
        contrib.layers.relu contrib.layers.relu6 contrib.layers.repeat contrib.layers.stack
    ''',
    'contrib.layers.convolutions': '''
        contrib.layers.bias_add contrib.layers.conv1d=convolution1d
        contrib.layers.conv2d_in_plane=convolution2d_in_plane contrib.layers.conv2d_transpose=convolution2d_transpose
        contrib.layers.conv3d=convolution3d contrib.layers.convolution1d contrib.layers.convolution2d_in_plane
        contrib.layers.convolution2d_transpose contrib.layers.convolution3d
        contrib.layers.separable_conv2d=separable_convolution2d contrib.layers.separable_convolution2d
    ''',
    'contrib.layers.normalization': '''
        contrib.layers.instance_norm contrib.layers.layer_norm contrib.layers.unit_norm
    ''',
    'contrib.layers.optimizers': '''
        contrib.layers.OPTIMIZER_CLS_NAMES contrib.layers.OPTIMIZER_SUMMARIES contrib.layers.optimize_loss
    ''',
    'contrib.layers.shapes': '''
        contrib.layers.avg_pool3d contrib.layers.dense_to_sparse contrib.layers.embed_sequence
        contrib.layers.embedding_lookup_unique contrib.layers.images_to_sequence contrib.layers.max_pool3d
        contrib.layers.maxout contrib.layers.sequence_to_images contrib.layers.softmax contrib.layers.spatial_softmax
    ''',
    'contrib.layers.regularizers': '''
        contrib.layers.apply_regularization contrib.layers.l1_l2_regularizer contrib.layers.l1_regularizer
        contrib.layers.l2_regularizer contrib.layers.sum_regularizer
    ''',
    'contrib.losses.loss_ops': '''
        contrib.losses.absolute_difference contrib.losses.add_loss contrib.losses.compute_weighted_loss
        contrib.losses.cosine_distance contrib.losses.get_losses contrib.losses.get_regularization_losses
        contrib.losses.get_total_loss contrib.losses.hinge_loss contrib.losses.log_loss
        contrib.losses.mean_pairwise_squared_error contrib.losses.mean_squared_error
        contrib.losses.sigmoid_cross_entropy contrib.losses.softmax_cross_entropy
        contrib.losses.sparse_softmax_cross_entropy
    ''',
    'layers.base': '''
        layers.InputSpec layers.Layer
    ''',
    'layers.convolutional': '''
        layers.Conv1D layers.Conv2D layers.Conv2DTranspose layers.Conv3D layers.SeparableConv2D layers.conv1d
        layers.conv2d layers.conv2d_transpose layers.conv3d layers.separable_conv2d
    ''',
    'layers.core': '''
        layers.Dense layers.Dropout layers.Flatten layers.dense layers.dropout layers.flatten
    ''',
    'layers.normalization': '''
        layers.BatchNormalization layers.batch_normalization
    ''',
    'layers.pooling': '''
        layers.AveragePooling1D layers.AveragePooling2D layers.AveragePooling3D layers.MaxPooling1D
        layers.MaxPooling2D layers.MaxPooling3D layers.average_pooling1d layers.average_pooling2d
        layers.average_pooling3d layers.max_pooling1d layers.max_pooling2d layers.max_pooling3d
    ''',
}
