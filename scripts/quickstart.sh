#!/usr/bin/env bash
# A real model of 2017 in four commands: what is in its checkpoint and its graph, the two frozen to one file, and the proof
# that the file holds the very weights. The model is SRCNN (super-resolution), saved at step 2,550,000 in the first checkpoint
# format; TensorFlow 2.21 has a freeze_graph that reports success on it and leaves all its variables unfrozen.
#
#   scripts/quickstart.sh [build/release/icecore]
set -euo pipefail
cd "$(dirname "$0")/.."
icecore=${1:-build/release/icecore}
model=tests/data/models/v1-srcnn/SRCNN.model-2550000
out=build/quickstart
mkdir -p "$out"

run() {
  printf '\n\033[1m$ icecore %s\033[0m\n' "$*"
  "$icecore" "$@"
}
[ -t 1 ] || run() { printf '\n$ icecore %s\n' "$*"; "$icecore" "$@"; }

run list $model
run graph $model.meta
printf '\n# add_2 is the image that the network makes; Mean is its loss.'
run freeze $model.meta $model --outputs add_2 -o $out/srcnn.pb --force
run list --digest $model
run list --digest $out/srcnn.pb
echo
"${PYTHON:-python3}" scripts/prove_frozen.py "$icecore" $model $out/srcnn.pb
