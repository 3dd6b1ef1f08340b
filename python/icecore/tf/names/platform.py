"""Files, flags, logging: what tensorflow.python.platform and util are."""
TABLE = {
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
