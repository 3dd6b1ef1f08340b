#!/usr/bin/env python3
"""Makes the golden files of ops with the TensorFlow of the Python that runs it, or compares that TensorFlow with them.

  make_op_goldens.py FAMILY...            writes tests/data/golden/ops/FAMILY.{pb,index,data-00000-of-00001}: with 1.15.5
  make_op_goldens.py --check [FAMILY...]  says where this TensorFlow's answers differ from the files: with any other; fails where
                                          other_answers.py doesn't know of it

FAMILY names a file of op_cases/, which explains how cases are written. The graph holds for each case NAME the constants
NAME/in0 … (of an argument that is a list NAME/in0_0 …), the op NAME/op, and for cases with gradients the constants NAME/dy0 …;
the checkpoint beside it the op's outputs as NAME/op:0 …, the gradients as NAME/grad0 … (by input, counting tensors) and
NAME/tolerance where a case has one. A case that fails has its error's code as the string NAME/error; its inputs pass a
PlaceholderWithDefault of unknown shape, so that the fault isn't seen before the op runs. Static shapes are the cases
shapes/NAME/op, whose attribute _output_shapes holds the answer."""
import argparse
import importlib
import inspect
import os
import sys

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
os.environ['TF_ENABLE_ONEDNN_OPTS'] = '0'
os.environ['CUDA_VISIBLE_DEVICES'] = ''
import warnings
warnings.filterwarnings('ignore')

import numpy as np
import tensorflow
from tensorflow.core.framework import tensor_pb2
from tensorflow.python.framework import op_def_registry

tf = tensorflow.compat.v1
tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
import op_cases
import other_answers

GOLDENS = os.path.join(here, '..', 'data', 'golden', 'ops')


def new_graph():
    """A graph, of the version that the family asks for."""
    graph = tf.Graph()
    if op_cases.PRODUCER[0] is not None:
        definition = tf.GraphDef()
        definition.versions.producer = op_cases.PRODUCER[0]
        with graph.as_default():
            tf.import_graph_def(definition)
    return graph


def argument_names(op):
    ops = op_def_registry.get_registered_ops() if hasattr(op_def_registry, 'get_registered_ops') else None
    definition = ops[op] if ops else op_def_registry.get(op)
    names = [a.name for a in definition.input_arg]
    # Python calls some of them otherwise (split_dim is axis): what is neither an input nor an attribute, in order.
    known = set(names) | {a.name for a in definition.attr} | {'name'}
    parameters = list(inspect.signature(getattr(tensorflow.raw_ops, op)).parameters)
    others = iter([p for p in parameters if p not in known])
    return [n if n in parameters else next(others) for n in names]


def constant(value, name=None):
    """tf.constant(), also of quantized numbers, of which tf.constant() knows some alone."""
    value = np.asarray(value)
    if value.dtype.names is None:
        return tf.constant(value, name=name)
    dtype = tf.as_dtype(value.dtype)
    proto = tensor_pb2.TensorProto(dtype=dtype.as_datatype_enum, tensor_shape=tf.TensorShape(value.shape).as_proto(),
                                                             tensor_content=value.tobytes())
    attrs = {'value': tf.AttrValue(tensor=proto), 'dtype': tf.AttrValue(type=dtype.as_datatype_enum)}
    return tf.get_default_graph().create_op('Const', [], [dtype], attrs=attrs, name=name or 'Const').outputs[0]


def make_input(value, name, hidden):
    made = constant(value, name)
    if not hidden:
        return made
    return tf.placeholder_with_default(made, shape=None, name=name + '_hidden')


def build(case, hidden):
    """The op's inputs (lists for list arguments) and outputs."""
    inputs = []
    for i, value in enumerate(case.inputs):
        if isinstance(value, list):
            inputs.append([make_input(v, '%s/in%d_%d' % (case.name, i, k), hidden) for k, v in enumerate(value)])
        else:
            inputs.append(make_input(value, '%s/in%d' % (case.name, i), hidden))
    return inputs, call(case, inputs, case.name + '/op')


def call(case, inputs, name):
    arguments = dict(zip(argument_names(case.op), inputs))
    if case.op == 'Select':  # Python has names of its own for it.
        arguments = dict(zip(['condition', 'x', 'y'], inputs))
    arguments.update(case.attrs)
    result = getattr(tensorflow.raw_ops, case.op)(name=name, **arguments)
    if result is None or isinstance(result, tf.Operation):
        return []
    if isinstance(result, tf.Tensor):
        return [result]
    flat = []
    for part in result:
        flat += part if isinstance(part, (list, tuple)) else [part]
    return flat


def flat_inputs(inputs):
    return [t for x in inputs for t in (x if isinstance(x, list) else [x])]


def run_case(case, values):
    """Whether this TensorFlow runs the case: whether it has a kernel, and lets it be built."""
    # The op is run as it stands: Grappler computes what follows from constants before, and has ways of its own.
    config = tf.ConfigProto()
    config.graph_options.rewrite_options.disable_meta_optimizer = True
    with new_graph().as_default(), tf.Session(config=config) as sess:
        try:
            inputs, outputs = build(case, case.error is not None)
        except ValueError:
            if case.error is None:
                raise
            return False  # Another TensorFlow may see the fault before the op runs.
        try:
            results = sess.run([outputs, sess.graph.get_operation_by_name(case.name + '/op')])[0]
        except tf.errors.OpError as error:
            code = type(error).__name__.replace('Error', '')
            code = ''.join('_' + c if c.isupper() and i else c for i, c in enumerate(code)).upper()
            if case.error is None:
                if 'OpKernel' in str(error):  # Another TensorFlow need not have the op for the dtype.
                    return False
                raise
            assert code == case.error, '%s: %s' % (case.name, error)
            values[case.name + '/error'] = np.array(code.encode(), dtype=object)
            return True
        assert case.error is None, case.name + ' does not fail'
        for i, (output, value) in enumerate(zip(outputs, results)):
            # run() gives quantized numbers as plain ones.
            value = np.asarray(value).view(output.dtype.as_numpy_dtype) if output.dtype.is_quantized else value
            values['%s/op:%d' % (case.name, i)] = value
        if case.tol is not None:
            values[case.name + '/tolerance'] = np.float32(case.tol)
        if case.grad:
            xs = flat_inputs(inputs)
            wanted = [i for i, x in enumerate(xs) if x.dtype.is_floating or x.dtype.is_complex]
            ys = [y for y in outputs if y.dtype.is_floating or y.dtype.is_complex]
            dys = [tf.constant(d, name='%s/dy%d' % (case.name, i)) for i, d in enumerate(gradients_of(case, outputs, results))]
            grads = tf.gradients(ys, [xs[i] for i in wanted], dys)
            for i, grad in zip(wanted, grads):
                if grad is not None:
                    values['%s/grad%d' % (case.name, i)] = sess.run(tf.convert_to_tensor(grad))
    return True


def gradients_of(case, outputs, results):
    return [op_cases.floats(*np.shape(r), seed=7 + i).astype(y.dtype.as_numpy_dtype)
            for i, (y, r) in enumerate(zip(outputs, results)) if y.dtype.is_floating or y.dtype.is_complex]


def build_shape(case):
    inputs = []
    for i, value in enumerate(case.inputs):
        def one(v, name):
            if isinstance(v, tuple):
                return tf.placeholder(v[0], v[1], name=name)
            return constant(v, name)
        if isinstance(value, list):
            inputs.append([one(v, 'shapes/%s/in%d_%d' % (case.name, i, k)) for k, v in enumerate(value)])
        else:
            inputs.append(one(value, 'shapes/%s/in%d' % (case.name, i)))
    call(case, inputs, 'shapes/%s/op' % case.name)


def family_graph(cases, shapes, values):
    with new_graph().as_default() as graph:
        for case in cases:
            outputs = build(case, case.error is not None)[1]
            if case.grad:
                results = [values['%s/op:%d' % (case.name, i)] for i in range(len(outputs))]
                for i, dy in enumerate(gradients_of(case, outputs, results)):
                    tf.constant(dy, name='%s/dy%d' % (case.name, i))
        for case in shapes:
            build_shape(case)
        return graph.as_graph_def(add_shapes=True)


def save(prefix, values):
    names = sorted(values)
    with tf.Graph().as_default(), tf.Session() as sess:
        tensors = [constant(values[n]) for n in names]
        sess.run(tensorflow.raw_ops.SaveV2(prefix=prefix, tensor_names=names, shape_and_slices=[''] * len(names), tensors=tensors))


def load_family(family):
    op_cases.CASES.clear()
    op_cases.SHAPES.clear()
    op_cases.PRODUCER[0] = None
    importlib.import_module('op_cases.' + family)
    return list(op_cases.CASES), list(op_cases.SHAPES)


def plain(value):
    """Quantized numbers as the integers that they are."""
    value = np.asarray(value)
    return value.view(value.dtype[0]) if value.dtype.names else value


def same(mine, theirs, tolerance):
    mine, theirs = plain(mine), plain(theirs)
    if mine.shape != theirs.shape:
        return False
    if mine.dtype.kind not in 'fcV':
        return mine.tolist() == theirs.tolist()
    wide = np.complex128 if mine.dtype.kind == 'c' else np.float64
    if tolerance is None:
        tolerance = 2e-2 if mine.dtype.itemsize == 2 else 1e-5
    return np.allclose(mine.astype(wide), theirs.astype(wide), rtol=tolerance, atol=tolerance, equal_nan=True)


def check_case(case, reader):
    """What differs of the case, and whether it was run."""
    values = {}
    try:
        if not run_case(case, values):
            return [], False
    except Exception as error:
        return ['%s fails: %s' % (case.name, ' '.join(str(error).split())[:300])], True
    stored = reader.get_variable_to_shape_map()
    different = []
    for name in sorted(set(values) | {n for n in stored if n.startswith(case.name + '/')}):
        if name not in stored or name not in values:
            different.append('%s is only %s' % (name, 'computed' if name in values else 'in the file'))
        elif not same(values[name], reader.get_tensor(name), case.tol):
            different.append('%s differs: %s, in the file %s' % (name, values[name], reader.get_tensor(name)))
    return different, True


def check(family, cases):
    """How many cases differ without being known to, or are known to and don't; and how many were run."""
    reader = tf.train.NewCheckpointReader(os.path.join(GOLDENS, family))
    bad = count = 0
    for case in cases:
        different, ran = check_case(case, reader)
        known = not tf.__version__.startswith('1.') and other_answers.is_known(family, case.name)
        if different and not known:
            print('%s: %s' % (family, '\n'.join(different)))
        elif ran and known and not different:
            print('%s: %s is as in the file, other than other_answers.py says' % (family, case.name))
        bad += ran and bool(different) != known
        count += ran
    return bad, count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--check', action='store_true')
    parser.add_argument('families', nargs='*')
    options = parser.parse_args()
    families = options.families or sorted(f[:-3] for f in os.listdir(os.path.join(here, 'op_cases'))
                                          if f.endswith('.py') and f != '__init__.py')
    bad = 0
    os.makedirs(GOLDENS, exist_ok=True)
    for family in families:
        cases, shapes = load_family(family)
        if options.check:
            differing, ran = check(family, cases)
            bad += differing
            print('%s: %d of %d cases differ, %d were not run here' % (family, differing, len(cases), len(cases) - ran))
            continue
        values = {}
        for case in cases:
            assert run_case(case, values), case.name + ' does not run'
        save(os.path.join(GOLDENS, family), values)
        with open(os.path.join(GOLDENS, family + '.pb'), 'wb') as out:
            out.write(family_graph(cases, shapes, values).SerializeToString())
        print('%s: %d cases, %d shapes' % (family, len(cases), len(shapes)))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
