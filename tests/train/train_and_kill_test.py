#!/usr/bin/env python3
"""Kills examples/train_digits ten times and starts it again each time: it ends with the variables that it ends with undisturbed.

  train_and_kill_test.py TRAIN_DIGITS ICECORE DIGITS [THREADS…]       DIGITS is tests/data/digits/digits

Nothing depends on how fast anything is: the program says on its output where it is, and is killed (SIGKILL) when it has said so;
within a save it waits (--stop-in-save) until it is killed."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

STEPS = 200
# When it is killed: at a step; right after it said that it saves; within a save, once the names of the values or the graph are
# written, the `checkpoint` file not yet; right after a save. Steps don't fall back by more than the ten of a lost save.
MOMENTS = [('step', 7), ('saving', 10), ('index', 10), ('meta', 20), ('step', 33), ('saved', 60), ('saving', 70), ('step', 95),
           ('index', 110), ('meta', 150)]
IN_SAVE = ('saving', 'index', 'meta')
PATIENCE = 300  # Seconds for a file to appear that must appear.


class Training:
    def __init__(self, program, data, folder, threads):
        self.command = [program, '--data', data, '--dir', folder, '--threads', str(threads), '--steps', str(STEPS)]
        self.folder = folder
        self.environment = dict(os.environ, OMP_WAIT_POLICY='passive')

    def to_the_end(self):
        done = subprocess.run(self.command, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-500:] + done.stderr
        assert 'saved %d\n' % STEPS in done.stdout and 'accuracy' in done.stdout
        return done.stdout

    def kill(self, kind, step):
        """Starts it, kills it at that moment, and gives all that it said."""
        stops = ['--stop-in-save', str(step)] if kind in IN_SAVE else []
        word = 'saving' if kind in IN_SAVE else kind
        with subprocess.Popen(self.command + stops, env=self.environment, stdout=subprocess.PIPE, text=True) as process:
            said = ''
            for line in process.stdout:
                said += line
                if line.split()[:2] == [word, str(step)]:
                    break
            else:
                raise AssertionError('it ended before %s %d: %s' % (word, step, said[-500:]))
            if kind in ('index', 'meta'):
                self.wait_for('model-%d.%s' % (step, kind))
            process.send_signal(signal.SIGKILL)
            said += process.stdout.read()
        assert process.returncode == -signal.SIGKILL, process.returncode
        return said

    def wait_for(self, name):
        path, begin = os.path.join(self.folder, name), time.monotonic()
        while not os.path.exists(path):
            assert time.monotonic() - begin < PATIENCE, '%s never appeared' % path
            time.sleep(0.001)


def digests(icecore, folder):
    command = [icecore, 'list', '--json', '--digest', os.path.join(folder, 'model-%d' % STEPS)]
    listed = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    variables = {one['name']: one['sha256'] for one in listed['variables']}
    assert 'conv1/kernel/Adam_1' in variables and 'global_step' in variables
    return variables


def check(program, icecore, data, threads):
    with tempfile.TemporaryDirectory() as undisturbed, tempfile.TemporaryDirectory() as folder:
        Training(program, data, undisturbed, threads).to_the_end()
        training = Training(program, data, folder, threads)
        before_the_end = in_a_save = resumed = 0
        for kind, step in MOMENTS:
            said = training.kill(kind, step)
            before_the_end += 'saved %d\n' % STEPS not in said and 'accuracy' not in said
            in_a_save += 'saving %d\n' % step in said and 'saved %d\n' % step not in said
            resumed += said.startswith('resumed at ')
        assert training.to_the_end().startswith('resumed at ')
        assert before_the_end == len(MOMENTS) == 10
        assert in_a_save >= 3 and in_a_save == sum(kind in IN_SAVE for kind, _ in MOMENTS)
        assert resumed >= 5, resumed
        assert digests(icecore, folder) == digests(icecore, undisturbed)
        print('%d threads: killed %d times, %d of them in a save; resumed %d times; the same variables' % (threads, before_the_end, in_a_save, resumed + 1))


def main():
    program, icecore, data = map(os.path.abspath, sys.argv[1:4])
    for threads in sys.argv[4:] or (1, 2):
        check(program, icecore, data, int(threads))


if __name__ == '__main__':
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main()
