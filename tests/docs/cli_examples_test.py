#!/usr/bin/env python3
"""Runs the examples of the documents and compares what they print, to the letter.

  ICECORE=build/release/icecore cli_examples_test.py [--write] [DOCUMENT…]      docs/cli.md, docs/json.md, README.md

A block fenced as ```console holds lines `$ command` and below each what it prints (both streams, in the order of a terminal).
All blocks of a document run one after the other in a copy of tests/data, with `icecore` first in PATH, so that a later
example may use what an earlier one wrote; a line of `…` stands for any lines, one at a line's end for the rest of it, and
`$ command  # exits with 1` says the exit status where it isn't 0. With --write, what a faulty example
prints is put in the place of what the document says; read the difference before you believe it."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
DOCUMENTS = ('README.md', 'docs/cli.md', 'docs/json.md')
STATUS = re.compile(r'\s+# exits with (\d+)$')


def examples(document):
    """[line number, command, exit status, lines that it prints] of each example."""
    inside, command = False, None
    for number, line in enumerate(document.splitlines(), 1):
        if line.startswith('```'):
            if inside and command:
                yield command
            inside, command = line == '```console', None
        elif inside and line.startswith('$ '):
            if command:
                yield command
            status = STATUS.search(line)
            command = [number, STATUS.sub('', line[2:]), int(status[1]) if status else 0, []]
        elif inside and command:
            command[3].append(line)


def fits(said, printed):
    """Whether the lines printed are those of the document, in which … stands for what isn't shown."""
    if not said:
        return not printed
    if said[0] == '…':
        return any(fits(said[1:], printed[i:]) for i in range(len(printed) + 1))
    if not printed:
        return False
    same = printed[0].startswith(said[0][:-1]) if said[0].endswith('…') else printed[0] == said[0]
    return same and fits(said[1:], printed[1:])


def run(path, program, write):
    with open(os.path.join(ROOT, path), encoding='utf-8') as file:
        document = file.read()
    faults, count, corrected = [], 0, document.splitlines()
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, 'data')
        shutil.copytree(os.path.join(ROOT, 'tests', 'data'), data)
        bin_folder = os.path.join(folder, 'bin')
        os.mkdir(bin_folder)
        os.symlink(program, os.path.join(bin_folder, 'icecore'))
        environment = {**os.environ, 'PATH': bin_folder + os.pathsep + os.environ['PATH'], 'LC_ALL': 'C.UTF-8'}
        for number, command, status, said in examples(document):
            count += 1
            done = subprocess.run(['bash', '-c', command], cwd=data, env=environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            printed = done.stdout.decode('utf-8', 'replace').splitlines()
            if done.returncode != status:
                faults.append('%s:%d: %s\n  exits with %d' % (path, number, command, done.returncode))
            if not fits(said, printed):
                corrected[number:number + len(said)] = [None] * len(said)
                corrected[number - 1] += ''.join('\n' + line for line in printed)
                faults.append('%s:%d: %s\n  prints\n%s' % (path, number, command, '\n'.join('    ' + line for line in printed)))
    print('%s: %d examples, %d faults' % (path, count, len(faults)))
    if count == 0:
        faults.append('%s has no examples' % path)
    if write and faults:
        with open(os.path.join(ROOT, path), 'w', encoding='utf-8') as file:
            file.write(''.join(line + '\n' for line in corrected if line is not None))
    return faults


def main(arguments):
    program = os.path.abspath(os.environ.get('ICECORE', os.path.join(ROOT, 'build', 'release', 'icecore')))
    write = '--write' in arguments
    paths = [argument for argument in arguments if argument != '--write'] or DOCUMENTS
    faults = [fault for path in paths for fault in run(path, program, write)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
