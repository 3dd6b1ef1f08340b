#!/usr/bin/env python3
"""What building a script's graph costs: tests/scripts/09_lenet_layers.py up to its first Session, beside TensorFlow 1.15.5.

  build/venv/bin/python bench/build_graph.py PYTHON [--rounds N] [--script FILE]

PYTHON is one that has TensorFlow 1.15.5 (Python 3.7; pip install tensorflow==1.15.5 'protobuf<3.21'). Both build the graph in turn, in
one process each, N (15) times, each time in a new tf.Graph; the first time, which loads what is loaded when it is first needed, counts
apart. Output is a table of medians (fastest)."""
import argparse
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def build(script):
    """In a peer's process: builds the graph once for each line on standard input and prints the milliseconds."""
    import contextlib
    import io
    import time
    import tensorflow as tf

    class Built(Exception):
        pass

    def stop(*_, **__):
        raise Built

    tf.Session = stop
    with open(script) as file:
        code = compile(file.read(), script, 'exec')
    for _ in sys.stdin:
        begin = time.perf_counter()
        with tf.Graph().as_default() as graph, contextlib.redirect_stdout(io.StringIO()):
            try:
                exec(code, {'__name__': '__main__'})
            except Built:
                pass
        print(1e3 * (time.perf_counter() - begin), len(graph.get_operations()), flush=True)


class Peer:
    def __init__(self, command, script):
        self.process = subprocess.Popen(command + [os.path.abspath(__file__), '--build', script], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True)

    def milliseconds(self):
        self.process.stdin.write('\n')
        self.process.stdin.flush()
        milliseconds, nodes = self.process.stdout.readline().split()
        return float(milliseconds), int(nodes)


def main():
    if sys.argv[1:2] == ['--build']:
        return build(sys.argv[2])
    parser = argparse.ArgumentParser()
    parser.add_argument('python')
    parser.add_argument('--rounds', type=int, default=15)
    parser.add_argument('--script', default=os.path.join(HERE, '../tests/scripts/09_lenet_layers.py'))
    args = parser.parse_args()
    peers = {'Icecore': Peer([sys.executable, '-m', 'icecore.tf'], args.script), 'TensorFlow 1.15.5': Peer([args.python], args.script)}
    first = {name: peer.milliseconds() for name, peer in peers.items()}
    measured = {name: [] for name in peers}
    for _ in range(args.rounds):
        for name, peer in peers.items():
            measured[name].append(peer.milliseconds()[0])
    nodes = {count for _, count in first.values()}
    if len(nodes) != 1:
        sys.exit('build_graph.py: the graphs differ: %s' % first)
    print('| %d nodes | first time | then |\n|---|---|---|' % nodes.pop())
    for name in peers:
        print('| %s | %.0f ms | %.1f ms (%.1f) |' % (name, first[name][0], statistics.median(measured[name]), min(measured[name])))
    ours, theirs = (statistics.median(measured[name]) for name in peers)
    print('| TensorFlow / Icecore | %.1f | %.1f |' % (first['TensorFlow 1.15.5'][0] / first['Icecore'][0], theirs / ours))


main()
