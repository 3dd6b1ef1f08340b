"""The examples in docstrings of graphs and sessions do what they say."""
import doctest
import importlib

import pytest

import icecore.tf as tf

MODULES = ['client.session', 'framework.constant_op', 'framework.custom_gradients', 'framework.device_spec',
           'framework.gradient_registry', 'framework.host_functions', 'framework.placeholders']


@pytest.mark.parametrize('name', MODULES)
def test_examples(name):
    module = importlib.import_module('icecore.tf.' + name)
    tf.reset_default_graph()
    results = [doctest.DocTestRunner().run(test) for test in doctest.DocTestFinder().find(module) if test.examples]
    assert results and all(result.failed == 0 for result in results)
