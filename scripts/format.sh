#!/usr/bin/env bash
# Lays out the C++ files by .clang-format (fix), or says which ones aren't (check).
set -euo pipefail
cd "$(dirname "$0")/.."
case ${1-} in
  fix) options=(-i) ;;
  check) options=(--dry-run -Werror) ;;
  *) echo "usage: scripts/format.sh fix|check" >&2; exit 2 ;;
esac
folders=()
for folder in include src tests fuzz bench examples; do
  [ ! -d "$folder" ] || folders+=("$folder")
done
find "${folders[@]}" -name data -prune -o \( -name '*.cc' -o -name '*.h' \) -print0 |
  xargs -0 -r -P "$(nproc)" -n 40 clang-format-16 "${options[@]}"
