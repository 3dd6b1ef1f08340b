"""Random TensorFlow 1 models: layers over reference and resource variables, whole and partitioned, gathers, tf.cond and
tf.while_loop over them, variables of other dtypes; and how they are saved."""
import os

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1


class Model:
    """Built in the current default graph: `feeds` by tensor name and `outputs` by node name."""

    def __init__(self, rng):
        self.rng = rng
        self.numbers = np.random.RandomState(rng.getrandbits(32))
        self.count = 0
        width = rng.randint(2, 6)
        x = v1.placeholder(tf.float32, [None, width], 'x')
        ids = v1.placeholder(tf.int32, [None], 'ids')
        flag = v1.placeholder(tf.bool, [], 'flag')
        batch = rng.randint(1, 4)
        self.feeds = {'x:0': self.numbers.randn(batch, width).astype(np.float32), 'ids:0': self.numbers.randint(0, 3, batch).astype(np.int32),
                      'flag:0': rng.random() < .5}
        self.outputs = []
        y = x
        kinds = [self.dense, self.dense, self.gather, self.cond, self.loop, self.double]
        for kind in [kinds[0]] + rng.sample(kinds[1:], len(kinds) - 1)[:rng.randint(2, 5)]:
            with v1.variable_scope('%s_%d' % (kind.__name__, self.count)), tf.device(rng.choice([None, '/cpu:0', '/device:CPU:1'])):
                y = kind(y, ids, flag)
            self.count += 1
        with tf.control_dependencies([y, tf.no_op('before')] if rng.random() < .5 else []):
            self.output(y, 'out')
        for dtype in rng.sample(['int32', 'int64', 'string', 'bool', 'float16', 'uint8', 'complex64', 'bfloat16'], 3):
            self.other(dtype)
        self.variable('not_needed', [3])
        self.outputs = self.outputs[:1] + rng.sample(self.outputs[1:], rng.randint(0, len(self.outputs) - 1))

    def output(self, tensor, name):
        self.outputs.append(tf.identity(tensor, name).op.name)

    def variable(self, name, shape, resource=None, dtype=np.float32):
        resource = self.rng.random() < .5 if resource is None else resource
        if self.rng.random() < .3 and shape and shape[0] > 1:
            values = self.numbers.randn(*shape).astype(dtype)

            def start(part, dtype, partition_info):
                return tf.constant(values[tuple(slice(o, o + n) for o, n in zip(partition_info.var_offset, part))], dtype)

            partitioner = v1.fixed_size_partitioner(self.rng.randint(1, shape[0]))
            return v1.get_variable(name, shape, dtype, start, partitioner=partitioner, use_resource=resource)
        return v1.get_variable(name, initializer=self.numbers.randn(*shape).astype(dtype), use_resource=resource)

    def dense(self, y, ids, flag):
        width = self.rng.randint(2, 6)
        w = self.variable('weights', [y.shape[-1], width])
        b = self.variable('biases', [width])
        y = tf.nn.tanh(tf.matmul(y, w) + b)
        if self.rng.random() < .3:
            self.output(y, 'also')
        return y

    def double(self, y, ids, flag):
        scale = self.variable('scale', [y.shape[-1]], dtype=np.float64)
        return tf.cast(tf.cast(y, tf.float64) * scale, tf.float32)

    def gather(self, y, ids, flag):
        table = v1.get_variable('table', initializer=self.numbers.randn(3, y.shape[-1]).astype(np.float32), use_resource=self.rng.random() < .7)
        return y + v1.nn.embedding_lookup(table, tf.cast(ids, self.rng.choice([tf.int32, tf.int64])))

    def cond(self, y, ids, flag):
        a = v1.get_variable('a', initializer=self.numbers.randn(y.shape[-1]).astype(np.float32), use_resource=True)
        b = self.variable('b', [y.shape[-1]])
        return tf.cond(flag, lambda: y * a.read_value(), lambda: y + b, name='branch')

    def loop(self, y, ids, flag):
        a = v1.get_variable('a', initializer=self.numbers.randn(y.shape[-1]).astype(np.float32), use_resource=self.rng.random() < .7)
        _, y = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, tf.nn.tanh(y * a)), [0, y])
        return y

    def other(self, dtype):
        shape = self.rng.choice([[2], [3, 2], [0]] + [[]] * (dtype != 'string'))  # TensorFlow fails to freeze a string scalar
        values = self.numbers.randint(0, 100, shape)
        array = np.vectorize(lambda n: b'item %d' % n, otypes=[object])(values) if dtype == 'string' else values
        constant = tf.constant(array, tf.string) if dtype == 'string' else tf.cast(tf.constant(array), dtype)
        variable = v1.get_variable('other_' + dtype, initializer=constant, use_resource=self.rng.random() < .5 and dtype != 'string')
        self.output(variable, 'read_' + dtype)


CONFIG = v1.ConfigProto(device_count={'CPU': 2}, allow_soft_placement=True, inter_op_parallelism_threads=2, intra_op_parallelism_threads=1)


def built(rng, folder, text=False):
    """Builds and saves a model; gives its prefix (V1 shards: their pattern), the path of its graph, and the Model."""
    v1.disable_control_flow_v2()
    with tf.Graph().as_default(), v1.Session(config=CONFIG) as session:
        model = Model(rng)
        version = rng.choice([v1.train.SaverDef.V1, v1.train.SaverDef.V2, v1.train.SaverDef.V2])
        names = None
        if version == v1.train.SaverDef.V1:
            model.outputs = [name for name in model.outputs if name != 'read_bfloat16']
            names = [v for v in v1.global_variables() if v.dtype.base_dtype != tf.bfloat16]  # which V1 can't hold
        saver = v1.train.Saver(names, sharded=rng.random() < .4, write_version=version)
        session.run(v1.global_variables_initializer())
        prefix = saver.save(session, os.path.join(folder, 'model.ckpt'), global_step=rng.randint(0, 1000), write_meta_graph=False)
        graph = os.path.join(folder, 'model.meta' + ('.pbtxt' if text else ''))
        saver.export_meta_graph(graph, as_text=text)
    return prefix, graph, model
