"""Every dtype that TensorFlow saves: matrix, scalar and empty tensor of each; and names that aren't in order, since .data is
in the order of SaveV2's inputs while .index is sorted."""
import os

import expectation
import saving
import values


def make(folder):
    made = {}
    for dtype in values.ALL:
        made[dtype + '/matrix'] = values.matrix(dtype)
        made[dtype + '/scalar'] = values.scalar(dtype)
        made[dtype + '/empty'] = values.empty(dtype)
    made['string/long'] = values.Value('string', [bytes(range(256)) * 80, b'', b'x' * 127, b'y' * 128, b'z' * 16384])
    save(folder, 'dtypes', made)
    save(folder, 'order', {name: values.Value('int32', number) for name, number in (('z', 26), ('a', 1), ('m', 13))})


def save(folder, case, made):
    prefix = os.path.join(folder, case, 'model.ckpt')
    saving.save_v2(prefix, list(made.items()))
    for name, value in made.items():
        saving.check(prefix, name, value)
    expectation.write(os.path.join(folder, case), {'prefix': 'model.ckpt', 'tensors': expectation.tensors(made),
                                                   'bundle': expectation.bundle(prefix)})
