"""tf.test: a TestCase that compares arrays, and what tests ask of the machine."""
import contextlib
import os
import random
import re
import sys
import tempfile
import unittest
from unittest import mock  # noqa: F401

from ..framework import errors_impl as errors
from ..util import compat

# The seed of graphs and of numpy in a test.
_SEED = 87654321


def is_gpu_available(cuda_only=False, min_cuda_compute_capability=None):
    """Never: Icecore runs on the processor."""
    return False


def gpu_device_name():
    return ''


def is_built_with_cuda():
    return False


def is_built_with_rocm():
    return False


def is_built_with_gpu_support():
    return False


def get_temp_dir():
    """A folder for what tests write; the same one in all of the process."""
    if not hasattr(get_temp_dir, 'folder'):
        get_temp_dir.folder = tempfile.mkdtemp(dir=os.environ.get('TEST_TMPDIR'))
    return get_temp_dir.folder


def test_src_dir_path(relative_path):
    """A path from where tests are started."""
    return os.path.join(os.environ.get('TEST_SRCDIR', os.getcwd()), 'org_tensorflow/tensorflow', relative_path)


# A helper for tests, no test of its own.
test_src_dir_path.__test__ = False


def main(argv=None):
    """Runs the tests of the script; flags that it defined are parsed first."""
    from . import flags
    argv = sys.argv if argv is None else argv
    unittest.main(argv=flags.FLAGS(argv, known_only=True))


def assert_equal_graph_def(actual, expected, checkpoint_v2=False, hash_table_shared_name=False):
    """AssertionError unless both GraphDefs have the same nodes, in whatever order."""
    for graph in (actual, expected):
        if not hasattr(graph, 'node'):
            raise TypeError('Expected tf.GraphDef, got %s' % type(graph).__name__)
    mine, theirs = ({node.name: node for node in graph.node} for graph in (actual, expected))
    for name in sorted({*mine, *theirs}):
        if name not in mine or name not in theirs:
            raise AssertionError('%s is only in the %s graph' % (name, 'expected' if name in theirs else 'actual'))
        if mine[name] != theirs[name]:
            raise AssertionError('%s differs:\n%s\nexpected:\n%s' % (name, mine[name], theirs[name]))


class StubOutForTesting(object):
    """Sets attributes, and sets them back."""

    def __init__(self):
        self._set = []

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.CleanUp()

    def Set(self, parent, child_name, new_child):
        self._set.append((parent, child_name, getattr(parent, child_name)))
        setattr(parent, child_name, new_child)

    SmartSet = Set

    def UnsetAll(self):
        while self._set:
            setattr(*self._set.pop())

    SmartUnsetAll = CleanUp = UnsetAll


class TestCase(unittest.TestCase):
    """unittest's, with a fresh default graph and fixed seeds for each test, sessions, and comparisons of arrays."""

    def __init__(self, methodName='runTest'):
        super().__init__(methodName)
        self._cached_session = None

    def setUp(self):
        import numpy
        from ..framework import ops
        self._close_session()
        random.seed(_SEED)
        numpy.random.seed(_SEED)
        ops.reset_default_graph()
        ops.get_default_graph().seed = _SEED

    def tearDown(self):
        self._close_session()

    def _close_session(self):
        if self._cached_session is not None:
            self._cached_session.close()
            self._cached_session = None

    def get_temp_dir(self):
        """A folder of this test alone."""
        folder = os.path.join(get_temp_dir(), re.sub(r'[^\w.]', '_', self.id()))
        os.makedirs(folder, exist_ok=True)
        return folder

    @contextlib.contextmanager
    def session(self, graph=None, config=None, use_gpu=False, force_gpu=False):
        """A session as default, with its graph; closed afterwards."""
        from ..client import session
        with session.Session(graph=graph, config=config) as opened:
            yield opened

    @contextlib.contextmanager
    def cached_session(self, graph=None, config=None, use_gpu=False, force_gpu=False):
        """One session for the whole test."""
        from ..client import session
        if self._cached_session is None:
            self._cached_session = session.Session(graph=graph, config=config)
        with self._cached_session.graph.as_default(), self._cached_session.as_default():
            yield self._cached_session

    def test_session(self, graph=None, config=None, use_gpu=False, force_gpu=False):
        """cached_session(), or session() where a graph is given."""
        open_session = self.cached_session if graph is None else self.session
        return open_session(graph, config, use_gpu, force_gpu)

    # It begins with `test`, and is none: unittest and pytest leave it out.
    test_session.__test__ = False

    def evaluate(self, tensors):
        """The values of tensors, in the default session."""
        from ..framework import ops
        session = ops.get_default_session() or self._cached_session
        return session.run(tensors)

    def _array(self, value):
        import numpy
        if hasattr(value, 'graph') and hasattr(value, 'dtype'):
            value = self.evaluate(value)
        return value if isinstance(value, numpy.ndarray) else numpy.array(value)

    def _pair(self, a, b, msg):
        a, b = self._array(a), self._array(b)
        if a.shape != b.shape:
            self.fail(self._formatMessage(msg, 'Shape mismatch: expected %s, got %s.' % (a.shape, b.shape)))
        return a, b

    def assertAllClose(self, a, b, rtol=1e-6, atol=1e-6, msg=None):
        """Numbers, arrays or nested structures are near each other."""
        if isinstance(a, dict) or isinstance(b, dict):
            self.assertEqual(sorted(a), sorted(b), msg)
            for key in a:
                self.assertAllClose(a[key], b[key], rtol, atol, msg)
            return
        if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)) and not _is_rectangular(a, b):
            self.assertEqual(len(a), len(b), msg)
            for one, other in zip(a, b):
                self.assertAllClose(one, other, rtol, atol, msg)
            return
        import numpy
        a, b = self._pair(a, b, msg)
        if not numpy.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True):
            numpy.testing.assert_allclose(a, b, rtol=rtol, atol=atol, err_msg=msg or '', equal_nan=True)

    def assertAllCloseAccordingToType(self, a, b, rtol=1e-6, atol=1e-6, float_rtol=1e-6, float_atol=1e-6, half_rtol=1e-3,
                                      half_atol=1e-3, bfloat16_rtol=1e-2, bfloat16_atol=1e-2, msg=None):
        """assertAllClose, with more room for dtypes of fewer bits."""
        names = {str(self._array(a).dtype), str(self._array(b).dtype)}
        for name, r, t in (('float32', float_rtol, float_atol), ('complex64', float_rtol, float_atol),
                           ('float16', half_rtol, half_atol), ('bfloat16', bfloat16_rtol, bfloat16_atol)):
            if name in names:
                rtol, atol = max(rtol, r), max(atol, t)
        self.assertAllClose(a, b, rtol, atol, msg)

    def assertNotAllClose(self, a, b, **kwargs):
        try:
            self.assertAllClose(a, b, **kwargs)
        except AssertionError:
            return
        raise AssertionError('The two values are close at all elements')

    def assertAllEqual(self, a, b, msg=None):
        """Arrays are the same, NaN among them."""
        import numpy
        a, b = self._pair(a, b, msg)
        same = a == b
        if a.dtype.kind in 'fc' and b.dtype.kind in 'fc':
            same = numpy.logical_or(same, numpy.logical_and(numpy.isnan(a), numpy.isnan(b)))
        if not numpy.all(same):
            numpy.testing.assert_array_equal(a, b, err_msg=msg or '')
            self.fail(self._formatMessage(msg, '%r != %r' % (a, b)))

    def assertNotAllEqual(self, a, b, msg=None):
        try:
            self.assertAllEqual(a, b)
        except AssertionError:
            return
        raise AssertionError('The two values are equal at all elements. %s' % (msg or ''))

    def assertAllGreater(self, a, comparison_target):
        self._assert_all(self._array(a) > comparison_target, 'greater than %s' % comparison_target)

    def assertAllLess(self, a, comparison_target):
        self._assert_all(self._array(a) < comparison_target, 'less than %s' % comparison_target)

    def assertAllGreaterEqual(self, a, comparison_target):
        self._assert_all(self._array(a) >= comparison_target, 'at least %s' % comparison_target)

    def assertAllLessEqual(self, a, comparison_target):
        self._assert_all(self._array(a) <= comparison_target, 'at most %s' % comparison_target)

    def assertAllInRange(self, target, lower_bound, upper_bound, open_lower_bound=False, open_upper_bound=False):
        a = self._array(target)
        low = a > lower_bound if open_lower_bound else a >= lower_bound
        high = a < upper_bound if open_upper_bound else a <= upper_bound
        self._assert_all(low & high, 'from %s to %s' % (lower_bound, upper_bound))

    def assertAllInSet(self, target, expected_set):
        import numpy
        self._assert_all(numpy.isin(self._array(target), list(expected_set)), 'one of %s' % (expected_set,))

    def _assert_all(self, held, what):
        if not held.all():
            self.fail('%d of %d values are not %s' % (held.size - held.sum(), held.size, what))

    def assertNear(self, f1, f2, err, msg=None):
        """|f1 - f2| <= err, or they are equal."""
        self.assertTrue(f1 == f2 or abs(f1 - f2) <= err, '%f != %f +/- %f%s' % (f1, f2, err, ' (%s)' % msg if msg else ''))

    def assertArrayNear(self, farray1, farray2, err, msg=None):
        self.assertEqual(len(farray1), len(farray2), msg)
        for one, other in zip(farray1, farray2):
            self.assertNear(float(one), float(other), err, msg)

    def assertNDArrayNear(self, ndarray1, ndarray2, err, msg=None):
        import numpy
        self.assertLess(numpy.linalg.norm(self._array(ndarray1) - self._array(ndarray2)), err, msg)

    def assertDTypeEqual(self, target, expected_dtype):
        target = self._array(target) if not hasattr(target, 'dtype') else target
        self.assertEqual(str(getattr(target.dtype, 'name', target.dtype)), _dtype_name(expected_dtype))

    def assertShapeEqual(self, np_array, tf_tensor, msg=None):
        self.assertAllEqual(list(np_array.shape), tf_tensor.get_shape().as_list(), msg=msg)

    def assertDeviceEqual(self, device1, device2, msg=None):
        self.assertEqual(*(_canonical_device(device) for device in (device1, device2)), msg)

    def assertStartsWith(self, actual, expected_start, msg=None):
        if not actual.startswith(expected_start):
            self.fail(self._formatMessage(msg, '%r does not start with %r' % (actual, expected_start)))

    def assertProtoEquals(self, expected_message_maybe_ascii, message, msg=None):
        """A message is as another, or as a text says."""
        expected = expected_message_maybe_ascii
        if isinstance(expected, str):
            from google.protobuf import text_format
            expected = text_format.Parse(expected, type(message)(), descriptor_pool=message.DESCRIPTOR.file.pool)
        self.assertEqual(expected, message, msg)

    @contextlib.contextmanager
    def assertRaisesWithPredicateMatch(self, exception_type, expected_err_re_or_predicate):
        """Raises the class, with a text that matches, or an exception that a function says yes to."""
        check = expected_err_re_or_predicate
        if not callable(check):
            def check(error):
                text = error.message if isinstance(error, errors.OpError) else str(error)
                return re.search(expected_err_re_or_predicate, text)
        try:
            yield
        except exception_type as error:
            if not check(error):
                raise AssertionError('Exception of type %s: %s' % (type(error), error)) from error
        else:
            self.fail(exception_type.__name__ + ' not raised')

    def assertRaisesOpError(self, expected_err_re_or_predicate):
        return self.assertRaisesWithPredicateMatch(errors.OpError, expected_err_re_or_predicate)

    # Names that unittest has dropped.
    if not hasattr(unittest.TestCase, 'assertItemsEqual'):
        assertItemsEqual = unittest.TestCase.assertCountEqual
    if not hasattr(unittest.TestCase, 'assertEquals'):
        assertEquals = unittest.TestCase.assertEqual
        assertNotEquals = unittest.TestCase.assertNotEqual
        assertAlmostEquals = unittest.TestCase.assertAlmostEqual
        assertRaisesRegexp = unittest.TestCase.assertRaisesRegex
        assertRegexpMatches = unittest.TestCase.assertRegex
        assert_ = unittest.TestCase.assertTrue


def _is_rectangular(*structures):
    """Whether numpy makes arrays of them, of numbers."""
    import numpy
    try:
        return all(numpy.array(structure).dtype.kind != 'O' for structure in structures)
    except ValueError:
        return False


def _dtype_name(dtype):
    from ..framework import dtypes
    return dtypes.as_dtype(dtype).name


def _canonical_device(device):
    text = compat.as_str_any(device or '').lower()
    return re.sub(r'/(cpu|gpu):', lambda match: '/device:%s:' % match[1], text)
