#!/usr/bin/env python3
"""`icecore run-script` becomes the Python that has the icecore package, with the script's own words behind it.

  ICECORE=build/release/icecore run_script_test.py"""
import os
import subprocess
import tempfile
import unittest

ICECORE = os.path.abspath(os.environ['ICECORE'])
# A Python that has the package (it says yes to `-c`), and tells what else it is asked for.
PYTHON = '#!/bin/sh\n[ "$1" = -c ] && exit %d\nprintf "%%s|" "$@"\nexit 7\n'


class RunScript(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def python(self, name, status):
        path = os.path.join(self.folder.name, name)
        with open(path, 'w') as out:
            out.write(PYTHON % status)
        os.chmod(path, 0o755)
        return path

    def run_script(self, *words, **environment):
        return subprocess.run([ICECORE, 'run-script', *words], capture_output=True, text=True, timeout=60,
                              env={**os.environ, **environment})

    def test_the_script_has_all_words_behind_it(self):
        result = self.run_script('a b.py', '--help', '--no-legacy', '-x', '', ICECORE_PYTHON=self.python('good', 0))
        self.assertEqual(result.stdout, '-m|icecore.tf|a b.py|--help|--no-legacy|-x||')
        self.assertEqual(result.returncode, 7)

    def test_no_legacy_is_passed_on(self):
        result = self.run_script('--no-legacy', 's.py', ICECORE_PYTHON=self.python('good', 0))
        self.assertEqual(result.stdout, '-m|icecore.tf|--no-legacy|s.py|')

    def test_a_python_without_the_package_is_said(self):
        path = self.python('poor', 1)
        result = self.run_script('s.py', ICECORE_PYTHON=path)
        self.assertEqual(result.returncode, 2)
        self.assertIn(path + ' has not', result.stderr)
        self.assertEqual(result.stderr.count('\n'), 1)

    def test_no_script_is_a_misuse(self):
        for words in ((), ('--no-legacy',), ('--nonsense', 's.py')):
            result = self.run_script(*words)
            self.assertEqual(result.returncode, 2, words)
            self.assertIn('run-script', result.stderr)

    def test_help_is_the_verbs(self):
        result = self.run_script('--help')
        self.assertEqual(result.returncode, 0)
        self.assertIn('ICECORE_PYTHON', result.stdout)


if __name__ == '__main__':
    unittest.main()
