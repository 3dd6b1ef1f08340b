"""tf.contrib.framework; names of tf.contrib.layers are in layers.py."""
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

ALIASES = {'contrib.framework.nest': 'nest'}
