"""tf.contrib.framework, training and slim; names of tf.contrib.layers are in layers.py."""
TABLE = {
    'contrib.framework.arg_scopes': '''
        contrib.framework.add_arg_scope contrib.framework.arg_scope contrib.framework.arg_scoped_arguments
        contrib.framework.current_arg_scope contrib.framework.has_arg_scope
    ''',
    'contrib.framework.assignments': '''
        contrib.framework.assign_from_checkpoint contrib.framework.assign_from_checkpoint_fn
        contrib.framework.assign_from_values contrib.framework.assign_from_values_fn
    ''',
    'contrib.framework.variables': '''
        contrib.framework.VariableDeviceChooser contrib.framework.add_model_variable contrib.framework.assert_global_step
        contrib.framework.assert_or_get_global_step contrib.framework.create_global_step
        contrib.framework.filter_variables contrib.framework.get_global_step contrib.framework.get_local_variables
        contrib.framework.get_model_variables contrib.framework.get_or_create_global_step
        contrib.framework.get_trainable_variables contrib.framework.get_unique_variable
        contrib.framework.get_variable_full_name contrib.framework.get_variables contrib.framework.get_variables_by_name
        contrib.framework.get_variables_by_suffix contrib.framework.get_variables_to_restore
        contrib.framework.global_variable contrib.framework.local_variable contrib.framework.model_variable
        contrib.framework.variable
    ''',
    'contrib.layers.utils': '''
        contrib.slim.utils.collect_named_outputs contrib.slim.utils.convert_collection_to_dict
        contrib.slim.utils.smart_cond
    ''',
    'contrib.layers.optimizers': 'contrib.slim.adaptive_clipping_fn',
    'contrib.layers.shapes': 'contrib.slim.pool',
    'contrib.slim.learning': '''
        contrib.slim.learning.add_gradients_summaries contrib.slim.learning.clip_gradient_norms
        contrib.slim.learning.create_train_op contrib.slim.learning.multiply_gradients
    ''',
    'contrib.training.training': '''
        contrib.training.add_gradients_summaries contrib.training.clip_gradient_norms
        contrib.training.clip_gradient_norms_fn contrib.training.create_train_op contrib.training.multiply_gradients
    ''',
    'contrib.lookup.lookup_ops': ' '.join('contrib.lookup.' + name for name in '''
        FastHashSpec HashTable HasherSpec IdTableWithHashBuckets InitializableLookupTableBase KeyValueTensorInitializer
        LookupInterface MutableHashTable StrongHashSpec TableInitializerBase TextFileIdTableInitializer TextFileIndex
        TextFileInitializer TextFileStringTableInitializer index_table_from_file index_table_from_tensor index_to_string
        index_to_string_table_from_file index_to_string_table_from_tensor string_to_index
        string_to_index_table_from_file string_to_index_table_from_tensor
    '''.split()),
    'framework.ops': 'contrib.framework.get_name_scope contrib.framework.prepend_name_scope contrib.framework.strip_name_scope',
    'framework.composites': 'contrib.framework.convert_to_tensor_or_sparse_tensor',
    'framework.tensor_util': 'contrib.framework.is_tensor',
    'ops.check_ops': '''
        contrib.framework.is_non_decreasing contrib.framework.is_numeric_tensor contrib.framework.is_strictly_increasing
    ''',
    'contrib.framework.checkpoint_utils': '''
        contrib.framework.init_from_checkpoint contrib.framework.list_variables contrib.framework.load_checkpoint
        contrib.framework.load_variable
    ''',
}

# What slim has of tf.contrib.layers and of tf.contrib.framework.
_SLIM_LAYERS = '''
    OPTIMIZER_CLS_NAMES OPTIMIZER_SUMMARIES apply_regularization avg_pool2d avg_pool3d batch_norm bias_add conv1d
    conv2d conv2d_in_plane conv2d_transpose conv3d convolution convolution1d convolution2d convolution2d_in_plane
    convolution2d_transpose convolution3d dense_to_sparse dropout elu embed_sequence embedding_lookup_unique flatten
    fully_connected images_to_sequence instance_norm l1_l2_regularizer l1_regularizer l2_regularizer layer_norm linear
    max_pool2d max_pool3d maxout one_hot_encoding optimize_loss relu relu6 repeat separable_conv2d
    separable_convolution2d sequence_to_images softmax spatial_softmax stack sum_regularizer unit_norm
    variance_scaling_initializer xavier_initializer xavier_initializer_conv2d
'''
_SLIM_FRAMEWORK = '''
    VariableDeviceChooser add_arg_scope add_model_variable arg_scope arg_scoped_arguments assert_global_step
    assert_or_get_global_step assign_from_checkpoint assign_from_checkpoint_fn assign_from_values
    assign_from_values_fn create_global_step current_arg_scope filter_variables get_global_step
    get_local_variables get_model_variables get_or_create_global_step get_trainable_variables
    get_unique_variable get_variable_full_name get_variables get_variables_by_name get_variables_by_suffix
    get_variables_to_restore global_variable has_arg_scope local_variable model_variable variable
'''

ALIASES = {
    'contrib.framework.nest': 'nest',
    'contrib.slim.losses': 'contrib.losses',
    **{'contrib.slim.' + name: 'contrib.layers.' + name for name in _SLIM_LAYERS.split()},
    **{'contrib.slim.' + name: 'contrib.framework.' + name for name in _SLIM_FRAMEWORK.split()},
}
