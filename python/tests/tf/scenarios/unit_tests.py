# A script of tests.
# run:
# run: --size=4
# run: Case.test_places
import numpy as np
import tensorflow as tf
tf.app.flags.DEFINE_integer('size', 3, 'Size.')


class Case(tf.test.TestCase):
    def test_close(self):
        self.assertAllClose([1.0, 2.0], np.array([1.0, 2.0 + 1e-7]))
        self.assertAllClose({'a': [1.0]}, {'a': np.array([1.0])})
        self.assertAllEqual([1, 2], np.array([1, 2]))
        self.assertAllEqual([np.nan, 1.0], [np.nan, 1.0])
        self.assertNotAllClose([1.0], [2.0])
        self.assertNear(1.0, 1.1, 0.2)
        self.assertArrayNear([1.0], [1.1], 0.2)
        self.assertAllInRange([1, 2], 1, 2)
        self.assertAllGreater([1, 2], 0)
        self.assertStartsWith('abc', 'ab')
        self.assertDeviceEqual('/job:a/cpu:0', '/job:a/device:CPU:0')
        for wrong in (lambda: self.assertAllClose([1.0], [1.1]), lambda: self.assertAllEqual([1], [2]), lambda: self.assertAllEqual([1, 2], [1]),
                      lambda: self.assertNear(1.0, 2.0, 0.5), lambda: self.assertAllLess([1, 2], 2), lambda: self.assertAllInRange([3], 1, 2)):
            with self.assertRaises(AssertionError):
                wrong()
        self.assertProtoEquals('node { name: "x" }', tf.GraphDef(node=[tf.NodeDef(name='x')]))
        with self.assertRaisesOpError('wh.'):
            raise tf.errors.NotFoundError(None, None, 'why')
        with self.assertRaisesWithPredicateMatch(ValueError, lambda e: 'x' in str(e)):
            raise ValueError('x')

    def test_seed_and_graph(self):
        print(tf.get_default_graph().seed, np.random.randint(1000), len(tf.get_default_graph().get_operations()))
        tf.constant(1)
        print(tf.flags.FLAGS.size)

    def test_session_of_a_test(self):
        with self.test_session() as sess:
            a = tf.constant([1.0, 2.0])
            self.assertAllClose(a, [1.0, 2.0])
            self.assertAllEqual(sess.run(a * 2), self.evaluate(a + a))
            self.assertShapeEqual(np.zeros(2), a)
        with self.cached_session() as again:
            print(again is sess)
        with self.session(graph=tf.Graph()) as other:
            print(other is sess, tf.get_default_graph() is other.graph)

    def test_places(self):
        print(tf.test.is_gpu_available(), tf.test.gpu_device_name() == '', tf.test.is_built_with_cuda())
        import os
        print(os.path.isdir(tf.test.get_temp_dir()), os.path.isdir(self.get_temp_dir()))


if __name__ == '__main__':
    tf.test.main()
