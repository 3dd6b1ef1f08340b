"""Files, flags, logging: what tensorflow.python.platform and util are."""
TABLE = {
    'platform.app': 'app.run',
    'platform.flags': '''
        flags.ArgumentParser flags.BooleanFlag flags.BooleanParser flags.CantOpenFlagFileError flags.DEFINE flags.DEFINE_alias
        flags.DEFINE_bool flags.DEFINE_boolean flags.DEFINE_enum flags.DEFINE_flag flags.DEFINE_float flags.DEFINE_integer
        flags.DEFINE_list flags.DEFINE_multi flags.DEFINE_multi_enum flags.DEFINE_multi_float flags.DEFINE_multi_integer
        flags.DEFINE_multi_string flags.DEFINE_spaceseplist flags.DEFINE_string flags.DuplicateFlagError flags.EnumParser
        flags.Error flags.FLAGS flags.Flag flags.FlagValues flags.FloatParser flags.IllegalFlagValueError
        flags.IntegerParser flags.ListParser flags.MultiFlag flags.UnparsedFlagAccessError flags.UnrecognizedFlagError
        flags.ValidationError flags.WhitespaceSeparatedListParser flags.adopt_module_key_flags flags.declare_key_flag
        flags.disclaim_key_flags flags.get_help_width flags.mark_flag_as_required flags.mark_flags_as_mutual_exclusive
        flags.mark_flags_as_required flags.multi_flags_validator flags.register_multi_flags_validator
        flags.register_validator flags.text_wrap flags.validator
    ''',
    'platform.gfile': '''
        gfile.Copy gfile.DeleteRecursively gfile.Exists gfile.FastGFile gfile.GFile gfile.Glob gfile.IsDirectory
        gfile.ListDirectory gfile.MakeDirs gfile.MkDir gfile.Open gfile.Remove gfile.Rename gfile.Stat gfile.Walk
        io.gfile.GFile
    ''',
    'lib.io.file_io': '''
        io.gfile.copy=copy_v2 io.gfile.exists=file_exists_v2 io.gfile.glob=get_matching_files_v2
        io.gfile.isdir=is_directory_v2 io.gfile.listdir=list_directory_v2 io.gfile.makedirs=recursive_create_dir_v2
        io.gfile.mkdir=create_dir_v2 io.gfile.remove=delete_file_v2 io.gfile.rename=rename_v2
        io.gfile.rmtree=delete_recursively_v2 io.gfile.stat=stat_v2 io.gfile.walk=walk_v2
    ''',
    'platform.resource_loader': '''
        resource_loader.get_data_files_path resource_loader.get_path_to_datafile
        resource_loader.get_root_dir_with_all_resources resource_loader.load_resource resource_loader.readahead_file_path
    ''',
    'platform.test': '''
        test.StubOutForTesting test.TestCase test.assert_equal_graph_def test.get_temp_dir test.gpu_device_name
        test.is_built_with_cuda test.is_built_with_gpu_support test.is_built_with_rocm test.is_gpu_available test.main
        test.mock test.test_src_dir_path
    ''',
    'platform.tf_logging': '''
        get_logger
        logging.DEBUG logging.ERROR logging.FATAL logging.INFO logging.TaskLevelStatusMessage logging.WARN logging.debug
        logging.error logging.fatal logging.flush logging.get_verbosity logging.info logging.log logging.log_every_n
        logging.log_first_n logging.log_if logging.set_verbosity logging.vlog logging.warn logging.warning
    ''',
    'util.compat': '''
        compat.as_bytes compat.as_str compat.as_str_any compat.as_text compat.bytes_or_text_types compat.complex_types
        compat.forward_compatibility_horizon compat.forward_compatible compat.integral_types compat.path_to_str
        compat.real_types
    ''',
}

ALIASES = {'app.flags': 'flags'}
