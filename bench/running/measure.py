#!/usr/bin/env python3
"""Measures running frozen graphs: Icecore, TensorFlow's Session and OpenVINO in turn, round by round, in one run.

  measure.py ICECORE_PEER FOLDER KWS_GRAPH PYTHON [--rounds N] [--seconds S] [--only GRAPH]

FOLDER holds vgg16.pb and what make_graphs.py made there; KWS_GRAPH is a keyword spotter's frozen graph (an LSTM in a while
loop); PYTHON has TensorFlow 2.21 and OpenVINO. Each peer is one process that stays: in each round each runs the graph for about S
seconds. Prints a table in Markdown: the median over rounds of the milliseconds of one run, and seconds from the start of the
process to its first answer. A peer whose answer differs from TensorFlow's by more than 1e-4 (absolutely; all are softmaxes) is
an error."""
import argparse
import array
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = 'icecore', 'tensorflow', 'openvino'


class Peer:
    def __init__(self, command, threads):
        environment = dict(os.environ, OMP_NUM_THREADS=str(threads), OMP_WAIT_POLICY='passive')
        begin = time.perf_counter()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                        env=environment)
        if not self.process.stdout.readline():
            raise OSError('%s gave no answer' % command)
        self.first = time.perf_counter() - begin

    def ask(self, what):
        print(what, file=self.process.stdin, flush=True)
        return self.process.stdout.readline()

    def answer(self):
        with tempfile.NamedTemporaryFile() as file:
            self.ask(file.name)
            values = array.array('f')
            values.frombytes(file.read())
            return values

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def measure(options, graph, arguments, threads):
    peers = {}
    for name in PEERS:
        command = [options.icecore_peer] if name == 'icecore' else [options.python, os.path.join(HERE, 'peer.py'), name]
        try:
            peers[name] = Peer(command + [graph] + arguments + [str(threads)], threads)
        except OSError as error:
            print('measure: %s' % error, file=sys.stderr)
    expected = peers['tensorflow'].answer()
    for name, peer in peers.items():
        found = peer.answer()
        worst = max(abs(a - b) for a, b in zip(found, expected))
        if len(found) != len(expected) or worst > 1e-4:
            sys.exit('measure: %s answers otherwise on %s: %g' % (name, graph, worst))
    times = {}
    for name, peer in peers.items():
        once = max(float(peer.ask(3)) / 3, 1e-6)
        times[name] = max(1, round(options.seconds / once)), []
    for _ in range(options.rounds):
        for name, peer in peers.items():
            count, seconds = times[name]
            seconds.append(float(peer.ask(count)) / count)
    for peer in peers.values():
        peer.close()
    return {name: (peers[name].first, statistics.median(seconds)) for name, (_, seconds) in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('icecore_peer')
    parser.add_argument('folder')
    parser.add_argument('kws_graph')
    parser.add_argument('python')
    parser.add_argument('--rounds', type=int, default=7)
    parser.add_argument('--seconds', type=float, default=0.5)
    parser.add_argument('--only')
    options = parser.parse_args()
    at = lambda name: os.path.join(options.folder, name)
    graphs = [
        ('VGG16, 1 picture', at('vgg16.pb'), ['input:0', '1,224,224,3', at('picture.raw'), 'prob:0']),
        ('MobileNet 1.0, 1 picture', at('mobilenet.pb'), ['input:0', '1,224,224,3', at('picture.raw'), 'prob:0']),
        ('MLP 784-512-512-512-10, 64 rows', at('mlp.pb'), ['input:0', '64,784', at('digits.raw'), 'prob:0']),
        ('keyword LSTM, 49 steps', options.kws_graph, ['Mfcc:0', '1,49,10', at('sound.raw'), 'labels_softmax:0']),
    ]
    print('| graph | threads | Icecore | TensorFlow 2.21 Session | OpenVINO | TensorFlow / Icecore | OpenVINO / Icecore '
          '| first answer: Icecore | TensorFlow | OpenVINO |')
    print('|---|---|---|---|---|---|---|---|---|---|')
    for title, graph, arguments in graphs:
        if options.only and options.only not in graph:
            continue
        for threads in 1, 2:
            found = measure(options, graph, arguments, threads)
            ours = found['icecore'][1]
            text = lambda name, form: form(found[name]) if name in found else 'fails'
            cells = [text(name, lambda f: '%.3g ms' % (f[1] * 1e3)) for name in PEERS]
            cells += [text(name, lambda f: '%.2f' % (f[1] / ours)) for name in PEERS[1:]]
            cells += [text(name, lambda f: '%.2f s' % f[0]) for name in PEERS]
            print('| %s | %d | %s |' % (title, threads, ' | '.join(cells)), flush=True)


if __name__ == '__main__':
    main()
