"""Dtypes, shapes, errors and what else is tensorflow.python.framework."""
_DTYPES = ('bfloat16 bool complex128 complex64 double float16 float32 float64 half int16 int32 int64 int8 qint16 qint32 qint8 '
           'quint16 quint8 resource string uint16 uint32 uint64 uint8 variant DType QUANTIZED_DTYPES as_dtype').split()

TABLE = {
    'framework.dtypes': ' '.join(_DTYPES + ['dtypes.' + name for name in _DTYPES]),
    'framework.tensor_shape': '''
        Dimension TensorShape dimension_at_index dimension_value disable_v2_tensorshape enable_v2_tensorshape
        compat.dimension_at_index compat.dimension_value
    ''',
    'framework.versions': '''
        COMPILER_VERSION CXX11_ABI_FLAG GIT_VERSION GRAPH_DEF_VERSION GRAPH_DEF_VERSION_MIN_CONSUMER
        GRAPH_DEF_VERSION_MIN_PRODUCER MONOLITHIC_BUILD VERSION
        version.COMPILER_VERSION version.GIT_VERSION version.GRAPH_DEF_VERSION version.GRAPH_DEF_VERSION_MIN_CONSUMER
        version.GRAPH_DEF_VERSION_MIN_PRODUCER version.VERSION sysconfig.CXX11_ABI_FLAG sysconfig.MONOLITHIC_BUILD
    ''',
}
