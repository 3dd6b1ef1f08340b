#!/usr/bin/env python3
"""What Icecore costs from Python: importing it, and a run of next to nothing; wall-clock.

  build/venv/bin/python bench/python_costs.py [--rounds N]        (make python makes build/venv)

Each figure is the fastest and the median of N (9) rounds; imports are whole processes, less one that imports nothing."""
import argparse
import statistics
import subprocess
import sys
import time


def seconds(code):
    begin = time.perf_counter()
    subprocess.run([sys.executable, '-c', code], check=True)
    return time.perf_counter() - begin


def imports(rounds):
    cases = {'nothing': 'pass', 'icecore': 'import icecore; icecore.Checkpoint; icecore.Session',
             'numpy': 'import numpy', 'icecore.tf': 'import icecore.tf'}
    measured = {name: [] for name in cases}
    for _ in range(rounds):
        for name, code in cases.items():
            measured[name].append(seconds(code))
    base = {min: min(measured['nothing']), statistics.median: statistics.median(measured['nothing'])}
    for name in list(cases)[1:]:
        yield 'import ' + name, [1e3 * (pick(measured[name]) - base[pick]) for pick in (statistics.median, min)], 'ms'


def runs(rounds, times=2000):
    import numpy as np
    import icecore
    graph = icecore.GraphBuilder()
    x = graph.apply_op('Placeholder', [], {'dtype': 'float32', 'shape': [None]}, name='x').output()
    y = graph.apply_op('AddV2', [x, 1.0]).output()
    c = graph.constant(1.0, 'float32')
    session = icecore.Session(graph)
    array = np.ones(3, np.float32)
    fetch_only, fed = session.prepare([], [c]), session.prepare([x], [y])
    cases = {'session.run of a constant': lambda: session.run(c),
             'session.run of x + 1, x fed': lambda: session.run(y, {x: array}),
             'a prepared run of a constant': fetch_only.run,
             'a prepared run of x + 1, x fed': lambda: fed.run((array,))}
    try:
        import icecore.tf as tf
        with tf.Graph().as_default():
            tx = tf.placeholder(tf.float32, [None])
            ty, tc = tx + 1.0, tf.constant(1.0)
            tf_session = tf.Session()
            cases['tf.Session.run of a constant'] = lambda: tf_session.run(tc)
            cases['tf.Session.run of x + 1, x fed'] = lambda: tf_session.run(ty, {tx: array})
    except ImportError:
        pass
    measured = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            begin = time.perf_counter()
            for _ in range(times):
                case()
            measured[name].append(1e6 * (time.perf_counter() - begin) / times)
    for name, values in measured.items():
        yield name, [statistics.median(values), min(values)], 'µs'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--rounds', type=int, default=9)
    rounds = parser.parse_args().rounds
    print('| what | median | fastest |\n|---|---|---|')
    for part in (imports, runs):
        for name, values, unit in part(rounds):
            print('| %s | %s |' % (name, ' | '.join('%.1f %s' % (value, unit) for value in values)))


main()
