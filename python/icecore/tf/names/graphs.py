"""Graphs, sessions, and what is done with whole graphs."""
TABLE = {
    'client.session': 'InteractiveSession Session',
    'framework.composites': '''
        IndexedSlices SparseTensor SparseTensorValue convert_to_tensor_or_sparse_tensor sparse.SparseTensor
    ''',
    'framework.constant_op': 'constant=constant_v1',
    'framework.control_flow': '''
        Assert case cond debugging.Assert group identity no_op tuple while_loop
    ''',
    'framework.custom_gradients': 'custom_gradient grad_pass_through',
    'framework.device_spec': 'DeviceSpec',
    'framework.gradient_registry': 'NoGradient NotDifferentiable RegisterGradient no_gradient',
    'framework.gradients': 'AggregationMethod UnconnectedGradients gradients hessians stop_gradient',
    'framework.graph_io': 'io.write_graph train.write_graph',
    'framework.graph_util': '''
        graph_util.convert_variables_to_constants graph_util.extract_sub_graph graph_util.must_run_on_cpu
        graph_util.remove_training_nodes graph_util.tensor_shape_from_node_def_name
    ''',
    'framework.host_functions': 'numpy_function py_func',
    'framework.importer': 'graph_util.import_graph_def import_graph_def',
    'framework.ops': '''
        Graph GraphKeys Operation Tensor add_to_collection add_to_collections colocate_with container
        control_dependencies convert_to_tensor convert_to_tensor_or_indexed_slices device get_collection
        get_collection_ref get_default_graph get_default_session init_scope name_scope op_scope
        register_tensor_conversion_function reset_default_graph
    ''',
    'framework.placeholders': '''
        placeholder placeholder_with_default sparse_placeholder sparse.placeholder=sparse_placeholder
    ''',
    'framework.random_seed': 'get_seed random.get_seed random.set_random_seed set_random_seed',
    'framework.tensor_util': '''
        contrib.util.constant_value contrib.util.make_ndarray=MakeNdarray contrib.util.make_tensor_proto
        get_static_value=constant_value is_tensor
        make_ndarray=MakeNdarray make_tensor_proto
    ''',
    'framework.v2_behavior': '''
        control_flow_v2_enabled disable_control_flow_v2 disable_eager_execution disable_tensor_equality
        disable_v2_behavior enable_control_flow_v2 enable_eager_execution enable_tensor_equality enable_v2_behavior
        executing_eagerly
    ''',
    'ops.checks': '''
        Print add_check_numerics_ops debugging.assert_all_finite=verify_tensor_all_finite verify_tensor_all_finite
    ''',
    'ops.functional_ops': 'foldl foldr map_fn scan',
    'ops.tensor_array_ops': 'TensorArray',
    'util.nest': '''
        nest.assert_same_structure nest.flatten nest.is_nested nest.map_structure nest.pack_sequence_as
    ''',
}
