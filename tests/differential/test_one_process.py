"""Icecore in one process with TensorFlow 2.21, onnx and protobuf: nobody is disturbed, whoever comes first."""
import os
import subprocess
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.join(os.path.dirname(os.path.dirname(HERE)), 'build', 'release', 'python')


@pytest.mark.parametrize('order', [
    'icecore icecore.tf tensorflow onnx protobuf', 'tensorflow onnx protobuf icecore icecore.tf',
    'onnx icecore protobuf tensorflow', 'protobuf icecore.tf onnx tensorflow'])
def test_all_work_in_this_order(order, tmp_path):
    if not os.path.isdir(PACKAGE):
        raise pytest.UsageError('no Python package in %s: run make python' % PACKAGE)
    os.makedirs(tmp_path / 't')
    result = subprocess.run([sys.executable, os.path.join(HERE, 'in_one_process.py'), *order.split()], cwd=tmp_path,
                            env=dict(os.environ, PYTHONPATH=PACKAGE), capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, 'undisturbed\n'), result.stderr
