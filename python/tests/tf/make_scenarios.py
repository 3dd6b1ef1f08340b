"""What TensorFlow 1.15.5 prints for scenarios/*.py, as NAME.txt beside each.

usage: PYTHON_OF_TENSORFLOW_1.15 make_scenarios.py

A line `# run: ARGUMENTS` in a scenario is a run of its own, with these arguments; without one there is a single run. What is
kept: standard output, and the exit status; lines of standard error only where the scenario has a line `# stderr`.
"""
import glob
import os
import re
import shlex
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def names():
    return sorted(os.path.basename(path)[:-3] for path in glob.glob(os.path.join(HERE, 'scenarios', '*.py')))


def path_of(name, ending):
    return os.path.join(HERE, 'scenarios', name + ending)


def output_of(name, command, environment=None):
    """What all the runs print."""
    with open(path_of(name, '.py')) as source:
        text = source.read()
    runs = re.findall(r'^# run:(.*)$', text, re.M) or ['']
    printed = []
    for arguments in runs:
        with tempfile.TemporaryDirectory() as folder:
            result = subprocess.run(command + [path_of(name, '.py')] + shlex.split(arguments), cwd=folder, env=environment,
                                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        printed.append('$%s\n%s' % (arguments, result.stdout))
        if '\n# stderr\n' in text:
            printed.append(''.join('2> %s\n' % line for line in result.stderr.splitlines() if is_kept(line)))
        printed.append('exit %d\n' % result.returncode)
        if result.returncode and '# run:' not in text:
            sys.stderr.write(result.stderr)
    return re.sub(r'/\S*/scenarios/', '', ''.join(printed))


def is_kept(line):
    """Without what only TensorFlow's own start says."""
    return not re.match(r'\S*Warning|/.*Warning: |  _?np_?|  np_resource|\d{4}-\d\d-\d\d |WARNING:tensorflow:From|Instructions for', line)


def main():
    for name in sys.argv[1:] or names():
        with open(path_of(name, '.txt'), 'w') as out:
            out.write(output_of(name, [sys.executable]))


if __name__ == '__main__':
    main()
