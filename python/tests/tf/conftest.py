"""What the tests of icecore.tf share."""
import os
import subprocess
import sys

import pytest

# Scripts for icecore.tf, whatever they are named.
collect_ignore = ['scenarios']


@pytest.fixture
def run_script(tmp_path):
    """Runs `python -m icecore.tf [options] script.py arguments...` in a folder of its own."""
    def run(text, *arguments, options=(), name='script.py', timeout=60):
        script = tmp_path / name
        script.write_text(text, encoding='utf-8')
        # The folder of the package that this process imports, installed or not.
        import icecore.tf
        package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(icecore.tf.__file__))))
        environment = dict(os.environ, PYTHONPATH=os.pathsep.join(filter(None, [package, os.environ.get('PYTHONPATH', '')])))
        return subprocess.run([sys.executable, '-m', 'icecore.tf', *options, str(script), *arguments], cwd=tmp_path,
                              env=environment, capture_output=True, text=True, timeout=timeout)
    return run
