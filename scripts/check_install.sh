#!/usr/bin/env bash
# Installs a build into a folder of its own, moves that folder, and builds and runs examples/ against it as a stranger would:
# once by find_package(icecore), once by pkg-config. The installed program runs too.
#
#   scripts/check_install.sh BUILD
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:?folder of the build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/first" >"$work/install.log"
mv "$work/first" "$work/icecore"
prefix=$work/icecore
"$prefix/bin/icecore" --version
[ ! -e "$prefix/icecore" ] # The Python package is for wheels.
ICECORE=$prefix/bin/icecore python3 tests/cli/run_test.py tests/data

# Only the installed copy may be found: the examples are copied away from the tree, whose data they are given.
mkdir -p "$work/tree/tests"
cp -r examples "$work/tree/examples"
ln -s "$PWD/tests/data" "$work/tree/tests/data"
ln -s "$PWD/tests/scripts" "$work/tree/tests/scripts"
cmake -S "$work/tree/examples" -B "$work/cmake" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_CXX_FLAGS="-Wall -Wextra -Werror" >"$work/configure.log" || { cat "$work/configure.log"; exit 1; }
ninja -C "$work/cmake" --quiet
ctest --test-dir "$work/cmake" --output-on-failure

PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name icecore.pc)")
export PKG_CONFIG_PATH
build() {
  # shellcheck disable=SC2046 # pkg-config answers with several words.
  g++ -std=c++20 -fvisibility=hidden -Wall -Wextra -Werror "examples/$1.cc" -o "$work/$1" $(pkg-config --cflags --libs "$2")
}
for example in list_variables read_tensor freeze_model; do build $example icecore; done
build build_and_restore icecore_runtime
LD_LIBRARY_PATH=$(pkg-config --variable=libdir icecore)
export LD_LIBRARY_PATH
models=tests/data/models
"$work/list_variables" $models/v1-srcnn | grep -c . | grep -qx 6
"$work/read_tensor" $models/v1-srcnn w1 | grep -q "^float32"
"$work/freeze_model" $models/v1-srcnn/SRCNN.model-2550000.meta $models/v1-srcnn add_2 "$work/frozen.pb"
[ -s "$work/frozen.pb" ]
"$work/build_and_restore" "$work" | grep -q '^the same value'
# An error is caught on this side of the library's border, hidden symbols or not.
{ "$work/list_variables" $models/no-such-model 2>&1 || true; } | grep -q '^NOT_FOUND: '
echo "installed copy: examples built by find_package and by pkg-config, and run"
