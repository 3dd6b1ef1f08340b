"""A graph cut down to what lies between some nodes."""
import copy

from google.protobuf import text_format

from icecore.tf import protos
from icecore.tf.framework import graph_util
from icecore.tf.platform import gfile


def _placeholder(node, dtype):
    made = type(node)(name=node.name, op='Placeholder')
    made.attr['dtype'].type = dtype
    for key in ('_output_shapes', 'shape'):
        if key in node.attr:
            made.attr[key].CopyFrom(node.attr[key])
    return made


def strip_unused(input_graph_def, input_node_names, output_node_names, placeholder_type_enum):
    """What the outputs need, with placeholders in the place of the inputs.

    Args:
      placeholder_type_enum: the number of the placeholders' dtype, or a list with one for each input.

    Raises:
      ValueError: where an input's name is a tensor's.
      KeyError: where there is no such input.
    """
    for name in input_node_names:
        if ':' in name:
            raise ValueError("Name '%s' appears to refer to a Tensor, not a Operation." % name)
    missing = set(input_node_names) - {node.name for node in input_graph_def.node}
    if missing:
        raise KeyError('The following input nodes were not found: %s' % missing)
    several = isinstance(placeholder_type_enum, list)
    replaced = protos.GraphDef()
    for node in input_graph_def.node:
        if node.name in input_node_names:
            dtype = placeholder_type_enum[input_node_names.index(node.name)] if several else placeholder_type_enum
            replaced.node.extend([_placeholder(node, dtype)])
        else:
            replaced.node.extend([copy.deepcopy(node)])
    return graph_util.extract_sub_graph(replaced, output_node_names)


def strip_unused_from_files(input_graph, input_binary, output_graph, output_binary, input_node_names,
                            output_node_names, placeholder_type_enum):
    """The same from file to file; names are separated by commas. Says what is wrong and gives -1 where it can't."""
    if not gfile.Exists(input_graph):
        print("Input graph file '" + input_graph + "' does not exist!")
        return -1
    if not output_node_names:
        print('You need to supply the name of a node to --output_node_names.')
        return -1
    graph_def = protos.GraphDef()
    with gfile.GFile(input_graph, 'rb' if input_binary else 'r') as file:
        if input_binary:
            graph_def.ParseFromString(file.read())
        else:
            text_format.Merge(file.read(), graph_def)
    stripped = strip_unused(graph_def, input_node_names.split(','), output_node_names.split(','),
                            placeholder_type_enum)
    with gfile.GFile(output_graph, 'wb' if output_binary else 'w') as file:
        file.write(stripped.SerializeToString() if output_binary else text_format.MessageToString(stripped))
    print('%d ops in the final graph.' % len(stripped.node))
    return None
