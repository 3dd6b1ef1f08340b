"""Names that numpy and the standard library have dropped are back in a script, and nowhere else."""
import subprocess
import sys

import pytest

pytest.importorskip('numpy')


def test_numpy_has_its_old_names(run_script):
    result = run_script('''
import warnings
warnings.simplefilter("error")
import numpy as np
warnings.filterwarnings("ignore", message=".*deprecated.*", category=DeprecationWarning)
assert np.float is float and np.int is int and np.object is object and np.str is str and np.unicode is str and np.complex is complex
assert np.zeros(2, np.bool).dtype == bool and np.zeros(2, np.long).dtype == np.int64
assert np.zeros(2, np.float).dtype == np.float64 and np.float_ is np.float64 and np.Inf == np.inf and np.NINF == -np.inf
assert np.asscalar(np.array([3])) == 3 and np.product([2, 3]) == 6 and np.alltrue([True]) and np.alen([1, 2]) == 2
assert np.asfarray([1, 2]).dtype == np.float64 and list(np.in1d([1, 2], [2])) == [False, True]
assert np.fromstring(b"ab", np.uint8).tolist() == [97, 98] and np.fromstring("1 2", sep=" ").tolist() == [1, 2]
assert np.find_common_type([np.float32], [np.float64]) == np.float32 == np.find_common_type([np.float32], [np.int64]) and np.find_common_type([np.int32], [np.float64]) == np.float64 and abs(np.round_(2.567, 1) - 2.6) < 1e-9
assert np.cast["float32"]([1, 2]).dtype == np.float32 and np.cast[np.int32](1.5) == 1 and np.nbytes[np.float64] == 8
assert np.typeDict["float32"] is np.float32 and list(np.cumproduct([2, 3])) == [2, 6] and np.sometrue([0, 1])
assert np.row_stack([[1], [2]]).shape == (2, 1) and np.msort([2, 1]).tolist() == [1, 2] and np.lib.pad([1], 1, "constant").tolist() == [0, 1, 0]
assert np.math.factorial(3) == 6 and np.warnings is warnings and np.os.path and np.sys.path
assert np.issubsctype(np.float32, np.floating) and np.maximum_sctype(np.int8) is np.int64
assert np.fastCopyAndTranspose([[1, 2]]).shape == (2, 1)
from numpy import float_, product
print("done")
''')
    assert result.stdout == 'done\n', result.stderr


def test_the_standard_library_has_its_old_names(run_script):
    result = run_script('''
import collections, inspect, time, fractions, base64, threading, os, platform
from collections import Iterable, Mapping
import collections.abc
assert Mapping is collections.abc.Mapping and collections.Callable is collections.abc.Callable
spec = inspect.getargspec(lambda a, b=1, *c, **d: 0)
assert tuple(spec) == (["a", "b"], "c", "d", (1,)) and spec.args == ["a", "b"] and spec.keywords == "d"
assert time.clock() >= 0 and fractions.gcd(12, 18) == 6 and base64.decodestring(base64.encodestring(b"x")) == b"x"
assert threading.Thread().isAlive() is False and os.errno.ENOENT == 2 and len(platform.linux_distribution()) == 3
import xml.etree.cElementTree as ET
assert ET.fromstring("<a><b/></a>")[0].tag == "b"
import imp
assert imp.reload
print("done")
''')
    assert result.stdout == 'done\n', result.stderr


def test_numpy_copies_where_it_must(run_script):
    result = run_script('''
import numpy as np
a = np.zeros(2)
print(np.array([1, 2], dtype=np.float32, copy=False), np.array(a, copy=False) is a, np.array(a) is a, np.array(a, np.float32, copy=False).dtype)
print(np.array.__name__, np.array([[1]], ndmin=3).shape)
''')
    assert result.stdout == '[1. 2.] True False float32\narray (1, 1, 1)\n', result.stderr


def test_modules_that_are_gone_from_the_library_are_there(run_script):
    result = run_script('''
import warnings
warnings.simplefilter("ignore")
import distutils.dir_util
import os
from distutils.spawn import find_executable
from distutils.util import strtobool
from distutils.version import LooseVersion, StrictVersion
assert LooseVersion("1.15.5") >= LooseVersion("1.4") and LooseVersion("1.4") < "1.10" and not LooseVersion("1.0") == LooseVersion("1.0.1")
assert StrictVersion("1.4.0") == StrictVersion("1.4") > StrictVersion("1.4b2") and str(StrictVersion("1.4.0")) == "1.4"
assert str(LooseVersion("2.0rc1")) == "2.0rc1" and LooseVersion("2.0rc1").version == [2, 0, "rc", 1]
assert strtobool("Yes") == 1 and strtobool("off") == 0 and find_executable("no_such_program") is None
distutils.dir_util.mkpath("a/b")
open("a/b/f", "w").close()
assert distutils.dir_util.copy_tree("a", "c") == [os.path.join("c", "b", "f")]
import cgi, pipes
assert cgi.escape("<") == "&lt;" and pipes.quote("a b") == "'a b'"
print("done")
''')
    assert result.stdout == 'done\n', result.stderr


def test_distutils_is_made_where_there_is_none():
    # Whatever this Python's library has.
    from icecore.tf.legacy import distutils
    assert distutils.LooseVersion('1.15.5') > distutils.LooseVersion('1.4') and distutils.LooseVersion('1.4') < '1.10'
    assert distutils.StrictVersion('1.4.0') == distutils.StrictVersion('1.4') > '1.4b2'
    assert repr(distutils.LooseVersion('1.4')) == "LooseVersion ('1.4')" and str(distutils.StrictVersion('1.4.2a1')) == '1.4.2a1'
    with pytest.raises(ValueError, match="invalid version number '1'"):
        distutils.StrictVersion('1')
    assert (distutils.strtobool('T'), distutils.strtobool('0')) == (1, 0)
    with pytest.raises(ValueError, match='invalid truth value'):
        distutils.strtobool('maybe')


def test_more_names_of_the_standard_library(run_script):
    result = run_script('''
import warnings
warnings.simplefilter("ignore")
import asyncio, configparser, inspect, io, locale, random, unittest
print(inspect.formatargspec(*inspect.getargspec(lambda a, b=1, *c, **d: 0)), inspect.formatargspec(["a"], kwonlyargs=["k"], kwonlydefaults={"k": 2}))
parser = configparser.SafeConfigParser()
parser.readfp(io.StringIO("[a]\\nb = 1"))
print(parser.get("a", "b"), locale.format("%.1f", 2.5), sorted(random.sample({1, 2, 3}, 2))[0] < 3)
class Some(unittest.TestCase):
    def test_it(self):
        self.assertEquals(1, 1)
        self.assert_(True)
        self.assertRegexpMatches("ab", "a")
        self.assertRaisesRegexp(ValueError, "x", lambda: int("x"))
print(unittest.makeSuite(Some).countTestCases(), unittest.TextTestRunner(io.StringIO()).run(unittest.makeSuite(Some)).wasSuccessful())
@asyncio.coroutine
def nothing():
    return 3
    yield
print(asyncio.new_event_loop().run_until_complete(nothing()))
''')
    assert result.stdout == '(a, b=1, *c, **d) (a, *, k=2)\n1 2.5 True\n1 True\n3\n', result.stderr


def test_functions_take_arguments_that_were_dropped(run_script):
    result = run_script('''
import io, json, random
print(json.loads('{"a": 1}', encoding="utf-8"), json.load(io.StringIO("[2]"), encoding="utf-8", parse_int=float))
items = [1, 2, 3, 4]
random.shuffle(items, lambda: 0.5)
print(items)
random.seed(1)
random.shuffle(items)
print(sorted(items))
''')
    assert result.stdout == "{'a': 1} [2.0]\n[1, 4, 2, 3]\n[1, 2, 3, 4]\n", result.stderr


def test_yaml_load_needs_no_loader(run_script):
    pytest.importorskip('yaml')
    result = run_script('import yaml\nprint(yaml.load("a: [1, 2]"), yaml.load("b: 1", Loader=yaml.SafeLoader))')
    assert result.stdout == "{'a': [1, 2]} {'b': 1}\n", result.stderr


@pytest.mark.parametrize('expression', ['np.asscalar', 'inspect.getargspec', 'time.clock', 'fractions.gcd', 'base64.encodestring'])
def test_no_legacy_turns_it_off(run_script, expression):
    result = run_script('import inspect, time, fractions, base64\nimport numpy as np\nprint(%s)' % expression, options=['--no-legacy'])
    plain = subprocess.run([sys.executable, '-c', 'import inspect, time, fractions, base64, numpy as np\n' + expression], capture_output=True)
    assert (result.returncode == 0) == (plain.returncode == 0), result.stderr


def test_scalars_of_numpy_are_printed_as_numbers(run_script):
    assert run_script('import numpy as np\nprint([np.float32(0.5), np.int64(3)])').stdout == '[0.5, 3]\n'


def test_numpy_is_not_loaded_for_it(run_script):
    assert run_script('import sys\nprint("numpy" in sys.modules)').stdout == 'False\n'


def test_modules_keep_their_loaders(run_script):
    result = run_script('import numpy, fractions\nprint(type(numpy.__spec__.loader).__name__, numpy.__loader__ is numpy.__spec__.loader)')
    assert result.stdout == 'SourceFileLoader True\n', result.stderr
