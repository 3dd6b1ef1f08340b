#!/usr/bin/env python3
"""Runs TensorFlow 1 scripts on Icecore and compares the graphs that they made with those of TensorFlow 1.15.5, node for node.

  script_graphs.py FOLDER [NAME…] -- COMMAND…       script_graphs.py tests/scripts 01_ 17_ -- build/venv/bin/python -m icecore.tf

FOLDER holds scripts, driver.py, graphs.py and expected/ (tests/scripts/README.md); NAMEs choose the scripts that begin so. Prints the first
difference of each graph, and last how many of the kept graphs are equal; exit 0 when all are."""
import glob
import os
import re
import shlex
import subprocess
import sys
import tempfile


def runs_of(script):
    """The arguments of each run, as the script's header says."""
    with open(script, encoding='utf-8') as file:
        for line in file:
            found = re.match(r'#\s*runs:\s*(.*)', line)
            if found:
                return [[] if run.strip() == '-' else shlex.split(run) for run in found.group(1).split('|')]
            if not line.startswith('#'):
                break
    return [[]]


def compare(folder, script, command):
    """How many graphs are kept of a script, how many of them Icecore makes too, and what is said of the others."""
    expected = os.path.join(folder, 'expected', os.path.basename(script)[:-3], 'graphs')
    kept = len(glob.glob(os.path.join(expected, '*.pb')))
    with tempfile.TemporaryDirectory() as place:
        made = os.path.join(place, 'graphs')
        work = os.path.join(place, 'work')
        os.mkdir(work)
        for arguments in runs_of(script):
            subprocess.run(command + [os.path.join(folder, 'driver.py'), script, made] + arguments, cwd=work,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        compared = subprocess.run(command + [os.path.join(folder, 'graphs.py'), expected, made], cwd=work, capture_output=True,
                                  text=True, check=False)
    last = re.search(r'graphs: (\d+) of (\d+)', compared.stdout)
    said = compared.stdout.strip() or compared.stderr.strip().splitlines()[-1:]
    return kept, int(last.group(1)) if last else 0, said


def main(arguments):
    if '--' not in arguments or arguments.index('--') < 1:
        sys.exit(__doc__)
    divide = arguments.index('--')
    folder, names, command = os.path.abspath(arguments[0]), tuple(arguments[1:divide]), arguments[divide + 1:]
    command[0] = os.path.abspath(command[0]) if os.sep in command[0] else command[0]
    equal = of = 0
    for script in sorted(glob.glob(os.path.join(folder, '[0-9]*.py'))):
        if names and not os.path.basename(script).startswith(names):
            continue
        kept, same, said = compare(folder, script, command)
        print('%s: %d of %d%s' % (os.path.basename(script)[:-3], same, kept, '' if same == kept else '\n  %s' % said), flush=True)
        equal, of = equal + same, of + kept
    print('script graphs: %d of %d' % (equal, of))
    return 0 if of and equal == of else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
