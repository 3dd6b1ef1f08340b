"""Checkpoints by TensorFlow's own ops, in the order and with the slices that the caller wants."""
import os

import tensorflow as tf
from tensorflow.python.ops import gen_io_ops


def spec(shape, slices):
    """The text of a slice: "4 2 0,2:-" is rows 0 and 1 of a 4 by 2 tensor."""
    return ' '.join(map(str, shape)) + ' ' + ':'.join('-' if n < 0 else '%d,%d' % (start, n) for start, n in slices)


def save_v2(prefix, rows):
    """rows: (name, Value) or (name, Value, [(start, length), ...]): then that part of the value is saved as a slice."""
    os.makedirs(os.path.dirname(prefix), exist_ok=True)
    _save(lambda names, specs, tensors: gen_io_ops.save_v2(prefix, names, specs, tensors), rows)


def save_v1(path, rows):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    _save(lambda names, specs, tensors: gen_io_ops.save_slices(path, names, specs, tensors), rows)


def _save(op, rows):
    rows = [row if len(row) == 3 else (*row, None) for row in rows]
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        session.run(op([name for name, _, _ in rows], ['' if part is None else spec(value.shape, part) for _, value, part in rows],
                       [(value if part is None else value.part(part)).tensor() for _, value, part in rows]))


def load_variables(made, session):
    """Gives the default graph's variables the Values of their names; parts of a partitioned one their part of it."""
    for variable in tf.compat.v1.global_variables():
        info = variable._get_save_slice_info()
        value = made[info.full_name if info else variable.op.name]
        part = value.part(list(zip(info.var_offset, info.var_shape))) if info else value
        variable.load(part.array, session)


def merge(prefixes, prefix):
    """Makes one checkpoint of several, as a sharded Saver does."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        session.run(gen_io_ops.merge_v2_checkpoints(prefixes, prefix, delete_old_dirs=True))


def check(prefix, name, value, slices=''):
    """TensorFlow itself restores this value."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        restored, = gen_io_ops.restore_v2(prefix, [name], [slices], [tf.as_dtype(value.dtype)])
        equal = tf.reduce_all(tf.equal(_bits(restored, value), _bits(value.tensor(), value)))
        same, shape = session.run([equal, tf.shape(restored)])
        assert same and list(shape) == value.shape, (prefix, name)


def _bits(tensor, value):
    """Something that compares by bits (NaN equals itself)."""
    if value.dtype in ('string', 'bool'):
        return tensor
    if value.dtype == 'complex128':
        return tf.bitcast(tf.stack([tf.math.real(tensor), tf.math.imag(tensor)]), 'int64')
    return tf.bitcast(tensor, 'int%d' % (8 * value.array.itemsize))
