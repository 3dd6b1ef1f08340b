#!/usr/bin/env bash
# Makes the models of the benchmarks (TensorFlow and OpenVINO from PyPI, about 1.2 GB in build/bench) where they aren't there yet, and
# measures them: the tables of docs/performance.md.
#
#   bench/run.sh BUILD [OPTION of measure.py…]
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:?folder of the build}
shift
models=build/bench
with_tensorflow=$(scripts/tensorflow_venv.sh)
"$with_tensorflow" -c 'import openvino' 2>/dev/null || "$with_tensorflow" -m pip install --quiet 'openvino==2026.4.*'
[ -f $models/vgg16.ckpt.meta ] || "$with_tensorflow" bench/make_vgg16.py $models
[ -f $models/many.ckpt.index ] || "$with_tensorflow" bench/make_many_variables.py $models
[ -f $models/vgg16.pb ] || "$build/icecore" freeze $models/vgg16.ckpt.meta $models/vgg16.ckpt --outputs prob -o $models/vgg16.pb
[ -f $models/sound.raw ] || "$with_tensorflow" bench/running/make_graphs.py $models # The last file that it writes.

"${PYTHON:-python3}" bench/measure.py "$build/icecore" $models --tensorflow "$with_tensorflow" "$@"
"$with_tensorflow" bench/train_lenet.py "$build/train_lenet" $models
"${PYTHON:-python3}" bench/running/measure.py "$build/icecore_peer" $models bench/data/Basic_LSTM_S.pb "$with_tensorflow"
