#!/usr/bin/env python3
"""Looks at the objects of the inner loops that are compiled for a level of CPUs: every symbol that the linker could take for another
object's must carry the level's name, else what was compiled for a newer CPU might be linked into what runs on an older one.

  level_symbols_test.py LEVEL OBJECT..."""
import subprocess
import sys


def main():
    level, objects = 'rows_' + sys.argv[1], sys.argv[2:]
    assert objects, __doc__
    bad = 0
    for path in objects:
        lines = subprocess.run(['nm', '--defined-only', path], check=True, capture_output=True, text=True).stdout.splitlines()
        symbols = [line.split()[-2:] for line in lines]
        assert any(level in name for _, name in symbols), path + ' has nothing of ' + level
        for kind, name in symbols:
            # A weak pointer to the function that unwinds, which unoptimised code has: data, the same whatever the level.
            if (kind, name) == ('V', 'DW.ref.__gxx_personality_v0'):
                continue
            if not kind.islower() and level not in name or kind in 'wvu' and level not in name:
                print('%s: %s %s could be taken for code of another level' % (path, kind, name))
                bad += 1
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
