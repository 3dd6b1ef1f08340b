"""tensorflow.examples.tutorials.mnist: files in the folder or fetched, data sets, and the order of their batches."""
import gzip
import os
import struct

import numpy as np
import tensorflow as tf
from tensorflow.contrib.learn.python.learn.datasets import base
from tensorflow.contrib.learn.python.learn.datasets.mnist import DataSet, extract_images, extract_labels
from tensorflow.examples.tutorials.mnist import input_data

tf.logging.set_verbosity(tf.logging.ERROR)


def write(folder, number, name):
    images = np.arange(number * 4).astype(np.uint8)
    labels = (np.arange(number) % 10).astype(np.uint8)
    with gzip.open(os.path.join(folder, name + '-images-idx3-ubyte.gz'), 'wb') as f:
        f.write(struct.pack('>4I', 2051, number, 2, 2) + images.tobytes())
    with gzip.open(os.path.join(folder, name + '-labels-idx1-ubyte.gz'), 'wb') as f:
        f.write(struct.pack('>2I', 2049, number) + labels.tobytes())


os.mkdir('there')
write('there', 20, 'train')
write('there', 7, 't10k')


def show(data):
    for name in ('train', 'validation', 'test'):
        part = getattr(data, name)
        print(name, part.num_examples, part.images.shape, part.images.dtype, part.labels.shape, part.labels.dtype)
    for i in range(7):
        images, labels = data.train.next_batch(6, shuffle=i != 5)
        print(np.round(images.ravel()[:6], 4).tolist(), labels.tolist(), data.train.epochs_completed)
    print(data.test.next_batch(3)[1].tolist())


tf.set_random_seed(12)
show(input_data.read_data_sets('there', validation_size=5))
show(input_data.read_data_sets('there', one_hot=True, validation_size=3, seed=7))
show(input_data.read_data_sets('there', dtype=tf.uint8, reshape=False, validation_size=0))
show(tf.contrib.learn.datasets.mnist.read_data_sets('fetched/inside', False, True, seed=1, validation_size=4,
                                                     source_url='file://' + os.path.abspath('there') + '/'))
print(sorted(os.listdir('fetched/inside')))
fake = input_data.read_data_sets('', fake_data=True, one_hot=True)
images, labels = fake.train.next_batch(2, True)
print(fake.train.num_examples, len(images), len(images[0]), labels)
with open('there/train-labels-idx1-ubyte.gz', 'rb') as f:
    print(extract_labels(f, one_hot=True)[:2].tolist())
for attempt in (lambda: input_data.read_data_sets('there', validation_size=21),
                lambda: input_data.read_data_sets('there', dtype=tf.int32, validation_size=2),
                lambda: DataSet(np.zeros([2, 1, 1, 1]), np.zeros([3])),
                lambda: extract_images(open('there/train-labels-idx1-ubyte.gz', 'rb')),
                lambda: extract_labels(open('there/train-images-idx3-ubyte.gz', 'rb')),
                lambda: base.maybe_download('x', 'there', 'file:///nowhere/x')):
    try:
        print(attempt())
    except Exception as error:
        print(type(error).__name__, str(error).split(': /')[0].split('<')[0])
