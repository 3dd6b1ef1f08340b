#!/usr/bin/env python3
"""scripts/fuzz.sh counts every fuzzer that isn't good: one that fails, and one whose worker was killed."""
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FUZZERS = {'sound': 'echo "Done 5 runs in 1 second(s)"', 'fails': 'echo crashed; exit 1', 'killed': 'kill -KILL $PPID'}


def run(build, *names):
    return subprocess.run([os.path.join(ROOT, 'scripts', 'fuzz.sh'), build, '1', *names], capture_output=True, text=True, timeout=60)


def main():
    faults = []
    with tempfile.TemporaryDirectory() as build:
        os.mkdir(os.path.join(build, 'fuzzers'))
        for name, line in FUZZERS.items():
            path = os.path.join(build, 'fuzzers', name)
            with open(path, 'w') as out:
                out.write('#!/usr/bin/env bash\n' + line + '\n')
            os.chmod(path, 0o755)
        every, sound = run(build), run(build, 'sound')
    if every.returncode != 1 or '2 of 3 fuzzers failed' not in every.stderr:
        faults.append('two bad ones of three: %s' % every)
    for line in ('fuzz sound: corpus of 0, 5 new inputs: good', 'fuzz fails: corpus of 0: FAILED', 'fuzz killed: FAILED: its worker was killed'):
        if line not in every.stdout:
            faults.append('no line "%s": %s' % (line, every.stdout))
    if sound.returncode != 0:
        faults.append('a good one alone: %s' % sound)
    print('\n'.join(faults) if faults else 'fuzz.sh: good')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
