"""tf.gfile and tf.io.gfile: files of this machine, with TensorFlow's names and errors.

A file is opened when it is first read or written, as in TensorFlow: `GFile(name, 'w')` alone makes none.
"""
import binascii
import contextlib
import errno
import fnmatch
import os
import re
import shutil
import uuid

from ...framework import errors_impl as errors
from ...util import compat

_CODES = {
    errno.ENOENT: errors.NotFoundError, errno.EEXIST: errors.AlreadyExistsError, errno.EACCES: errors.PermissionDeniedError,
    errno.EPERM: errors.PermissionDeniedError, errno.EROFS: errors.PermissionDeniedError,
    errno.EISDIR: errors.FailedPreconditionError, errno.ENOTDIR: errors.FailedPreconditionError,
    errno.ENOTEMPTY: errors.FailedPreconditionError, errno.EBUSY: errors.UnavailableError,
    errno.EINVAL: errors.InvalidArgumentError, errno.ENAMETOOLONG: errors.InvalidArgumentError,
    errno.ENOSPC: errors.ResourceExhaustedError, errno.EMFILE: errors.ResourceExhaustedError,
}
_MODES = ('r', 'w', 'a', 'r+', 'w+', 'a+')


@contextlib.contextmanager
def _tensorflows_errors(path):
    """What the system refuses is one of tf.errors, named after the path that was asked for."""
    try:
        yield
    except OSError as error:
        kind = _CODES.get(error.errno, errors.UnknownError)
        raise kind(None, None, '%s; %s' % (compat.as_str_any(path), os.strerror(error.errno or 0))) from None


def _path(name):
    return compat.as_bytes(compat.path_to_str(name))


class FileIO(object):
    """A file, read or written: text is str (UTF-8), and bytes with a `b` in the mode."""

    def __init__(self, name, mode):
        self.__name = name
        self.__mode = mode
        self._binary_mode = 'b' in mode
        mode = mode.replace('b', '')
        if mode not in _MODES:
            raise errors.InvalidArgumentError(None, None, "mode is not 'r' or 'w' or 'a' or 'r+' or 'w+' or 'a+'")
        self._reads = mode in ('r', 'r+', 'a+', 'w+')
        self._writes = mode != 'r'
        self._reader = self._writer = None

    @property
    def name(self):
        return self.__name

    @property
    def mode(self):
        return self.__mode

    def _open_to_read(self):
        if self._reader is None:
            if not self._reads:
                raise errors.PermissionDeniedError(None, None, "File isn't open for reading")
            with _tensorflows_errors(self.__name):
                self._reader = open(_path(self.__name), 'rb')

    def _open_to_write(self):
        if self._writer is None:
            if not self._writes:
                raise errors.PermissionDeniedError(None, None, "File isn't open for writing")
            with _tensorflows_errors(self.__name):
                self._writer = open(_path(self.__name), 'ab' if 'a' in self.__mode else 'wb')

    def _prepared(self, value):
        return value if self._binary_mode else compat.as_str_any(value)

    def size(self):
        """Bytes of the file."""
        return stat(self.__name).length

    def write(self, file_content):
        """Appends text or bytes."""
        self._open_to_write()
        with _tensorflows_errors(self.__name):
            self._writer.write(compat.as_bytes(file_content))

    def read(self, n=-1):
        """The next n bytes, or all that is left."""
        self._open_to_read()
        with _tensorflows_errors(self.__name):
            return self._prepared(self._reader.read(n))

    def readline(self):
        """The next line with its end; empty at the end of the file."""
        self._open_to_read()
        with _tensorflows_errors(self.__name):
            return self._prepared(self._reader.readline())

    def readlines(self):
        return list(iter(self.readline, self._prepared(b'')))

    def seek(self, offset=None, whence=0, position=None):
        """Goes to an offset from the start (whence 0), from here (1) or from the end (2)."""
        self._open_to_read()
        if offset is None and position is None:
            raise TypeError('seek(): offset argument required')
        if offset is not None and position is not None:
            raise TypeError('seek(): offset and position may not be set simultaneously.')
        offset = position if offset is None else offset
        if whence not in (0, 1, 2):
            raise errors.InvalidArgumentError(
                None, None, 'Invalid whence argument: {}. Valid values are 0, 1, or 2.'.format(whence))
        offset += (0, self._reader.tell(), self.size())[whence] if whence != 0 else 0
        if offset < 0:
            raise errors.InvalidArgumentError(None, None, 'Seeking to a negative position: %d' % offset)
        if offset > self.size():
            raise errors.OutOfRangeError(None, None, 'Seek past the end: %d' % offset)
        self._reader.seek(offset)

    def tell(self):
        """The offset of what is read next; of a file that is only written, its end."""
        if self._reads:
            self._open_to_read()
            return self._reader.tell()
        self._open_to_write()
        return self._writer.tell()

    def seekable(self):
        return True

    def flush(self):
        """What was written is in the file; it may not be on the disk yet."""
        if self._writer is not None:
            with _tensorflows_errors(self.__name):
                self._writer.flush()

    def close(self):
        reader, self._reader = self._reader, None
        writer, self._writer = self._writer, None
        with _tensorflows_errors(self.__name):
            if reader is not None:
                reader.close()
            if writer is not None:
                writer.close()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration()
        return line

    next = __next__


class FileStatistics(object):
    """length in bytes, mtime_nsec (nanoseconds since 1970), is_directory."""

    def __init__(self, length, mtime_nsec, is_directory):
        self.length, self.mtime_nsec, self.is_directory = length, mtime_nsec, is_directory


def stat(filename):
    """Size, time and kind of a file or folder. NotFoundError where there is none."""
    with _tensorflows_errors(filename):
        found = os.stat(_path(filename))
        return FileStatistics(found.st_size, found.st_mtime_ns, os.path.isdir(_path(filename)))


def stat_v2(path):
    return stat(path)


def file_exists(filename):
    """Whether there is a file or folder of this name."""
    return os.access(_path(filename), os.F_OK)


def file_exists_v2(path):
    return file_exists(path)


def delete_file(filename):
    """Deletes a file. NotFoundError where there is none."""
    with _tensorflows_errors(filename):
        os.unlink(_path(filename))


def delete_file_v2(path):
    delete_file(path)


def is_directory(dirname):
    return os.path.isdir(_path(dirname))


def is_directory_v2(path):
    return is_directory(path)


def create_dir(dirname):
    """Makes a folder, whose parent must be there; no error where it is there already."""
    if not is_directory(dirname):
        with _tensorflows_errors(dirname):
            os.mkdir(_path(dirname))


def create_dir_v2(path):
    create_dir(path)


def recursive_create_dir(dirname):
    """Makes a folder and those above it; no error where they are there."""
    with _tensorflows_errors(dirname):
        os.makedirs(_path(dirname), exist_ok=True)


def recursive_create_dir_v2(path):
    recursive_create_dir(path)


def _refuse_to_overwrite(path, overwrite):
    if not overwrite and file_exists(path):
        raise errors.AlreadyExistsError(None, None, 'file already exists')


def copy(oldpath, newpath, overwrite=False):
    """Copies a file. AlreadyExistsError where the new name is taken, unless overwrite."""
    _refuse_to_overwrite(newpath, overwrite)
    with _tensorflows_errors(oldpath):
        with open(_path(oldpath), 'rb') as source:
            with _tensorflows_errors(newpath), open(_path(newpath), 'wb') as target:
                shutil.copyfileobj(source, target, 1 << 20)


def copy_v2(src, dst, overwrite=False):
    copy(src, dst, overwrite)


def rename(oldname, newname, overwrite=False):
    """Renames or moves a file. AlreadyExistsError where the new name is taken, unless overwrite."""
    _refuse_to_overwrite(newname, overwrite)
    with _tensorflows_errors(oldname):
        os.rename(_path(oldname), _path(newname))


def rename_v2(src, dst, overwrite=False):
    rename(src, dst, overwrite)


def delete_recursively(dirname):
    """Deletes a folder and all that is in it. NotFoundError where there is none."""
    if not is_directory(dirname):
        if not file_exists(dirname):
            raise errors.NotFoundError(None, None, '%s not found' % compat.as_str_any(dirname))
        with _tensorflows_errors(dirname):
            os.unlink(_path(dirname))
        return
    with _tensorflows_errors(dirname):
        shutil.rmtree(_path(dirname))


def delete_recursively_v2(path):
    delete_recursively(path)


def list_directory(dirname):
    """The names in a folder. NotFoundError where it is none."""
    if not is_directory(dirname):
        raise errors.NotFoundError(None, None, 'Could not find directory {}'.format(dirname))
    with _tensorflows_errors(dirname):
        return [compat.as_str_any(name) for name in sorted(os.listdir(_path(dirname)))]


def list_directory_v2(path):
    return list_directory(path)


def _matching(pattern):
    """The paths that match, sorted. `*` and `?` match no slash, but a leading dot; './' begins what has no folder."""
    if not os.path.dirname(re.split(r'[*?[\\]', pattern)[0]):
        pattern = './' + pattern
    found = ['/' if pattern.startswith('/') else '']
    for part in pattern.split('/'):
        if not part:
            continue
        if any(sign in part for sign in '*?['):
            found = [os.path.join(folder, name) for folder in found for name in _names_in(folder)
                     if fnmatch.fnmatchcase(name, part)]
        else:
            found = [path for path in (os.path.join(folder, part.replace('\\', '')) for folder in found)
                     if os.path.lexists(path)]
    return sorted(path for path in found if path and file_exists(path))


def _names_in(folder):
    try:
        return os.listdir(folder or '.')
    except OSError:
        return []


def get_matching_files(filename):
    """The files that match a pattern, or a list of patterns; sorted for each."""
    patterns = [filename] if isinstance(filename, (bytes, str)) else filename
    return [path for pattern in patterns for path in _matching(compat.as_str_any(compat.path_to_str(pattern)))]


def get_matching_files_v2(pattern):
    return get_matching_files(pattern)


def walk_v2(top, topdown=True, onerror=None):
    """(folder, folders in it, files in it) of a folder and of each below it."""
    top = compat.as_str_any(compat.path_to_str(top))
    try:
        listing = list_directory(top)
    except errors.NotFoundError as error:
        if onerror is not None:
            onerror(error)
        return
    folders = [name for name in listing if is_directory(os.path.join(top, name))]
    files = [name for name in listing if name not in folders]
    if topdown:
        yield top, folders, files
    for folder in folders:
        yield from walk_v2(os.path.join(top, folder), topdown, onerror)
    if not topdown:
        yield top, folders, files


def walk(top, in_order=True):
    """(folder, folders in it, files in it) of a folder and of each below it; from below upwards unless in_order."""
    return walk_v2(top, in_order)


def read_file_to_string(filename, binary_mode=False):
    with FileIO(filename, 'rb' if binary_mode else 'r') as file:
        return file.read()


def write_string_to_file(filename, file_content):
    with FileIO(filename, 'w') as file:
        file.write(file_content)


def atomic_write_string_to_file(filename, contents, overwrite=True):
    """Writes beside the file, then renames: nobody sees half of it."""
    temporary = filename + '.tmp' + uuid.uuid4().hex
    write_string_to_file(temporary, contents)
    try:
        rename(temporary, filename, overwrite)
    except errors.OpError:
        delete_file(temporary)
        raise


def file_crc32(filename, block_size=16 << 20):
    """zlib's CRC-32 of the file, in hex."""
    crc = 0
    with FileIO(filename, 'rb') as file:
        for piece in iter(lambda: file.read(block_size), b''):
            crc = binascii.crc32(piece, crc)
    return hex(crc & 0xFFFFFFFF)


def filecmp(filename_a, filename_b):
    """Whether two files hold the same bytes."""
    return (stat(filename_a).length == stat(filename_b).length and file_crc32(filename_a) == file_crc32(filename_b))
