"""The checkpoint that docs/formats.md takes apart byte by byte, in both formats: a scalar, strings, and a matrix in two
slices. The strings are given first, so that the order of .data isn't that of .index."""
import os

import numpy as np

import expectation
import saving
import values


def make(folder):
    made = {'words': values.Value('string', [b'hi', b'', b'xyz']), 'step': values.Value('int64', 1000),
            'w': values.Value('float32', np.array([[1.5, -2.0], [0.25, 3.0]]))}
    rows = [('words', made['words']), ('step', made['step']),
            ('w', made['w'], [(0, 1), (0, 2)]), ('w', made['w'], [(1, 1), (0, 2)])]
    v2 = os.path.join(folder, 'v2.ckpt')
    v1 = os.path.join(folder, 'v1.ckpt')
    saving.save_v2(v2, rows)
    saving.save_v1(v1, rows)
    for name, value in made.items():
        saving.check(v2, name, value)
        saving.check(v1, name, value)
    expectation.write(folder, {'prefix': 'v2.ckpt', 'path': 'v1.ckpt', 'tensors': expectation.tensors(made),
                               'bundle': expectation.bundle(v2), 'v1': expectation.v1(v1)})
