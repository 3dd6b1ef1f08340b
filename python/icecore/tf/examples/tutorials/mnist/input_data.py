"""MNIST, under the name that tutorials import."""
from icecore.tf.contrib.learn.datasets.mnist import read_data_sets  # noqa: F401
