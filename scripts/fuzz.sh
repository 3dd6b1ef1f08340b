#!/usr/bin/env bash
# Runs the fuzzers that a build folder holds: the corpus first, then SECONDS_EACH seconds of new inputs.
#
#   scripts/fuzz.sh BUILD SECONDS_EACH [NAME…]     (0 seconds: only the corpus)
#
# A crash is kept in BUILD/artifacts/NAME; mend it, and put it into fuzz/corpus/NAME. What new inputs reach is kept in
# BUILD/found/NAME, for the next run here.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:?folder of the build} seconds=${2:?seconds for each fuzzer}
shift 2

names=("$@")
if [ ${#names[@]} = 0 ]; then
  for program in "$build"/fuzzers/*; do
    [ ! -x "$program" ] || names+=("$(basename "$program")")
  done
fi
[ ${#names[@]} -gt 0 ] || { echo "fuzz.sh: no fuzzer in $build/fuzzers" >&2; exit 2; }

export ASAN_OPTIONS=allocator_may_return_null=0:detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1

one() { # Prints a line, and the end of the log where it failed.
  local name=$1 inputs=0 result=good runs
  local corpus=fuzz/corpus/$name artifacts=$build/artifacts/$name found=$build/found/$name log=$build/$name.log
  mkdir -p "$artifacts" "$found"
  # A megabyte of input is more than any of the formats needs to go wrong; 25 s on one input is a hang; 1 GB is bloat.
  local limits=(-max_len=1048576 -timeout=25 -rss_limit_mb=1024 "-artifact_prefix=$artifacts/")
  [ ! -d "$corpus" ] || inputs=$(find "$corpus" -type f | wc -l)
  if [ "$inputs" -gt 0 ]; then
    "$build/fuzzers/$name" -runs=0 "${limits[@]}" "$corpus" >"$log" 2>&1 || result="FAILED on its corpus"
  fi
  if [ "$result" = good ] && [ "$seconds" -gt 0 ]; then
    local folders=("$found")
    [ "$inputs" = 0 ] || folders+=("$corpus")
    "$build/fuzzers/$name" -max_total_time="$seconds" "${limits[@]}" "${folders[@]}" >"$log" 2>&1 ||
      result="FAILED; the input is in $artifacts"
  fi
  runs=$(sed -n 's/^Done \([0-9]*\) runs.*/, \1 new inputs/p' "$log" 2>/dev/null | tail -n 1)
  echo "fuzz $name: corpus of $inputs$runs: $result"
  [ "$result" = good ] || { tail -n 40 "$log"; return 1; }
}

# One a core. What the last line counts are those without a line that says they are good: one whose worker was killed (memory
# ran out) says nothing itself.
one_or_died() {
  (one "$1") 2>&1 || [ $? -lt 128 ] || echo "fuzz $1: FAILED: its worker was killed"
}
export -f one one_or_died
export build seconds
lines=$(printf '%s\n' "${names[@]}" | xargs -P "$(nproc)" -I {} bash -c 'one_or_died {} || true') || true
printf '%s\n' "$lines"
failed=0
for name in "${names[@]}"; do
  grep -q "^fuzz $name: .*: good$" <<<"$lines" || failed=$((failed + 1))
done
[ "$failed" = 0 ] || { echo "fuzz.sh: $failed of ${#names[@]} fuzzers failed" >&2; exit 1; }
