#!/usr/bin/env python3
"""Writes docs/ops.md: every op that a Session runs, with its dtypes, its gradient, its golden cases and how many real models have it.

  ops_doc.py PROGRAM           PROGRAM is build/release/tests/ops_table
  ops_doc.py --check PROGRAM   fails where docs/ops.md says something else

How many models have an op is counted in docs/ops_in_models.csv: 120 graphs that real training runs wrote."""
import collections
import csv
import os
import re
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
DOC = os.path.join(ROOT, 'docs', 'ops.md')
CASE = re.compile(r"""^\s*(?:case|shape)\(\s*(?:f?['"][^'"]*['"](?:\s*[%+]\s*[^,]+)?|\w+[^,]*),\s*['"](\w+)['"]""", re.MULTILINE)

HEAD = '''# Ops

What a Session runs. Made by `scripts/ops_doc.py build/release/tests/ops_table` from the tables in src/ops; a test compares.

Inspecting, pruning and freezing need no kernel: they take any op. A run that needs an op that isn't here is refused before anything
runs, with all such ops in one message.

- **dtypes**: those of the kernel, for the attribute that its table names (mostly `T`); *any*: all that the op's signature allows.
- **gradient**: *yes*; *none*: no gradient flows through it, as in TensorFlow; *missing*: `gradients()` refuses it.
- **golden cases**: how many calls of it in tests/golden/op_cases are compared with TensorFlow's answers (a call in a loop counts once).
- **models**: of 120 graphs of real models, how many have it (docs/ops_in_models.csv).

%s

| op | dtypes | gradient | golden cases | models |
|---|---|---|---|---|
%s
'''


def golden_cases():
    counts = collections.Counter()
    folder = os.path.join(ROOT, 'tests', 'golden', 'op_cases')
    for name in os.listdir(folder):
        if name.endswith('.py') and name != '__init__.py':
            with open(os.path.join(folder, name), encoding='utf-8') as text:
                counts.update(CASE.findall(text.read()))
    return counts


def document(program):
    with open(os.path.join(ROOT, 'docs', 'ops_in_models.csv'), encoding='utf-8') as text:
        models = {row['op']: int(row['models']) for row in csv.DictReader(text)}
    cases = golden_cases()
    lines = []
    implemented = set()
    for line in subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines():
        op, runs, types, gradient = line.split('\t')
        if runs == 'yes':
            implemented.add(op)
            lines.append('| %s | %s | %s | %s | %s |' % (op, types, gradient, cases.get(op, '') or '', models.get(op, '') or ''))
    lacking = sorted((op for op in models if op not in implemented), key=lambda op: (-models[op], op))
    sentence = '%d ops. Of the %d ops that the real graphs have, %d are here; the most frequent of the others: %s.' % (
        len(implemented), len(models), len(models) - len(lacking), ', '.join('%s (%d)' % (op, models[op]) for op in lacking[:12]))
    return HEAD % (sentence, '\n'.join(lines))


def main():
    check = sys.argv[1:2] == ['--check']
    if len(sys.argv) != 2 + check:
        sys.exit(__doc__)
    text = document(sys.argv[-1])
    if check:
        with open(DOC, encoding='utf-8') as old:
            if old.read() != text:
                sys.exit('docs/ops.md is out of date: scripts/ops_doc.py %s' % sys.argv[-1])
        return
    with open(DOC, 'w', encoding='utf-8') as out:
        out.write(text)


if __name__ == '__main__':
    main()
