#!/usr/bin/env python3
"""Proves that a frozen graph holds the very values of a checkpoint: compares the sha256 of each.

  prove_frozen.py ICECORE CHECKPOINT FROZEN.pb

Takes `icecore list --json --digest` of both. Each variable of the checkpoint that is a constant in the graph must have the same
dtype, shape and bytes there. Exit status 1 where one differs, or where there is none."""
import json
import subprocess
import sys


def listed(icecore, path):
    done = subprocess.run([icecore, 'list', '--json', '--digest', path], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f'NOT PROVED: icecore list {path}: exit {done.returncode}: {done.stderr.strip()}')
    return {v['name']: (v['dtype'], v['shape'], v['sha256']) for v in json.loads(done.stdout)['variables']}


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    icecore, checkpoint, frozen = sys.argv[1:]
    variables, constants = listed(icecore, checkpoint), listed(icecore, frozen)
    shared = sorted(variables.keys() & constants.keys())
    different = [name for name in shared if variables[name] != constants[name]]
    for name in different:
        print(f'{name}: {variables[name]} in the checkpoint, {constants[name]} in the graph')
    if different or not shared:
        print(f'NOT PROVED: {len(different)} of {len(shared)} weights differ' if shared else
              'NOT PROVED: no constant of the graph is a variable of the checkpoint')
        return 1
    unused = len(variables) - len(shared)
    print(f'proved: {len(shared)} of {len(shared)} weights equal' +
          (f' ({unused} more in the checkpoint, which the outputs do not need)' if unused else ''))
    return 0


if __name__ == '__main__':
    sys.exit(main())
