#!/usr/bin/env bash
# clang-tidy, warnings as errors, on the sources of a build folder that has compile_commands.json.
#
#   scripts/tidy.sh BUILD all             every source file
#   scripts/tidy.sh BUILD changed [REF]   those that differ from REF, and of each header that does one that includes it, at most
#                                         45; REF is by default what HEAD shares with origin/main, or the last commit of six
#                                         hours before
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:?folder of the build} which=${2:?all or changed}
[ -f "$build/compile_commands.json" ] || { echo "tidy.sh: no $build/compile_commands.json; configure first" >&2; exit 2; }

# Without what a cold build precompiles: g++'s form of it isn't clang's, and a file has to include what it uses.
mkdir -p "$build/tidy"
sed -E 's/ -Winvalid-pch//; s/ -include [^ "]*cmake_pch\.hxx//' "$build/compile_commands.json" >"$build/tidy/compile_commands.json"
build=$build/tidy
most=45

sources() { # All that the build compiles, relative to the root.
  /usr/bin/env python3 - "$build/compile_commands.json" <<'PY'
import json, os, sys
root = os.getcwd() + '/'
files = {os.path.realpath(os.path.join(c['directory'], c['file'])) for c in json.load(open(sys.argv[1]))}
print('\n'.join(sorted(f[len(root):] for f in files if f.startswith(root) and not f.startswith(root + 'build/'))))
PY
}

# Floors of the house that are young and not held to it yet.
young="^((src|tests)/(compose|graph|layers|ops|ops_doc|runtime|saver|train|twins|variables)|python/src)/"

case $which in
  all) files=$(sources) ;;
  changed)
    base=${3-}
    [ -n "$base" ] || base=$(git merge-base HEAD origin/main 2>/dev/null || true)
    if [ -z "$base" ] || [ "$base" = "$(git rev-parse HEAD)" ]; then
      base=$(git rev-list -1 --before="$(($(git log -1 --format=%ct) - 6 * 3600))" HEAD)
      [ -n "$base" ] || base=$(git hash-object -t tree /dev/null)
    fi
    changed=$(git diff --name-only --diff-filter=d "$base" -- '*.cc' '*.h')
    held=$(sources | grep -vE "$young")
    files=$(printf '%s\n' "$held" | grep -Fxf <(printf '%s\n' "$changed") || true)
    # A header is looked at in one file that includes it: its own, or one that is in the list already, or the first.
    for header in $(printf '%s\n' "$changed" | grep '\.h$' | grep -vE "$young" || true); do
      # "base/crc32c.h" from src/, <icecore/error.h> from include/
      included=${header#src/} included=${included#include/}
      including=$(printf '%s\n' "$held" | xargs grep -lE "#include [<\"]${included//./\\.}[>\"]" || true)
      own=$(printf '%s\n' "$including" | grep -Fx "${header%.h}.cc" || true)
      if [ -n "$own" ]; then
        files+=$'\n'$own
      elif ! grep -qFx "$including" <<<"$files"; then
        files+=$'\n'${including%%$'\n'*}
      fi
    done
    ;;
  *) echo "tidy.sh: '$which' is neither all nor changed" >&2; exit 2 ;;
esac
files=$(printf '%s\n' "$files" | sort -u | sed '/^$/d' | grep -vE "$young" || true)
[ -n "$files" ] || { echo "tidy: no file to look at"; exit 0; }

count=$(printf '%s\n' "$files" | wc -l) note=
if [ "$which" = changed ] && [ "$count" -gt "$most" ]; then
  files=$(printf '%s\n' "$files" | shuf --random-source=<(yes "$(git rev-parse HEAD)") -n "$most")
  note=", $most of them: the commit draws which"
fi
echo "tidy: $count files$note"
# The compilation database is g++'s; clang has other names for a few warnings.
printf '%s\n' "$files" | xargs -P "$(nproc)" -n 1 \
  clang-tidy-16 -p "$build" --quiet --warnings-as-errors='*' --extra-arg=-Wno-unknown-warning-option 2> >(grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed|^Use -header-filter' >&2)
