"""MNIST from its four files, in the batches that TensorFlow draws."""
import gzip

import numpy

from icecore.tf.contrib.learn.datasets import base
from icecore.tf.framework import dtypes, random_seed
from icecore.tf.platform import gfile

DEFAULT_SOURCE_URL = 'https://storage.googleapis.com/cvdf-datasets/mnist/'


def _numbers(stream, count):
    return [int(number) for number in numpy.frombuffer(stream.read(4 * count), dtype='>u4')]


def _open(f, magic, kind):
    print('Extracting', f.name)
    stream = gzip.GzipFile(fileobj=f)
    found, = _numbers(stream, 1)
    if found != magic:
        raise ValueError('Invalid magic number %d in MNIST %s file: %s' % (found, kind, f.name))
    return stream


def extract_images(f):
    """The images of a gzip file that is open: uint8 [number, rows, columns, 1].

    Raises:
      ValueError: where it isn't one of images.
    """
    with _open(f, 2051, 'image') as stream:
        number, rows, columns = _numbers(stream, 3)
        data = numpy.frombuffer(stream.read(rows * columns * number), dtype=numpy.uint8)
    return data.reshape(number, rows, columns, 1)


def dense_to_one_hot(labels_dense, num_classes):
    """A row for each label, with a one at it."""
    number = labels_dense.shape[0]
    rows = numpy.zeros((number, num_classes))
    rows.flat[numpy.arange(number) * num_classes + labels_dense.ravel()] = 1
    return rows


def extract_labels(f, one_hot=False, num_classes=10):
    """The labels of a gzip file that is open: uint8 [number], or the rows that dense_to_one_hot() makes of them.

    Raises:
      ValueError: where it isn't one of labels.
    """
    with _open(f, 2049, 'label') as stream:
        number, = _numbers(stream, 1)
        labels = numpy.frombuffer(stream.read(number), dtype=numpy.uint8)
    return dense_to_one_hot(labels, num_classes) if one_hot else labels


class DataSet(object):
    """Images and their labels, which next_batch() gives in an order that is drawn anew for each epoch.

    Args:
      images: [number, rows, columns, 1].
      labels: as many.
      fake_data: whether to give ones instead, labelled as `one_hot` says.
      dtype: tf.float32: from 0 to 1; tf.uint8: as they are.
      reshape: whether an image becomes a row.
      seed: of the order; without one the graph's seed counts. numpy's global generator is given it.
    """

    def __init__(self, images, labels, fake_data=False, one_hot=False, dtype=dtypes.float32, reshape=True, seed=None):
        of_graph, of_op = random_seed.get_seed(seed)
        numpy.random.seed(of_graph if seed is None else of_op)
        dtype = dtypes.as_dtype(dtype).base_dtype
        if dtype not in (dtypes.uint8, dtypes.float32):
            raise TypeError('Invalid image dtype %r, expected uint8 or float32' % dtype)
        if fake_data:
            self._num_examples = 10000
            self.one_hot = one_hot
        else:
            assert images.shape[0] == labels.shape[0], 'images.shape: %s labels.shape: %s' % (images.shape, labels.shape)
            self._num_examples = images.shape[0]
            if reshape:
                assert images.shape[3] == 1
                images = images.reshape(images.shape[0], images.shape[1] * images.shape[2])
            if dtype == dtypes.float32:
                images = numpy.multiply(images.astype(numpy.float32), 1.0 / 255.0)
        self._images = images
        self._labels = labels
        self._epochs_completed = 0
        self._index_in_epoch = 0

    @property
    def images(self):
        """All images, in the order of this epoch."""
        return self._images

    @property
    def labels(self):
        """Their labels."""
        return self._labels

    @property
    def num_examples(self):
        """How many there are."""
        return self._num_examples

    @property
    def epochs_completed(self):
        """How often all of them have been given."""
        return self._epochs_completed

    def _shuffle(self):
        order = numpy.arange(self._num_examples)
        numpy.random.shuffle(order)
        self._images = self._images[order]
        self._labels = self._labels[order]

    def next_batch(self, batch_size, fake_data=False, shuffle=True):
        """(images, labels) of the next `batch_size`; a batch may hold the end of one epoch and the beginning of the next."""
        if fake_data:
            label = [1] + [0] * 9 if self.one_hot else 0
            return [[1] * 784 for _ in range(batch_size)], [label for _ in range(batch_size)]
        start = self._index_in_epoch
        if self._epochs_completed == 0 and start == 0 and shuffle:
            self._shuffle()
        self._index_in_epoch = end = start + batch_size
        if end <= self._num_examples:
            return self._images[start:end], self._labels[start:end]
        self._epochs_completed += 1
        rest = self._images[start:], self._labels[start:]
        if shuffle:
            self._shuffle()
        self._index_in_epoch = end = batch_size - (self._num_examples - start)
        return (numpy.concatenate((rest[0], self._images[:end]), axis=0),
                numpy.concatenate((rest[1], self._labels[:end]), axis=0))


def read_data_sets(train_dir, fake_data=False, one_hot=False, dtype=dtypes.float32, reshape=True, validation_size=5000, seed=None,
                   source_url=DEFAULT_SOURCE_URL):
    """MNIST's data sets: .train, .validation and .test. What the folder lacks is fetched from source_url.

    Raises:
      ValueError: where more are to be kept for validation than there are.
    """
    if fake_data:
        return base.Datasets(*[DataSet([], [], fake_data=True, one_hot=one_hot, dtype=dtype, seed=seed) for _ in range(3)])
    source_url = source_url or DEFAULT_SOURCE_URL

    def read(name, extract, **options):
        with gfile.Open(base.maybe_download(name, train_dir, source_url + name), 'rb') as f:
            return extract(f, **options)

    images = read('train-images-idx3-ubyte.gz', extract_images)
    labels = read('train-labels-idx1-ubyte.gz', extract_labels, one_hot=one_hot)
    test_images = read('t10k-images-idx3-ubyte.gz', extract_images)
    test_labels = read('t10k-labels-idx1-ubyte.gz', extract_labels, one_hot=one_hot)
    if not 0 <= validation_size <= len(images):
        raise ValueError('Validation size should be between 0 and {}. Received: {}.'.format(len(images), validation_size))
    options = dict(dtype=dtype, reshape=reshape, seed=seed)
    return base.Datasets(train=DataSet(images[validation_size:], labels[validation_size:], **options),
                         validation=DataSet(images[:validation_size], labels[:validation_size], **options),
                         test=DataSet(test_images, test_labels, **options))


def load_mnist(train_dir='MNIST-data'):
    """read_data_sets() as it is."""
    return read_data_sets(train_dir)
