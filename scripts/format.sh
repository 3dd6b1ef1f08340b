#!/usr/bin/env bash
# Lays out the C++ files by .clang-format (fix), or names those that aren't (check).
set -euo pipefail
cd "$(dirname "$0")/.."
folders=()
for folder in include src python tests fuzz bench examples; do
  [ ! -d "$folder" ] || folders+=("$folder")
done
files() { find "${folders[@]}" -name data -prune -o \( -name '*.cc' -o -name '*.h' \) -print0; }

case ${1-} in
  fix) files | xargs -0 -r -P "$(nproc)" -n 40 clang-format-16 -i ;;
  check)
    # Not by --dry-run: clang-format 16 reports the closing comment of an inline namespace there that it would leave as it is.
    files | xargs -0 -r -P "$(nproc)" -n 1 bash -c \
      'clang-format-16 "$0" | cmp -s - "$0" || { echo "$0 is not laid out by .clang-format: run make format" >&2; exit 1; }'
    echo "format: $(files | tr -dc '\0' | wc -c) files looked at"
    ;;
  *) echo "usage: scripts/format.sh fix|check" >&2; exit 2 ;;
esac
