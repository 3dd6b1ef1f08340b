#!/usr/bin/env python3
"""scripts/slowest_units.py takes the newest time of each object file and fails above its limit."""
import os
import subprocess
import sys
import tempfile
import unittest

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'scripts', 'slowest_units.py')
LOG = '# ninja log v5\n0\t90000\t1\told/a.o\t1\n0\t5000\t1\told/a.o\t2\n1000\t26000\t1\tb.o\t3\n0\t70000\t1\tlibicecore.so\t4\n'


class SlowestUnits(unittest.TestCase):
    def run_on(self, *options):
        with tempfile.TemporaryDirectory() as build:
            with open(f'{build}/.ninja_log', 'w', encoding='utf-8') as log:
                log.write(LOG)
            done = subprocess.run([sys.executable, SCRIPT, build, *options], capture_output=True, text=True)
            return done.returncode, done.stdout.splitlines()

    def test_the_newest_compilation_counts_and_links_do_not(self):
        self.assertEqual(self.run_on(), (0, ['the 2 slowest of 2 translation units:', '   25.0 s  b.o  warning: slow',
                                             '    5.0 s  old/a.o']))

    def test_a_unit_above_the_limit_fails(self):
        status, lines = self.run_on('--fail', '24', '--count', '1')
        self.assertEqual((status, lines[1:]), (1, ['   25.0 s  b.o  TOO SLOW']))


if __name__ == '__main__':
    unittest.main()
