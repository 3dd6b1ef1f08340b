"""tensorflow.python.framework.meta_graph: MetaGraphDefs read, exported and imported, with the variables that they hold."""
import os

from icecore.tf import protos
from icecore.tf.framework import ops


def read_meta_graph_file(filename):
    """The MetaGraphDef of a file, binary or text.

    Raises:
      OSError: where there is none, or it can't be parsed.
    """
    if not os.path.exists(filename):
        raise OSError('File %s does not exist.' % filename)
    with open(filename, 'rb') as file:
        content = file.read()
    try:
        return protos.MetaGraphDef.FromString(content)
    except Exception:  # Then it is text.
        pass
    from google.protobuf import text_format
    try:
        return text_format.Parse(content.decode('utf-8'), protos.MetaGraphDef())
    except text_format.ParseError as error:
        raise OSError('Cannot parse file %s: %s.' % (filename, error)) from None


def ops_used_by_graph_def(graph_def):
    """The types of the nodes, those within the functions that they call too, in no order."""
    functions = {function.signature.name: function for function in graph_def.library.function}
    used, waiting = set(), [node.op for node in graph_def.node]
    while waiting:
        op = waiting.pop()
        if op in used:
            continue
        used.add(op)
        if op in functions:
            waiting += [node.op for node in functions[op].node_def]
    return [op for op in used if op not in functions]


def _variables_in(graph, scope):
    return {ops.strip_name_scope(v.name, scope): v
            for v in graph.get_collection(ops.GraphKeys.GLOBAL_VARIABLES, scope=scope)}


def export_scoped_meta_graph(filename=None, graph_def=None, graph=None, export_scope=None, as_text=False,
                             unbound_inputs_col_name='unbound_inputs', clear_devices=False, saver_def=None,
                             clear_extraneous_savers=False, strip_default_attrs=False, save_debug_info=False, **kwargs):
    """tf.train.export_meta_graph(), and the variables that go along.

    Returns:
      The MetaGraphDef, and a dictionary of variables by their names without the scope.
    """
    from icecore.tf.training import saver
    graph = graph or ops.get_default_graph()
    message = saver.export_meta_graph(
        filename=filename, graph_def=graph_def, graph=graph, export_scope=export_scope, as_text=as_text,
        clear_devices=clear_devices, saver_def=saver_def, clear_extraneous_savers=clear_extraneous_savers,
        strip_default_attrs=strip_default_attrs, **kwargs)
    return message, _variables_in(graph, export_scope)


def import_scoped_meta_graph(meta_graph_or_file, clear_devices=False, graph=None, import_scope=None, input_map=None,
                             unbound_inputs_col_name='unbound_inputs', restore_collections_predicate=lambda key: True):
    """tf.train.import_meta_graph(), without its Saver.

    Returns:
      A dictionary of the variables that were imported, by their names without the scope.
    """
    from icecore.tf.training import saver
    graph = graph or ops.get_default_graph()
    if not hasattr(meta_graph_or_file, 'DESCRIPTOR'):
        meta_graph_or_file = read_meta_graph_file(meta_graph_or_file)
    message = protos.MetaGraphDef()
    message.CopyFrom(meta_graph_or_file)
    if not message.HasField('saver_def'):  # A new Saver would add nodes; that of a SaverDef doesn't.
        message.saver_def.SetInParent()
    for key in list(message.collection_def):
        if not restore_collections_predicate(key):
            del message.collection_def[key]
    with graph.as_default():
        scope = graph.unique_name(import_scope or '', mark_as_used=False)
        saver.import_meta_graph(message, clear_devices=clear_devices, import_scope=import_scope, input_map=input_map)
    return _variables_in(graph, scope)


def copy_scoped_meta_graph(from_scope, to_scope, from_graph=None, to_graph=None):
    """A copy of what lies in one name scope, in another one.

    Returns:
      A dictionary of its variables, by their names without the scope.

    Raises:
      ValueError: where both are the same.
    """
    from_graph = from_graph or ops.get_default_graph()
    to_graph = to_graph or ops.get_default_graph()
    if from_graph is to_graph and from_scope == to_scope:
        raise ValueError("'from_scope' and 'to_scope' need to be different when performing copy in the same graph.")
    message, _ = export_scoped_meta_graph(export_scope=from_scope, graph=from_graph)
    return import_scoped_meta_graph(message, graph=to_graph, import_scope=to_scope)
