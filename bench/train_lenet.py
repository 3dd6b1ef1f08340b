#!/usr/bin/env python3
"""Training steps of LeNet in a second, Icecore's and TensorFlow 2.21's, on the same graph, in turn, round by round, in one run.

  train_lenet.py TRAIN_LENET [FOLDER]      with a Python that has TensorFlow 2.21; TRAIN_LENET is build/release/train_lenet

The graph (two convolutions of 5 by 5 with 32 and 64 filters, pooling, 1024 hidden units, momentum) is TensorFlow's, in FOLDER
(build/bench). TensorFlow's steps are run in a process of their own for each number of threads. Prints a table in Markdown."""
import os
import statistics
import subprocess
import sys
import time

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '')
BATCH, STEPS, ROUNDS = 64, 20, 5


def build():
    import tensorflow as tf
    v1 = tf.compat.v1

    def variable(name, *shape):
        return v1.get_variable(name, shape, initializer=v1.truncated_normal_initializer(stddev=0.05, seed=1), use_resource=False)

    x = v1.placeholder(tf.float32, [None, 28, 28, 1], 'x')
    y = v1.placeholder(tf.int32, [None], 'y')
    h = x
    for i, shape in enumerate(((5, 5, 1, 32), (5, 5, 32, 64))):
        h = tf.nn.conv2d(h, variable('w%d' % i, *shape), strides=1, padding='SAME')
        h = tf.nn.max_pool2d(tf.nn.relu(tf.nn.bias_add(h, variable('b%d' % i, shape[-1]))), 2, 2, 'SAME')
    h = tf.reshape(h, [-1, 7 * 7 * 64])
    h = tf.nn.relu(tf.matmul(h, variable('w2', 7 * 7 * 64, 1024)) + variable('b2', 1024))
    logits = tf.matmul(h, variable('w3', 1024, 10)) + variable('b3', 10)
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
    v1.train.MomentumOptimizer(0.01, 0.9).minimize(loss)


def make(prefix):
    import tensorflow as tf
    v1 = tf.compat.v1
    with tf.Graph().as_default(), v1.Session() as session:
        build()
        session.run(v1.global_variables_initializer())
        v1.train.Saver().save(session, prefix, write_state=False)


def tensorflow_steps(prefix, threads):
    """Answers each line on stdin with steps in a second."""
    import numpy as np
    import tensorflow as tf
    v1 = tf.compat.v1
    config = v1.ConfigProto(intra_op_parallelism_threads=threads, inter_op_parallelism_threads=threads)
    with tf.Graph().as_default(), v1.Session(config=config) as session:
        v1.train.import_meta_graph(prefix + '.meta').restore(session, prefix)
        generator = np.random.RandomState(1)
        feeds = {'x:0': generator.uniform(size=(BATCH, 28, 28, 1)), 'y:0': generator.randint(0, 10, BATCH)}
        train, = v1.get_collection('train_op')
        for _ in sys.stdin:
            for _ in range(5):
                session.run(train, feeds)
            begin = time.perf_counter()
            for _ in range(STEPS):
                session.run(train, feeds)
            print(STEPS / (time.perf_counter() - begin), flush=True)


def main():
    program = os.path.abspath(sys.argv[1])
    folder = sys.argv[2] if len(sys.argv) > 2 else 'build/bench'
    os.makedirs(folder, exist_ok=True)
    prefix = os.path.join(os.path.abspath(folder), 'lenet')
    subprocess.run([sys.executable, __file__, '--make', prefix], check=True)
    environment = dict(os.environ, OMP_WAIT_POLICY='passive')
    print('| LeNet, batch of %d | Icecore, steps/s | TensorFlow 2.21, steps/s | ratio |\n|---|---|---|---|' % BATCH)
    for threads in (1, 2):
        other = subprocess.Popen([sys.executable, __file__, '--steps', prefix, str(threads)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            done = subprocess.run([program, prefix, str(threads), str(BATCH), str(STEPS)], capture_output=True, text=True, env=environment, check=True)
            ours.append(float(done.stdout))
            other.stdin.write('\n')
            other.stdin.flush()
            theirs.append(float(other.stdout.readline()))
        other.stdin.close()
        other.wait()
        mine, its = statistics.median(ours), statistics.median(theirs)
        print('| %d thread%s, median of %d rounds (fastest) | %.1f (%.1f) | %.1f (%.1f) | %.2f |' % (
            threads, 's'[threads == 1:], ROUNDS, mine, max(ours), its, max(theirs), mine / its))


if __name__ == '__main__':
    if len(sys.argv) == 3 and sys.argv[1] == '--make':
        make(sys.argv[2])
    elif len(sys.argv) == 4 and sys.argv[1] == '--steps':
        tensorflow_steps(sys.argv[2], int(sys.argv[3]))
    elif len(sys.argv) in (2, 3):
        main()
    else:
        sys.exit(__doc__)
