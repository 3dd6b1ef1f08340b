"""Graphs and values as text, for scenarios."""
import sys
import zlib
import numpy as np
import tensorflow as tf
CASES = []


def case(name, function, values=False, ordered=True):
    """A graph to be listed; with `values`, what its results are in a session, too. Without `ordered` control inputs are sorted:
    where a branch has replaced an input of a node, how TensorFlow stores edges decides which it names first."""
    CASES.append((name, function, values, ordered))


def attributes(op):
    """Without shapes, which the two know to different degrees, and values."""
    return sorted((key, str(value)) for key, value in op.node_def.attr.items()
                  if key in ('axis', 'keep_dims', 'strides', 'padding', 'ksize', 'data_format', '_class', 'seed', 'seed2')
                  or value.WhichOneof('value') in ('type', 'b'))


def shown(result):
    if isinstance(result, (list, tuple)):
        return '[' + ', '.join(map(shown, result)) + ']'
    return 'sparse' if isinstance(result, tf.SparseTensor) else repr(getattr(result, 'name', result))


def listing(function, values, ordered):
    """The lines of the graph that the function makes, and, with `values`, those of its results."""
    lines, results = [], []
    with tf.Graph().as_default() as graph:
        tf.set_random_seed(1)
        try:
            result = function()
        except Exception as error:
            result = '%s: %s' % (type(error).__name__, error)
        for op in graph.get_operations():
            inputs, controls = [i.name for i in op.inputs], ['^' + c.name for c in op.control_inputs]
            inputs += controls if ordered else sorted(controls)
            lines.append('%s %s %s %s %s' % (op.name, op.type, inputs, op.device, attributes(op)))
        for key in sorted(graph.get_all_collection_keys()):
            if key not in ('cond_context', 'while_context') and graph.get_collection(key):
                lines.append('%s: %s' % (key, [getattr(value, 'name', value) for value in graph.get_collection(key)]))
        lines.append(shown(result))
        if values and not isinstance(result, str):
            with tf.Session() as session:
                session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
                results = [value_of(session, one) for one in (result if isinstance(result, (list, tuple)) else [result])]
    return lines, results


def value_of(session, result):
    try:
        return text_of(session.run(result))
    except Exception as error:
        return '%s: %s' % (type(error).__name__, str(error).split('\n')[0])


def text_of(value):
    """Four digits of the numbers; of many only the first, and the mean of how large all are."""
    if isinstance(value, (list, tuple)):
        return '(%s)' % ', '.join(map(text_of, value))
    if value is None:
        return 'None'
    value = np.asarray(value)
    if value.dtype.kind not in 'fc':
        return '%s%s %s' % (value.dtype, list(value.shape), value.ravel()[:30].tolist())
    numbers = ' '.join(('%.4g' % x if value.dtype.kind == 'f' else '%.4g%+.4gj' % (x.real, x.imag)).replace('-0 ', '0 ')
                       for x in value.ravel()[:12] + 0)
    mean = ' mean of sizes %.3g' % np.mean(np.abs(value)) if value.size > 12 else ''
    return '%s%s %s%s' % (value.dtype, list(value.shape), numbers, mean)


def main():
    """A digest of each graph, and the values asked for; with names of cases as arguments, the nodes."""
    for name, *how in CASES:
        if name in sys.argv[1:]:
            print('\n'.join(sum(listing(*how), [])))
        elif len(sys.argv) == 1:
            lines, results = listing(*how)
            print('%s: %d lines, %08x' % (name, len(lines), zlib.crc32('\n'.join(lines).encode()) & 0xffffffff))
            for line in results:
                print('  ' + line)
