"""The examples of the documents are true."""
import doctest
import pathlib
import re
import shutil

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.mark.parametrize('document', ['README.md', 'docs/python.md'])
def test_the_examples_in_python_are_true(document, tmp_path, monkeypatch):
    shutil.copytree(ROOT / 'tests' / 'data' / 'models', tmp_path / 'data' / 'models')
    monkeypatch.chdir(tmp_path / 'data')
    # Each block as a docstring of its own lines, so that a failure names the document's line.
    text = (ROOT / document).read_text()
    examples = []
    for block in re.finditer(r'^```python\n(.*?)^```', text, re.S | re.M):
        first = text.count('\n', 0, block.start(1))
        for example in doctest.DocTestParser().get_examples(block[1]):
            example.lineno += first
            examples.append(example)
    assert examples
    test = doctest.DocTest(examples, {}, document, str(ROOT / document), 0, None)
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed == 0
