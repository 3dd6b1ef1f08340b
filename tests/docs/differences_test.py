#!/usr/bin/env python3
"""Each row of docs/differences.md names a test, and the tests named are there. Prints each fault and exits with status 1
where there is one."""
import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
TEST = re.compile(r'\bTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\)')
PYTHON_TEST = re.compile(r'^def (test_\w+)\(', re.M)
# Made by add_test with a name that is put together.
MODELS = {'models_' + mode for mode in ('list', 'graph', 'freeze', 'refuse')}


def tests():
    found = set(MODELS)
    for folder, _, names in os.walk(os.path.join(ROOT, 'tests')):
        for name in names:
            if name.endswith('.cc'):
                with open(os.path.join(folder, name), encoding='utf-8') as file:
                    found.update('.'.join(test) for test in TEST.findall(file.read()))
    for folder, _, names in os.walk(os.path.join(ROOT, 'python', 'tests')):
        for name in names:
            if name.endswith('.py'):
                with open(os.path.join(folder, name), encoding='utf-8') as file:
                    found.update(PYTHON_TEST.findall(file.read()))
    return found


def main():
    there, faults = tests(), []
    with open(os.path.join(ROOT, 'docs', 'differences.md'), encoding='utf-8') as file:
        lines = list(enumerate(file, 1))
    for number, line in lines:
        cells = [cell.strip() for cell in line.split('|')]
        if len(cells) != 6 or cells[1] in ('case', '---'):
            if line.startswith('|') and cells[1] not in ('case', '---'):
                faults.append('%d: a row of %d columns' % (number, len(cells) - 2))
            continue
        named = re.findall(r'`([^`]+)`', cells[4])
        if not named:
            faults.append('%d: no test is named' % number)
        faults += ['%d: there is no test %s' % (number, name) for name in named if name not in there]
    for fault in faults:
        print('docs/differences.md:' + fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
