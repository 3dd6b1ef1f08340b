"""Runs a program of ours."""
import json
import subprocess


class Program:
    def __init__(self, path):
        self.path = path

    def run(self, *arguments):
        """Exit status, standard output, standard error."""
        done = subprocess.run([self.path, *map(str, arguments)], capture_output=True, timeout=120)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def __call__(self, *arguments):
        """Standard output of a call that must succeed."""
        status, out, error = self.run(*arguments)
        assert status == 0, '%s: exit %d: %s%s' % (' '.join(map(str, arguments)), status, error, out[-2000:])
        return out

    def json(self, *arguments):
        said = json.loads(self(*arguments))
        assert said['schema'] == 1
        return said
