"""scenarios/*.py print what they print with TensorFlow 1.15.5."""
import os
import sys

import make_scenarios
import pytest

import icecore.tf


@pytest.mark.parametrize('name', make_scenarios.names())
def test_scenario_prints_what_it_does_with_tensorflow(name):
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(icecore.tf.__file__))))
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(filter(None, [package, os.environ.get('PYTHONPATH', '')])))
    with open(make_scenarios.path_of(name, '.txt'), encoding='utf-8') as expected:
        assert make_scenarios.output_of(name, [sys.executable, '-m', 'icecore.tf'], environment) == expected.read()
