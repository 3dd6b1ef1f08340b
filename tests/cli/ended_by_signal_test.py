#!/usr/bin/env python3
"""A signal that ends the program in the middle of writing leaves no unfinished file.

The kernel sends SIGXFSZ within the very write that exceeds the limit of a file's size, so that the moment needs no luck;
tests/io/unfinished_files_test.cc tries the other signals.

  ICECORE=build/release/icecore ended_by_signal_test.py"""
import os
import resource
import signal
import subprocess
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
MODEL = os.path.join(ROOT, 'tests', 'data', 'golden', 'freeze', 'reference', 'model.ckpt')
ICECORE = os.path.abspath(os.environ['ICECORE'])
LIMIT = 64  # Bytes of a file, fewer than the frozen graph has.


def limit_files():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))


class EndedBySignal(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.out = os.path.join(self.folder.name, 'out.pb')

    def freeze(self, *more, limited):
        words = [ICECORE, 'freeze', MODEL + '.meta', MODEL, '--outputs', 'scaled', '-o', self.out, *more]
        return subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60,
                              preexec_fn=limit_files if limited else None)

    def test_nothing_is_left(self):
        self.assertEqual(self.freeze(limited=True).returncode, -signal.SIGXFSZ)
        self.assertEqual(os.listdir(self.folder.name), [])

    def test_the_old_file_stays(self):
        with open(self.out, 'w') as old:
            old.write('old')
        self.assertEqual(self.freeze('--force', limited=True).returncode, -signal.SIGXFSZ)
        self.assertEqual(os.listdir(self.folder.name), ['out.pb'])
        with open(self.out) as old:
            self.assertEqual(old.read(), 'old')

    def test_without_the_limit_it_is_written(self):
        done = self.freeze(limited=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(os.path.getsize(self.out), LIMIT)


if __name__ == '__main__':
    unittest.main()
