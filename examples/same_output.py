#!/usr/bin/env python3
"""Runs a program in a folder of its own and compares what it prints with what a script of TensorFlow's printed.

  same_output.py [--without REGEX]… EXPECTED PROGRAM [ARGUMENT…]

Lines of either side that a REGEX matches from their start are left out: what is printed in another form, or not at all. Numbers
with a point may differ by 1e-5 of themselves or in the sixth place: which instructions a processor has decides their last bits."""
import argparse
import difflib
import math
import os
import re
import subprocess
import sys
import tempfile

DECIMAL = re.compile(r'(-?\d+\.\d*(?:[eE][-+]?\d+)?)')


def alike(expected, got):
    """Whether two lines are the same but for the last places of numbers with a point."""
    wanted, found = DECIMAL.split(expected), DECIMAL.split(got)
    return (len(wanted) == len(found) and wanted[0::2] == found[0::2] and
            all(math.isclose(float(a), float(b), rel_tol=1e-5, abs_tol=2e-6) for a, b in zip(wanted[1::2], found[1::2])))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('expected')
    parser.add_argument('--without', action='append', default=[])
    parser.add_argument('command', nargs=argparse.REMAINDER)
    args = parser.parse_args()
    command = [os.path.abspath(args.command[0])] + args.command[1:]

    def kept(text):
        return [line for line in text.splitlines() if not any(re.match(one, line) for one in args.without)]

    with open(args.expected, encoding='utf-8') as file:
        expected = kept(file.read())
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    got = kept(done.stdout)
    if len(got) == len(expected):
        got = [wanted if alike(wanted, found) else found for wanted, found in zip(expected, got)]
    sys.stdout.writelines(line + '\n' for line in difflib.unified_diff(expected, got, 'TensorFlow', 'Icecore', lineterm='', n=1))
    sys.stderr.write(done.stderr)
    same = got == expected and done.returncode == 0
    print('%d lines, %s' % (len(got), 'the same' if same else 'not the same'))
    return 0 if same else 1


if __name__ == '__main__':
    sys.exit(main())
