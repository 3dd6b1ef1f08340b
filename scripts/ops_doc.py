#!/usr/bin/env python3
"""Writes docs/ops.md: every op that a Session runs, with its dtypes, its gradient, its golden cases and how many real models have it.

  ops_doc.py PROGRAM           PROGRAM is build/release/tests/ops_table
  ops_doc.py --check PROGRAM   fails where docs/ops.md says something else

How many models have an op is counted in docs/ops_in_models.csv: 120 graphs that real training runs wrote."""
import collections
import csv
import glob
import os
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
DOC = os.path.join(ROOT, 'docs', 'ops.md')
GOLDENS = os.path.join(ROOT, 'tests', 'data', 'golden')

HEAD = '''# Ops

What a Session runs. Made by `scripts/ops_doc.py build/release/tests/ops_table` from the tables in src/ops; a test compares.

Inspecting, pruning and freezing need no kernel: they take any op. A run that needs an op that isn't here is refused before anything
runs, with all such ops in one message.

- **dtypes**: those of the kernel, for the attribute that its table names (mostly `T`); *any*: all that the op's signature allows.
- **gradient**: *yes*; *none*: no gradient flows through it, as in TensorFlow; *missing*: `gradients()` refuses it.
- **golden cases**: how many calls of it, with values or for their static shape alone, are compared with TensorFlow 1.15.5's answers
  (tests/golden/op_cases), and how many small graphs that have it: of ops that change variables (tests/golden/variable_updates.py),
  keep something else, read files or steer the flow (tests/golden/op_graphs.py). Abort, which ends the process, has none, nor have
  those that call Python, and TileGrad, for which 1.15.5 finds no kernel.
- **models**: of 120 graphs of real models, how many have it (docs/ops_in_models.csv).

%s

| op | dtypes | gradient | golden cases | models |
|---|---|---|---|---|
%s
'''


def fields(message):
    """The (number, bytes) of a message's fields that have a length; the wire format is that of docs/formats.md."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        tag = varint()
        if tag & 7 == 0:
            varint()
        else:
            size = {1: 8, 5: 4}.get(tag & 7)
            size = varint() if size is None else size
            if tag & 7 == 2:
                yield tag >> 3, message[at:at + size]
            at += size


def nodes(path):
    """The names and ops of a GraphDef's nodes."""
    with open(path, 'rb') as graph:
        for node in (dict(reversed(list(fields(value)))) for number, value in fields(graph.read()) if number == 1):
            yield node[1].decode(), node[2].decode()


def golden_cases():
    counts = collections.Counter()
    # Each case is a node NAME/op (tests/golden/make_op_goldens.py, variable_updates.py).
    for path in glob.glob(os.path.join(GOLDENS, 'ops', '*.pb')) + [os.path.join(GOLDENS, 'variable_updates.pb')]:
        counts.update(op for name, op in nodes(path) if name.endswith('/op'))
    # Each case is a graph below NAME, with steps to run (tests/golden/op_graphs.py); it counts once for each op.
    for path in glob.glob(os.path.join(GOLDENS, '*op_graphs.pb')):
        counts.update(op for _, op in {(name.split('/')[0], op) for name, op in nodes(path) if '/step' not in name})
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
