"""What data sets share: files that are fetched where they are missing."""
import collections
import os
import random
import time
import urllib.request

from icecore.tf.lib.io import file_io

Dataset = collections.namedtuple('Dataset', ['data', 'target'])
Datasets = collections.namedtuple('Datasets', ['train', 'validation', 'test'])

_TIMED_OUT = 110


def urlretrieve_with_retry(url, filename=None):
    """(path, headers) of what lies at the address; tried again where the connection timed out."""
    delay = 1.0
    while True:
        try:
            return urllib.request.urlretrieve(url, filename)
        except OSError as error:
            if error.errno != _TIMED_OUT or delay > 16:
                raise
        time.sleep(delay * random.uniform(0.75, 1.25))
        delay *= 2


def maybe_download(filename, work_directory, source_url):
    """The path of the file in the folder; it is fetched from the address where it isn't there.

    Raises:
      urllib.error.URLError: where it can't be had.
    """
    if not file_io.file_exists(work_directory):
        file_io.recursive_create_dir(work_directory)
    path = os.path.join(work_directory, filename)
    if not file_io.file_exists(path):
        fetched, _ = urlretrieve_with_retry(source_url)
        file_io.copy(fetched, path)
        print('Successfully downloaded', filename, os.path.getsize(path), 'bytes.')
    return path
