#!/usr/bin/env python3
"""Runs a program in a folder of its own and compares what it prints with what a script of TensorFlow's printed.

  same_output.py [--without REGEX]… EXPECTED PROGRAM [ARGUMENT…]

Lines of either side that a REGEX matches from their start are left out: what is printed in another form, or not at all."""
import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile


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
    sys.stdout.writelines(line + '\n' for line in difflib.unified_diff(expected, got, 'TensorFlow', 'Icecore', lineterm='', n=1))
    sys.stderr.write(done.stderr)
    same = got == expected and done.returncode == 0
    print('%d lines, %s' % (len(got), 'the same' if same else 'not the same'))
    return 0 if same else 1


if __name__ == '__main__':
    sys.exit(main())
