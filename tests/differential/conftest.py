"""What every test gets: the program, the writer's tool, and a generator of its own."""
import os
import random
import sys
import zlib

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('TF_ENABLE_ONEDNN_OPTS', '0')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '')

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'golden'), os.path.join(ROOT, 'bench')]

try:
    import tensorflow as tf
except ImportError as error:
    raise pytest.UsageError('this suite compares with TensorFlow: pip install tensorflow-cpu==2.21.* (%s)' % error)

from program import Program


def executable(variable, default):
    path = os.path.abspath(os.environ.get(variable, os.path.join(ROOT, default)))
    if not os.access(path, os.X_OK):
        raise pytest.UsageError('no program %s: build it, or name another in %s' % (path, variable))
    return path


def pytest_addoption(parser):
    parser.addoption('--seed', type=int, default=1, help='what the random names, shapes and values come from')
    parser.addoption('--rounds', type=int, default=3, help='how many random models each test of one makes')


def pytest_configure(config):
    config.icecore = executable('ICECORE', 'build/release/icecore')
    config.rewrite = executable('REWRITE', 'build/release/tests/rewrite_checkpoint')
    config.relay = executable('RELAY', 'build/release/tests/relay')
    if not tf.__version__.startswith('2.21'):
        raise pytest.UsageError('this suite compares with TensorFlow 2.21, found %s' % tf.__version__)


def pytest_report_header(config):
    return 'TensorFlow %s, %s, --seed %d --rounds %d' % (tf.__version__, config.icecore, config.option.seed, config.option.rounds)


def pytest_generate_tests(metafunc):
    if 'round' in metafunc.fixturenames:
        metafunc.parametrize('round', range(metafunc.config.option.rounds))


@pytest.fixture
def rng(request):
    """A random.Random that depends on --seed and the test's name alone."""
    return random.Random(zlib.crc32(('%d %s' % (request.config.option.seed, request.node.nodeid.split('::')[-1])).encode()))


@pytest.fixture
def icecore(request):
    return Program(request.config.icecore)


@pytest.fixture
def rewrite(request):
    return Program(request.config.rewrite)


@pytest.fixture
def relay(request):
    return Program(request.config.relay)
