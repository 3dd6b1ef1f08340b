"""Every dtype that the V1 format holds: matrix, scalar and empty tensor of each, integers with their negative extremes; and
one file with names that weren't given in order."""
import os

import expectation
import saving
import values

DTYPES = ['float16', 'float32', 'float64', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'bool', 'complex64', 'complex128',
          'qint8', 'quint8', 'qint32', 'string']


def make(folder):
    made = {}
    for dtype in DTYPES:
        made[dtype + '/matrix'] = values.matrix(dtype)
        made[dtype + '/scalar'] = values.scalar(dtype)
        made[dtype + '/empty'] = values.empty(dtype)
    save(folder, 'dtypes', made)
    save(folder, 'order', {name: values.Value('int32', number) for name, number in (('z', -26), ('a', -1), ('m', 13))})


def save(folder, case, made):
    path = os.path.join(folder, case, 'model.ckpt')
    saving.save_v1(path, list(made.items()))
    for name, value in made.items():
        saving.check(path, name, value)
    expectation.write(os.path.join(folder, case), {'path': 'model.ckpt', 'tensors': expectation.tensors(made), 'v1': expectation.v1(path)})
