"""tf.train."""

TABLE = {
    'training.adadelta': '''
        train.AdadeltaOptimizer
    ''',
    'training.adagrad': '''
        train.AdagradOptimizer
    ''',
    'training.adam': '''
        train.AdamOptimizer
    ''',
    'training.adagrad_da': 'train.AdagradDAOptimizer',
    'ops.lookup_ops': '''
        initialize_all_tables initializers.tables_initializer lookup.KeyValueTensorInitializer
        lookup.StaticHashTable=StaticHashTableV1 lookup.StaticVocabularyTable=StaticVocabularyTableV1
        lookup.TextFileIndex lookup.TextFileInitializer tables_initializer
    ''',
    'training.basic_session_run_hooks': '''
        train.CheckpointSaverHook train.CheckpointSaverListener train.FeedFnHook train.FinalOpsHook
        train.GlobalStepWaiterHook train.LoggingTensorHook train.NanLossDuringTrainingError train.NanTensorHook
        train.SecondOrStepTimer train.StepCounterHook train.StopAtStepHook train.SummarySaverHook
    ''',
    'training.checkpoint_management': '''
        train.checkpoint_exists train.generate_checkpoint_state_proto train.get_checkpoint_mtimes
        train.get_checkpoint_state train.latest_checkpoint train.remove_checkpoint train.update_checkpoint_state
    ''',
    'training.checkpoint_utils': '''
        train.checkpoints_iterator train.init_from_checkpoint train.list_variables train.load_checkpoint
        train.load_variable
    ''',
    'training.coordinator': '''
        train.Coordinator train.LooperThread
    ''',
    'training.ftrl': '''
        train.FtrlOptimizer
    ''',
    'training.gradient_descent': '''
        train.GradientDescentOptimizer
    ''',
    'training.learning_rate_decay': '''
        train.cosine_decay train.cosine_decay_restarts train.exponential_decay train.inverse_time_decay
        train.linear_cosine_decay train.natural_exp_decay train.noisy_linear_cosine_decay train.piecewise_constant
        train.piecewise_constant_decay=piecewise_constant train.polynomial_decay
    ''',
    'training.momentum': '''
        train.MomentumOptimizer
    ''',
    'training.monitored_session': '''
        train.ChiefSessionCreator train.MonitoredSession train.MonitoredTrainingSession train.SessionCreator
        train.SingularMonitoredSession train.WorkerSessionCreator
    ''',
    'training.moving_averages': '''
        train.ExponentialMovingAverage
    ''',
    'training.optimizer': '''
        train.Optimizer
    ''',
    'training.py_checkpoint_reader': '''
        train.NewCheckpointReader pywrap_tensorflow=*
    ''',
    'training.proximal': 'train.ProximalAdagradOptimizer train.ProximalGradientDescentOptimizer',
    'training.queue_runner_impl': '''
        train.queue_runner.start_queue_runners train.start_queue_runners
    ''',
    'training.rmsprop': '''
        train.RMSPropOptimizer
    ''',
    'training.scaffold': 'train.Scaffold',
    'training.session_manager': 'train.SessionManager',
    'training.session_run_hook': '''
        train.SessionRunArgs train.SessionRunContext train.SessionRunHook train.SessionRunValues
    ''',
    'training.saver': '''
        train.Saver train.export_meta_graph train.import_meta_graph
    ''',
    'training.training_util': '''
        train.assert_global_step train.create_global_step train.get_global_step train.get_or_create_global_step
        train.global_step
    ''',
    'training.warm_starting_util': 'train.warm_start',
}
