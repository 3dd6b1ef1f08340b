"""tf.train.NewCheckpointReader."""
import os

from icecore import _core
from icecore.tf.framework import dtypes

# Dtypes that the enum DataType calls otherwise.
_NAMES = {'float16': 'HALF', 'float32': 'FLOAT', 'float64': 'DOUBLE'}


class CheckpointReader:
    """An open checkpoint: what is in it, and the values."""

    def __init__(self, filepattern):
        path = os.fspath(filepattern)
        path = path.decode() if isinstance(path, bytes) else path
        if not _core.checkpoint_exists(path):
            from icecore.errors import NotFoundError
            raise NotFoundError(None, None, 'Unsuccessful TensorSliceReader constructor: Failed to find any matching '
                                            'files for ' + path)
        self._checkpoint = _core.Checkpoint.open(path)
        self._infos = {info[0]: info for info in self._checkpoint.infos()}

    def get_variable_to_shape_map(self):
        """Name -> shape, a list."""
        return {name: list(info[2]) for name, info in self._infos.items()}

    def get_variable_to_dtype_map(self):
        """Name -> tf.DType."""
        return {name: dtypes.as_dtype(info[1]) for name, info in self._infos.items()}

    _GetVariableToDataTypeMap = get_variable_to_dtype_map

    def has_tensor(self, tensor_str):
        """Whether it holds that variable."""
        return tensor_str in self._infos

    def get_tensor(self, tensor_str):
        """A variable's value, as an array; a scalar as numpy's scalar, or bytes.

        Raises:
          NotFoundError: where it isn't there.
        """
        name = tensor_str.decode() if isinstance(tensor_str, bytes) else tensor_str
        if name not in self._infos:
            from icecore.errors import NotFoundError
            raise NotFoundError(None, None, 'Key %s not found in checkpoint' % name)
        value = self._checkpoint.read(name)
        return value if value.ndim else value[()]

    def debug_string(self):
        """A line a variable: its name, dtype and shape."""
        lines = ['%s (DT_%s) [%s]' % (name, _NAMES.get(info[1], info[1].upper()), ','.join(map(str, info[2])))
                 for name, info in sorted(self._infos.items())]
        return ('\n'.join(lines) + '\n').encode()


def NewCheckpointReader(filepattern):
    """Opens a checkpoint. NotFoundError where there is none."""
    return CheckpointReader(filepattern)
