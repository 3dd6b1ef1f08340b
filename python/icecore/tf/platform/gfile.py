"""tf.gfile: files under the names of TensorFlow 1."""
from ..lib.io.file_io import FileIO as _FileIO
from ..lib.io.file_io import copy as Copy  # noqa: F401
from ..lib.io.file_io import create_dir as MkDir  # noqa: F401
from ..lib.io.file_io import delete_file as Remove  # noqa: F401
from ..lib.io.file_io import delete_recursively as DeleteRecursively  # noqa: F401
from ..lib.io.file_io import file_exists as Exists  # noqa: F401
from ..lib.io.file_io import get_matching_files as Glob  # noqa: F401
from ..lib.io.file_io import is_directory as IsDirectory  # noqa: F401
from ..lib.io.file_io import list_directory as ListDirectory  # noqa: F401
from ..lib.io.file_io import recursive_create_dir as MakeDirs  # noqa: F401
from ..lib.io.file_io import rename as Rename  # noqa: F401
from ..lib.io.file_io import stat as Stat  # noqa: F401
from ..lib.io.file_io import walk as Walk  # noqa: F401


class GFile(_FileIO):
    """A file; text is str, and bytes with a `b` in the mode."""

    def __init__(self, name, mode='r'):
        super().__init__(name, mode)


class FastGFile(_FileIO):
    """GFile under its older name."""

    def __init__(self, name, mode='r'):
        super().__init__(name, mode)


Open = GFile
