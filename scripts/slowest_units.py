#!/usr/bin/env python3
"""Prints the translation units that took longest to compile, from a build folder's .ninja_log.

  slowest_units.py BUILD [--warn SECONDS] [--fail SECONDS] [--count N]

A unit above --warn is named with a warning; one above --fail makes the exit status 1. Only a build without a compiler cache
says something (CCACHE_DISABLE=1), and on a machine that does other things beside it the seconds are more than the compiler's."""
import argparse
import sys


def compile_seconds(log_path):
    """Seconds of the newest compilation of each object file."""
    seconds = {}
    with open(log_path, encoding='utf-8') as log:
        if not log.readline().startswith('# ninja log v'):
            sys.exit(f'slowest_units: {log_path} is no log of ninja')
        for line in log:
            start, end, _, output = line.rstrip('\n').split('\t')[:4]
            if output.endswith('.o'):
                seconds[output] = (int(end) - int(start)) / 1000
    return seconds


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument('build')
    arguments.add_argument('--warn', type=float, default=20)
    arguments.add_argument('--fail', type=float, default=float('inf'))
    arguments.add_argument('--count', type=int, default=10)
    options = arguments.parse_args()

    seconds = compile_seconds(f'{options.build}/.ninja_log')
    slowest = sorted(seconds.items(), key=lambda unit: -unit[1])
    print(f'the {min(options.count, len(slowest))} slowest of {len(slowest)} translation units:')
    for unit, time in slowest[:options.count]:
        note = '  TOO SLOW' if time > options.fail else '  warning: slow' if time > options.warn else ''
        print(f'{time:7.1f} s  {unit}{note}')
    return 1 if any(time > options.fail for _, time in slowest) else 0


if __name__ == '__main__':
    sys.exit(main())
