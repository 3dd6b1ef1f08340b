"""Files, flags, logging: what tensorflow.python.platform and util are."""
TABLE = {
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
