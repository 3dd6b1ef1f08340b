"""A training that is handed from TensorFlow to Icecore and back, and the other way round: fifty steps each, over checkpoints and
meta graphs; its losses are those of TensorFlow's uninterrupted run of all steps."""
import numpy as np
import pytest
import tensorflow as tf

import random_models

v1 = tf.compat.v1
LEG, BATCH = 50, 32
STEPS = 3 * LEG


@pytest.fixture(params=['reference', 'resource'])
def kind(request):
    return request.param


@pytest.fixture
def feeds(tmp_path):
    """Digits of a kind: where the bright spot is says which. A checkpoint's prefix, and the values."""
    generator = np.random.RandomState(5)
    labels = generator.randint(0, 10, (STEPS, BATCH)).astype(np.int32)
    images = generator.uniform(0, 0.5, (STEPS, BATCH, 8, 8, 1)).astype(np.float32)
    for step, row in np.ndindex(STEPS, BATCH):
        label = labels[step, row]
        images[step, row, label // 5 * 4:label // 5 * 4 + 3, label % 5:label % 5 + 2] += 0.5
    prefix = str(tmp_path / 'feeds')
    tf.raw_ops.SaveV2(prefix=prefix, tensor_names=['x', 'y'], shape_and_slices=['', ''], tensors=[images, labels])
    return prefix, images, labels


def build(kind):
    """The network with its training operation, in the default graph."""
    v1.set_random_seed(7)
    glorot = v1.glorot_uniform_initializer()

    def variable(name, *shape, initializer=glorot):
        return v1.get_variable(name, shape, initializer=initializer, use_resource=kind == 'resource')

    def bias(name, size):
        return variable(name, size, initializer=v1.zeros_initializer())

    x = v1.placeholder(tf.float32, [None, 8, 8, 1], 'x')
    y = v1.placeholder(tf.int32, [None], 'y')
    h = tf.tanh(tf.nn.bias_add(tf.nn.conv2d(x, variable('conv/w', 3, 3, 1, 8), strides=1, padding='SAME'), bias('conv/b', 8)))
    h = tf.reshape(tf.nn.max_pool2d(h, 2, 2, 'VALID'), [-1, 4 * 4 * 8])
    h = tf.tanh(tf.matmul(h, variable('hidden/w', 128, 24)) + bias('hidden/b', 24))
    logits = tf.matmul(h, variable('out/w', 24, 10)) + bias('out/b', 10)
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits), name='loss')
    v1.train.AdamOptimizer(0.002).minimize(loss, global_step=v1.train.get_or_create_global_step())
    for tensor in (x, y, loss):
        v1.add_to_collection('relay', tensor)


class TensorFlow:
    """TensorFlow's legs, each in a graph of its own, as in a process of its own."""

    def __init__(self, feeds):
        _, self.images, self.labels = feeds

    def begin(self, kind, prefix):
        with tf.Graph().as_default(), v1.Session(config=random_models.CONFIG) as session:
            build(kind)
            session.run(v1.global_variables_initializer())
            return v1.train.Saver().save(session, prefix, global_step=0)

    def train(self, meta, checkpoint, steps, prefix):
        with tf.Graph().as_default(), v1.Session(config=random_models.CONFIG) as session:
            saver = v1.train.import_meta_graph(meta)
            saver.restore(session, checkpoint)
            x, y, loss = v1.get_collection('relay')
            update, = v1.get_collection('train_op')
            step = v1.train.get_global_step()
            losses = []
            for i in range(session.run(step), session.run(step) + steps):
                losses.append(session.run([loss, update], {x: self.images[i], y: self.labels[i]})[0])
            saver.save(session, prefix, global_step=step)
            return losses


class Icecore:
    def __init__(self, program, feeds):
        self.program, self.feeds = program, feeds[0]

    def begin(self, kind, prefix):
        self.program('build', kind, prefix)
        return prefix + '-0'

    def train(self, meta, checkpoint, steps, prefix):
        return [float(line) for line in self.program('train', meta, checkpoint, self.feeds, steps, prefix).split()]


def check(first, second, tensorflow, kind, folder):
    start = first.begin(kind, str(folder / 'model'))
    want = tensorflow.train(start + '.meta', start, STEPS, str(folder / 'uninterrupted'))
    assert want[-1] < want[0] / 2, 'it learns something'
    got = []
    for leg, runner in enumerate((first, second, first)):
        prefix = '%s-%d' % (folder / 'model', leg * LEG)
        got += runner.train(prefix + '.meta', prefix, LEG, str(folder / 'model'))
    got, want = np.array(got, np.float64), np.array(want, np.float64)
    differences = np.abs(got - want) / np.abs(want)
    print('largest relative difference %.2g; after the hand-overs %s' % (
        differences.max(), ', '.join('%.2g' % differences[leg:leg + 5].max() for leg in (LEG, 2 * LEG))))
    np.testing.assert_allclose(got, want, rtol=1e-3)
    for leg in (LEG, 2 * LEG):
        np.testing.assert_allclose(got[leg:leg + 5], want[leg:leg + 5], rtol=1e-5)


def test_from_tensorflow_to_icecore_and_back(kind, feeds, relay, tmp_path):
    tensorflow = TensorFlow(feeds)
    check(tensorflow, Icecore(relay, feeds), tensorflow, kind, tmp_path)


def test_from_icecore_to_tensorflow_and_back(kind, feeds, relay, tmp_path):
    tensorflow = TensorFlow(feeds)
    check(Icecore(relay, feeds), tensorflow, tensorflow, kind, tmp_path)
