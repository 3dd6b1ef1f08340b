"""tf.version: the TensorFlow that this is like, and the graphs that it reads and writes."""
VERSION = __version__ = '1.15.5'
GIT_VERSION = __git_version__ = 'icecore'
COMPILER_VERSION = __compiler_version__ = ''
CXX11_ABI_FLAG = __cxx11_abi_flag__ = 1
MONOLITHIC_BUILD = __monolithic_build__ = 0
GRAPH_DEF_VERSION = 134
GRAPH_DEF_VERSION_MIN_CONSUMER = 0
GRAPH_DEF_VERSION_MIN_PRODUCER = 0
