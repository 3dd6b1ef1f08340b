"""tf.resource_loader: files beside the module that asks."""
import os
import sys


def _folder_of_caller():
    return os.path.dirname(os.path.abspath(sys._getframe(2).f_code.co_filename))


def get_data_files_path():
    """The folder of the calling module."""
    return _folder_of_caller()


def get_path_to_datafile(path):
    """A path from the folder of the calling module."""
    return os.path.join(_folder_of_caller(), path)


def load_resource(path):
    """The bytes of a file, its path from the folder of the calling module."""
    with open(os.path.join(_folder_of_caller(), path), 'rb') as file:
        return file.read()


def get_root_dir_with_all_resources():
    """The folder of the calling module: there are no others."""
    return _folder_of_caller()


def readahead_file_path(path, readahead='128M'):
    return path
