"""Names of shards; the ops that touch files are tested by tests/runtime/io_ops_test.cc."""
import numpy as np

from op_cases import case, shape

name = np.array(b'dir/model', object)
case('filename', 'ShardedFilename', name, np.int32(3), np.int32(17))
case('filename_many', 'ShardedFilename', name, np.int32(123456), np.int32(1234567))
case('filespec', 'ShardedFilespec', name, np.int32(17))
shape('filename', 'ShardedFilename', ('string', []), ('int32', []), ('int32', []))
shape('filespec', 'ShardedFilespec', ('string', None), ('int32', []))
shape('restore', 'RestoreV2', ('string', []), np.array([b'a', b'b'], object), np.array([b'', b'4 2 0,3:-'], object),
      dtypes=['float32', 'int32'])
shape('restore_slice', 'RestoreSlice', ('string', []), ('string', []), np.array(b'4 2 0,3:-', object), dt='float32')
shape('matching', 'MatchingFiles', ('string', []))
