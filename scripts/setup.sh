#!/usr/bin/env bash
# Installs the Debian (bookworm) packages that a task needs and this machine lacks.
#
#   scripts/setup.sh [build] [test] [python] [lint] [fuzz] [tensorflow]     (default: build test)
#
# Does nothing, in milliseconds, where all are there. Without root it says what to install and stops.
set -euo pipefail

build="g++ cmake ninja-build ccache pkg-config python3 \
  libsnappy-dev libisal-dev libdnnl-dev libeigen3-dev libre2-dev \
  libprotozero-dev libcli11-dev libfmt-dev nlohmann-json3-dev libssl-dev libbenchmark-dev"
tests="libgtest-dev libleveldb-dev libprotobuf-dev protobuf-compiler python3-numpy binutils qemu-user"
lint="clang-tidy-16 clang-format-16 git"
fuzz="clang-16 libclang-rt-16-dev"
python="python3-venv python3-pip python3-dev"
tensorflow="python3-venv python3-pip"

wanted=""
[ $# -gt 0 ] || set -- build test
for group in "$@"; do
  case $group in
    build) wanted+=" $build" ;;
    test) wanted+=" $tests" ;;
    lint) wanted+=" $lint" ;;
    fuzz) wanted+=" $fuzz" ;;
    python) wanted+=" $python" ;;
    tensorflow) wanted+=" $tensorflow" ;;
    *) echo "setup.sh: no group '$group'; there are build, test, python, lint, fuzz and tensorflow" >&2; exit 2 ;;
  esac
done

if ! command -v dpkg-query >/dev/null; then
  echo "setup.sh: this is no Debian; Icecore is built and tested on Debian bookworm with:$wanted" >&2
  exit 0
fi
there=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' $wanted 2>/dev/null | sed -n 's/^ii *//p' || true)
missing=$(comm -23 <(printf '%s\n' $wanted | sort -u) <(printf '%s\n' $there | sort -u) | xargs)
[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends $missing"
if [ "$(id -u)" != 0 ]; then
  printf 'setup.sh: please install what is missing, as root:\n  %s\n' "$install" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
echo "installing: $missing"
# A machine that never updated, or long ago, knows no package or only versions that are gone.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! $install >"$log" 2>&1; then
  { apt-get update && $install; } >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
fi
