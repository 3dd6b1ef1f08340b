"""A frozen graph without what only training needs.

TensorFlow also makes one op of a ResizeBilinear or MirrorPad and the convolution behind it, which has no kernel here: they
stay two.
"""
import numpy as np

from icecore.tf import protos
from icecore.tf.framework import graph_util, tensor_util
from icecore.tf.platform import tf_logging
from icecore.tf.tools import strip_unused_lib

# How the inputs after the convolution stand, and the attribute of what is added to the variance.
_NORMALIZATIONS = {'BatchNormWithGlobalNormalization': (('mean', 'var', 'beta', 'gamma'), 'variance_epsilon'),
                   'FusedBatchNorm': (('gamma', 'beta', 'mean', 'var'), 'epsilon')}


def optimize_for_inference(input_graph_def, input_node_names, output_node_names, placeholder_type_enum,
                           toco_compatible=False):
    """What lies between the inputs and the outputs, without training nodes, normalization folded into convolutions."""
    del toco_compatible
    ensure_graph_is_valid(input_graph_def)
    graph_def = strip_unused_lib.strip_unused(input_graph_def, input_node_names, output_node_names,
                                              placeholder_type_enum)
    graph_def = fold_batch_norms(graph_util.remove_training_nodes(graph_def, output_node_names))
    ensure_graph_is_valid(graph_def)
    return graph_def


def ensure_graph_is_valid(graph_def):
    """ValueError where two nodes have one name, or an input isn't there."""
    nodes = _by_name(graph_def)
    for node in graph_def.node:
        for name in node.input:
            if node_name_from_input(name) not in nodes:
                raise ValueError('Input for ', node.name, ' not found: ', name)


def node_name_from_input(node_name):
    """'a' of '^a' and of 'a:1'."""
    name = node_name[1:] if node_name.startswith('^') else node_name
    head, colon, number = name.rpartition(':')
    return head if colon and number.isdigit() else name


def node_from_map(node_map, name):
    """The node of an input's name. ValueError where there is none."""
    stripped = node_name_from_input(name)
    if stripped not in node_map:
        raise ValueError("No node named '%s' found in map." % name)
    return node_map[stripped]


def values_from_const(node_def):
    """The array of a Const; ValueError of another op."""
    if node_def.op != 'Const':
        raise ValueError("Node named '%s' should be a Const op for values_from_const." % node_def.name)
    return tensor_util.MakeNdarray(node_def.attr['value'].tensor)


def fold_batch_norms(input_graph_def):
    """Convolutions whose filters are scaled, and a bias, in the place of those that are normalized by constants."""
    nodes = _by_name(input_graph_def)
    replaced, added = set(), []
    for node in input_graph_def.node:
        if node.op in _NORMALIZATIONS:
            found = _parts(nodes, node)
            if found is not None:
                parts, convolution, weights = found
                replaced.update([node.name, convolution.name, weights.name] + [part.name for part in parts.values()])
                added += _folded(node, parts, convolution, weights)
    result = protos.GraphDef()
    result.node.extend([node for node in input_graph_def.node if node.name not in replaced] + added)
    return result


def _by_name(graph_def):
    nodes = {}
    for node in graph_def.node:
        if node.name in nodes:
            raise ValueError('Duplicate node names detected for ', node.name)
        nodes[node.name] = node
    return nodes


def _channels(convolution, filters):
    return filters.shape[3] if convolution.op == 'Conv2D' else filters.shape[2] * filters.shape[3]


def _parts(nodes, node):
    """The constants, the convolution and its filters; None, after a word about it, where they are of another kind."""
    convolution = node_from_map(nodes, node.input[0])
    if convolution.op not in ('Conv2D', 'DepthwiseConv2dNative'):
        tf_logging.warning("Didn't find expected Conv2D or DepthwiseConv2dNative input to '%s'" % node.name)
        return None
    weights = node_from_map(nodes, convolution.input[1])
    if weights.op != 'Const':
        tf_logging.warning("The filters of '%s' are no constant: is the graph frozen?" % convolution.name)
        return None
    wanted = (_channels(convolution, values_from_const(weights)),)
    parts = {}
    for kind, name in zip(_NORMALIZATIONS[node.op][0], node.input[1:]):
        part = parts[kind] = node_from_map(nodes, name)
        if part.op != 'Const':
            tf_logging.warning("The %s of '%s' is no constant: is the graph frozen?" % (kind, node.name))
            return None
        shape = values_from_const(part).shape
        if shape != wanted:
            tf_logging.warning('Incorrect shape for %s, found %s, expected %s, for node %s' %
                               (kind, shape, wanted, node.name))
            return None
    return parts, convolution, weights


def _constant(name, array, dtype_of):
    node = type(dtype_of)(name=name, op='Const')
    node.attr['dtype'].CopyFrom(dtype_of.attr['dtype'])
    node.attr['value'].tensor.CopyFrom(tensor_util.make_tensor_proto(array))
    return node


def _folded(node, parts, convolution, weights):
    values = {kind: values_from_const(part) for kind, part in parts.items()}
    epsilon = node.attr[_NORMALIZATIONS[node.op][1]].f
    scale = 1.0 / np.sqrt((values['var'] + epsilon).astype(np.float64))
    if node.op == 'FusedBatchNorm' or node.attr['scale_after_normalization'].b:
        scale = scale * values['gamma']
    filters = values_from_const(weights)
    by_channel = scale if convolution.op == 'Conv2D' else scale.reshape(filters.shape[2:])
    scaled = _constant(weights.name, (filters * by_channel).astype(filters.dtype), weights)
    offset = -values['mean'] * scale + values['beta']
    offset = _constant(convolution.name + '_bn_offset', offset.astype(values['mean'].dtype), parts['mean'])
    same = type(node)()
    same.CopyFrom(convolution)
    bias = type(node)(name=node.name, op='BiasAdd', input=[same.name, offset.name])
    for key in ('T', 'data_format'):
        bias.attr[key].CopyFrom(convolution.attr[key])
    return [scaled, same, offset, bias]
