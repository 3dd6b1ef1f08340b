#!/usr/bin/env python3
"""Measures the figures of docs/performance.md, Icecore and its peers in turn, round by round, in one run.

  measure.py ICECORE FOLDER [--rounds N] [--tensorflow PYTHON]

FOLDER holds what make_vgg16.py and make_many_variables.py made there; results are written beside them and removed. Files are
warm: each was read once before. Prints a table in Markdown with the median and the fastest of N rounds. --tensorflow names a
Python that has TensorFlow 2.21, whose start and freeze_graph are then measured once."""
import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def processor():
    with open('/proc/cpuinfo', encoding='utf-8') as info:
        for line in info:
            if line.startswith('model name'):
                return line.split(':', 1)[1].strip()
    return platform.machine()


def private_memory(pid):
    """Anonymous memory of a process in bytes; 0 once it is gone."""
    try:
        with open(f'/proc/{pid}/status', encoding='utf-8') as status:
            for line in status:
                if line.startswith('RssAnon:'):
                    return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def run(command, watch_memory=False):
    """Seconds of a command that must succeed, and the most private memory that was seen while it ran."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most = 0
    if watch_memory:
        waiter = threading.Thread(target=process.wait)
        waiter.start()
        while waiter.is_alive():
            most = max(most, private_memory(process.pid))
            time.sleep(0.002)
        waiter.join()
    else:
        process.wait()
    seconds = time.perf_counter() - begin
    if process.returncode:
        sys.exit(f'measure: exit {process.returncode}: {" ".join(command)}')
    return seconds, most


def remove(path):
    if os.path.exists(path):
        os.remove(path)


class Table:
    def __init__(self):
        self.times = {}

    def add(self, name, command, fresh=None):
        """One round of one row; `fresh` is removed before, so that it is written to a new name."""
        if fresh:
            remove(fresh)
        self.times.setdefault(name, []).append(run(command)[0])

    def median(self, name):
        return statistics.median(self.times[name])

    def print(self):
        print('| what | median | fastest |\n|---|---|---|')
        for name, times in self.times.items():
            print(f'| {name} | {statistics.median(times) * 1000:.1f} ms | {min(times) * 1000:.1f} ms |')


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument('icecore')
    arguments.add_argument('folder')
    arguments.add_argument('--rounds', type=int, default=9)
    arguments.add_argument('--tensorflow')
    options = arguments.parse_args()

    icecore, vgg, many = options.icecore, f'{options.folder}/vgg16.ckpt', f'{options.folder}/many.ckpt'
    data, copy, frozen = f'{vgg}.data-00000-of-00001', f'{options.folder}/copy', f'{options.folder}/frozen.pb'
    freeze = [icecore, 'freeze', f'{vgg}.meta', vgg, '--outputs', 'prob', '-o', frozen]
    rows = [
        ('`cp` of the .data file', ['cp', data, copy], copy),
        ('`icecore freeze`, every checksum verified', freeze, frozen),
        ('`icecore graph --nodes` of the frozen graph', [icecore, 'graph', '--nodes', frozen], None),
        ('`icecore list` of the checkpoint', [icecore, 'list', vgg], None),
        ('`icecore list` of 20,000 variables', [icecore, 'list', many], None),
        ('`cat` of the .data file', ['cat', data], None),
        ('`icecore verify` of the checkpoint', [icecore, 'verify', vgg], None),
    ]
    table = Table()
    try:
        for _, command, fresh in rows:  # Warm up.
            if fresh:
                remove(fresh)
            run(command)
        for _ in range(options.rounds):
            for name, command, fresh in rows:
                table.add(name, command, fresh)
        remove(frozen)
        _, memory = run(freeze, watch_memory=True)

        print(f'{processor()}, {os.cpu_count()} cores; {os.path.getsize(data) / 1e6:.0f} MB of weights; '
              f'{options.rounds} rounds.\n')
        table.print()
        print(f'\nfreeze takes {table.median(rows[1][0]) / table.median(rows[0][0]):.2f} of the time of `cp`, '
              f'with {memory / 1e6:.1f} MB of private memory')
        if options.tensorflow:
            remove(frozen)
            done = subprocess.run([options.tensorflow, f'{HERE}/tf_freeze.py', f'{vgg}.meta', vgg, 'prob', frozen],
                                  capture_output=True, text=True, check=True)
            theirs = json.loads(done.stdout.splitlines()[-1])
            print(f'TensorFlow {theirs["tensorflow"]}: freeze_graph {theirs["freeze_s"]:.1f} s after {theirs["import_s"]:.1f} s '
                  f'of import, {theirs["peak_rss_bytes"] / 1e9:.1f} GB')
    finally:
        remove(copy)
        remove(frozen)


if __name__ == '__main__':
    main()
