#!/usr/bin/env bash
# Makes build/venv-tensorflow, with TensorFlow 2.21, onnx and pytest from PyPI, where it isn't there yet; prints its Python.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=build/venv-tensorflow
if ! "$venv/bin/python" -c 'import importlib.metadata as m, onnx, pytest; assert m.version("tensorflow-cpu").startswith("2.21")' 2>/dev/null; then
  scripts/setup.sh tensorflow >&2
  python=$(command -v /usr/bin/python3.11 || command -v python3.11)
  "$python" -m venv --clear "$venv" >&2
  "$venv/bin/pip" install --quiet --retries 5 'tensorflow-cpu==2.21.*' 'onnx>=1.17,<2' 'pytest==8.*' >&2
fi
echo "$venv/bin/python"
