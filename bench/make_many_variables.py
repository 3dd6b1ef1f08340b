#!/usr/bin/env python3
"""Makes a checkpoint of very many small variables, with TensorFlow 2.21.

  make_many_variables.py FOLDER [COUNT]     writes FOLDER/many.ckpt.{index,data-00000-of-00001}; COUNT is 20000 by default

Names are those of a deep net under an optimizer; the index takes several blocks of its table."""
import os
import sys

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
import numpy as np
import tensorflow as tf

PARTS = ['kernel', 'bias', 'batch_normalization/gamma', 'batch_normalization/beta', 'batch_normalization/moving_mean']
SLOTS = ['', '/Adam', '/Adam_1', '/ExponentialMovingAverage']


def names(count):
    """Sorted, as a Saver gives them."""
    per_layer = len(PARTS) * len(SLOTS)
    return sorted('model/stack_%d/block_%03d/conv2d_%d/%s%s' % (
        i // per_layer // 300, i // per_layer // 3 % 100, i // per_layer % 3, PARTS[i % per_layer // len(SLOTS)], SLOTS[i % len(SLOTS)])
        for i in range(count))


def main(folder, count):
    os.makedirs(folder, exist_ok=True)
    prefix = os.path.join(folder, 'many.ckpt')
    tensors = [tf.constant(np.arange(i % 8 + 1, dtype=np.float32) + i) for i in range(count)]
    tf.raw_ops.SaveV2(prefix=prefix, tensor_names=names(count), shape_and_slices=[''] * count, tensors=tensors)
    print(prefix)


if __name__ == '__main__':
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], int((sys.argv[2:] or [20000])[0]))
