"""Dtypes, shapes, errors and what else is tensorflow.python.framework."""
_DTYPES = ('bfloat16 bool complex128 complex64 double float16 float32 float64 half int16 int32 int64 int8 qint16 qint32 qint8 '
           'quint16 quint8 resource string uint16 uint32 uint64 uint8 variant DType QUANTIZED_DTYPES as_dtype').split()

TABLE = {
    'framework.dtypes': ' '.join(_DTYPES + ['dtypes.' + name for name in _DTYPES]),
    'framework.tensor_shape': '''
        Dimension TensorShape dimension_at_index dimension_value disable_v2_tensorshape enable_v2_tensorshape
        compat.dimension_at_index compat.dimension_value
    ''',
    'framework.errors_impl': '''
        OpError errors.ABORTED errors.ALREADY_EXISTS errors.AbortedError errors.AlreadyExistsError errors.CANCELLED
        errors.CancelledError errors.DATA_LOSS errors.DEADLINE_EXCEEDED errors.DataLossError errors.DeadlineExceededError
        errors.FAILED_PRECONDITION errors.FailedPreconditionError errors.INTERNAL errors.INVALID_ARGUMENT errors.InternalError
        errors.InvalidArgumentError errors.NOT_FOUND errors.NotFoundError errors.OK errors.OUT_OF_RANGE errors.OpError
        errors.OutOfRangeError errors.PERMISSION_DENIED errors.PermissionDeniedError errors.RESOURCE_EXHAUSTED
        errors.ResourceExhaustedError errors.UNAUTHENTICATED errors.UNAVAILABLE errors.UNIMPLEMENTED errors.UNKNOWN
        errors.UnauthenticatedError errors.UnavailableError errors.UnimplementedError errors.UnknownError
        errors.error_code_from_exception_type errors.exception_type_from_error_code errors.raise_exception_on_not_ok_status
    ''',
    'framework.versions': '''
        COMPILER_VERSION CXX11_ABI_FLAG GIT_VERSION GRAPH_DEF_VERSION GRAPH_DEF_VERSION_MIN_CONSUMER
        GRAPH_DEF_VERSION_MIN_PRODUCER MONOLITHIC_BUILD VERSION
        version.COMPILER_VERSION version.GIT_VERSION version.GRAPH_DEF_VERSION version.GRAPH_DEF_VERSION_MIN_CONSUMER
        version.GRAPH_DEF_VERSION_MIN_PRODUCER version.VERSION sysconfig.CXX11_ABI_FLAG sysconfig.MONOLITHIC_BUILD
    ''',
}
