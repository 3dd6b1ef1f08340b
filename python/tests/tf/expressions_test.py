"""Every line of expressions/*.txt gives what it gives with TensorFlow 1.15.5."""
import json
import os

import make_expressions
import pytest

import icecore.tf as tf

numpy = pytest.importorskip('numpy')
with open(os.path.join(make_expressions.HERE, 'expressions.json'), encoding='utf-8') as answers:
    ANSWERS = json.load(answers)


@pytest.mark.parametrize('name, line', list(make_expressions.lines()))
def test_expression_is_as_in_tensorflow(name, line):
    expected = make_expressions.comparable(ANSWERS[name][line])
    assert make_expressions.comparable(make_expressions.answer(line, tf, numpy)) == expected
