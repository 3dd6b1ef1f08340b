"""Functions that say where operations stand, among devices that are named: each operation's device."""
import tensorflow as tf

VARIABLES = ['Variable', 'VariableV2', 'VarHandleOp']
seen = []


def chooser(device, of_variables='/cpu:0'):
    def function(op):
        seen.append((op.name, op.device))
        node = op if isinstance(op, tf.NodeDef) else op.node_def
        return '/' + of_variables if node.op in VARIABLES else device
    return function


with tf.device('/job:a'):
    with tf.device(chooser('/gpu:1')):
        w = tf.get_variable('w', [2, 2])
        r = tf.get_variable('r', [2], use_resource=True)
        with tf.device('/task:3'):
            c = tf.constant(1.) + 2.
            with tf.device(chooser('/device:GPU:2')):
                e = tf.matmul(w, w) + r
            with tf.device(None):
                tf.constant(3.)
            with tf.colocate_with(w.op):
                tf.constant(4.)
                with tf.device('/cpu:4'):
                    tf.constant(5.)
        loss = tf.reduce_sum(e * c)
        tf.train.MomentumOptimizer(.1, .9).minimize(loss, global_step=tf.train.get_or_create_global_step())
        tf.gradients(loss, [w], colocate_gradients_with_ops=True)
with tf.device(chooser('/gpu:5')):
    a = tf.Variable([1.])
    tf.layers.dense(tf.ones([2, 3]), 2)
    tf.cond(tf.constant(True), lambda: a + 1., lambda: a)
    tf.train.ExponentialMovingAverage(.9).apply([a])
with tf.device(lambda op: tf.DeviceSpec(device_type='CPU', device_index=1)):
    tf.train.Saver()
    tf.constant(1.)
for op in tf.get_default_graph().get_operations():
    print(op.name, repr(op.device), op.colocation_groups() if '_class' in op.node_def.attr else '')
print(seen[:12])
