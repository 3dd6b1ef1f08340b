"""Cases of ops: what TensorFlow's answers are asked for. One file a family; make_op_goldens.py runs them.

    from op_cases import case, shape, floats

    case('add_rows', 'Add', floats(2, 3), floats(3), grad=True)
    case('pack', 'Pack', [floats(2), floats(2)], axis=1)          # a list argument
    case('gather_beyond', 'GatherV2', floats(4), np.int32([4]), np.int32(0), error='INVALID_ARGUMENT')
    shape('add', 'Add', ('float32', [None, 3]), ('float32', [3]))  # static shapes only; None: unknown

Inputs stand in the order of the op's signature; attributes are keywords (types that inputs give are left out). Types are given
as tf.as_dtype takes them ('int64'). `grad=True` asks for the gradients with respect to all inputs of a floating type, from
random gradients of all floating outputs. `tol` replaces the tolerance (relative and absolute) of the comparison. `unordered`
isn't there on purpose: an op whose answer isn't one answer needs a test of its own."""
import zlib

import numpy as np

CASES = []
SHAPES = []
PRODUCER = [None]  # The version of the graphs of a family of old ops.


class Case:
    def __init__(self, name, op, inputs, attrs, grad, error, tol):
        self.name, self.op, self.inputs, self.attrs = name, op, inputs, attrs
        self.grad, self.error, self.tol = grad, error, tol


def case(name, op, *inputs, grad=False, error=None, tol=None, **attrs):
    assert all(c.name != name for c in CASES), 'two cases are called ' + name
    CASES.append(Case(name, op, inputs, attrs, grad, error, tol))


def shape(name, op, *inputs, **attrs):
    """Each input is (dtype, dims or None for unknown rank), or an array that is known when the graph is built."""
    SHAPES.append(Case(name, op, inputs, attrs, False, None, None))


def random(*dims):
    """A generator whose numbers follow from the shape alone, so that adding a case changes no other."""
    return np.random.RandomState(zlib.crc32(repr(dims).encode()) & 0x7fffffff)


def floats(*dims, dtype='float32', low=-2.0, high=2.0, seed=0):
    return random(seed, *dims).uniform(low, high, dims).astype(dtype)


def ints(*dims, dtype='int32', low=-5, high=6, seed=0):
    return random(seed, *dims).randint(low, high, dims).astype(dtype)
