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
