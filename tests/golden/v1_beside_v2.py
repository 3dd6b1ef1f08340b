"""A V1 and a V2 checkpoint under one prefix: TensorFlow reads the V2."""
import os

import expectation
import saving
import values


def make(folder):
    path = os.path.join(folder, 'beside_v2', 'model.ckpt')
    old, new = values.Value('float32', [1, 2]), values.Value('float32', [3, 4])
    saving.save_v1(path, [('v', old), ('only_v1', old)])
    saving.save_v2(path, [('v', new)])
    saving.check(path, 'v', new)
    expectation.write(os.path.dirname(path), {'prefix': 'model.ckpt', 'format': 'v2', 'tensors': expectation.tensors({'v': new}),
                                              'v1': expectation.v1(path), 'bundle': expectation.bundle(path)})
