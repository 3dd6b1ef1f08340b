"""tf.train.import_meta_graph and export_meta_graph, over the core's."""
import os

from icecore import _core
from icecore.tf import protos
from icecore.tf.framework import ops


def warn(text):
    from icecore.tf.platform import tf_logging
    tf_logging.warning('%s', text)


def push_collections(graph):
    # Lists of collections that the script has changed itself.
    graph._collections_.push()


def import_meta_graph(meta_graph_or_file, clear_devices=False, import_scope=None, **kwargs):
    """Adds a meta graph's nodes to the default graph and fills its collections.

    Args:
      meta_graph_or_file: a MetaGraphDef, or the path of one.
      clear_devices: leaves devices out.
      import_scope: a name scope for what is imported.
      input_map: tensors that take the place of the file's, by their names.

    Returns:
      The Saver that it was written by; None where the graph has no variables.

    Raises:
      OSError: where there is no such file.
    """
    return _import_meta_graph_with_return_elements(meta_graph_or_file, clear_devices, import_scope, **kwargs)[0]


def _import_meta_graph_with_return_elements(meta_graph_or_file, clear_devices=False, import_scope=None,
                                            return_elements=None, input_map=None, **_):
    graph = ops.get_default_graph()
    push_collections(graph)
    before = graph._collections_.lengths() if import_scope else None
    given = {name: ops.convert_to_tensor(tensor)._output for name, tensor in (input_map or {}).items()}
    arguments = dict(clear_devices=bool(clear_devices), import_scope=import_scope, input_map=given, warn=warn)
    if getattr(getattr(meta_graph_or_file, 'DESCRIPTOR', None), 'name', None) == 'MetaGraphDef':
        made = _core.import_meta_graph_def(graph._builder, meta_graph_or_file.SerializeToString(), **arguments)
    else:
        path = os.fspath(meta_graph_or_file)
        if not os.path.exists(path):
            raise OSError('File %s does not exist.' % (path if isinstance(path, str) else path.decode()))
        made = _core.import_meta_graph(graph._builder, path, **arguments)
    graph._tracebacks.note(graph._builder.num_operations, depth=2)
    if import_scope:
        graph._collections_.read_text_since(before)
    elements = None
    if return_elements is not None:
        prefix = import_scope.rstrip('/') + '/' if import_scope else ''
        elements = [graph.as_graph_element(prefix + name) for name in return_elements]
    from icecore.tf.training.saver import Saver
    return (None if made is None else Saver._of_core(made, import_scope)), elements


def export_meta_graph(filename=None, meta_info_def=None, graph_def=None, saver_def=None, collection_list=None,
                      as_text=False, graph=None, export_scope=None, clear_devices=False, clear_extraneous_savers=False,
                      strip_default_attrs=False, save_debug_info=False, **kwargs):
    """The MetaGraphDef of a graph; written to a file where one is named.

    Args:
      filename: where to; None: nowhere.
      graph_def: a GraphDef in the place of the graph's.
      saver_def: a SaverDef that it is to hold.
      collection_list: which collections; None: all.
      as_text: as text format.
      graph: None: the default graph.
      export_scope: only what lies in that name scope.
      clear_devices: leaves devices out.
      clear_extraneous_savers: leaves out the nodes of all other Savers.
      strip_default_attrs: leaves default attributes out.
    """
    graph = graph or ops.get_default_graph()
    push_collections(graph)
    # TensorFlow then takes the nodes one by one: their control inputs stand as they were given, not sorted.
    # (Savers hand it the whole graph, which is sorted.)
    ordered = clear_devices and not export_scope and graph_def is None and not kwargs.get('_sorted')
    plain = not export_scope and graph_def is None and meta_info_def is None and not ordered
    scope = {'export_scope': export_scope} if export_scope else {}
    encoded = _core.export_meta_graph(
        graph._builder, filename=filename if plain else None, as_text=bool(as_text),
        saver_def=None if saver_def is None else saver_def.SerializeToString(), collection_list=collection_list,
        clear_devices=bool(clear_devices), clear_extraneous_savers=bool(clear_extraneous_savers),
        strip_default_attrs=bool(strip_default_attrs), warn=warn, **scope)
    message = protos.MetaGraphDef.FromString(encoded)
    if plain:
        return message
    if meta_info_def is not None:
        message.meta_info_def.MergeFrom(meta_info_def)
    if graph_def is not None:
        message.graph_def.CopyFrom(graph_def)
        if export_scope:
            _keep_scope(message.graph_def, export_scope)
        if clear_devices:
            for node in message.graph_def.node:
                node.device = ''
    if ordered:
        for node in message.graph_def.node:
            if sum(name.startswith('^') for name in node.input) > 1:
                node.input[:] = graph.get_operation_by_name(node.name).node_def.input
    if export_scope:
        _drop_text(message, export_scope, graph)
    if filename:
        from icecore.tf.framework import graph_io
        graph_io.write_graph(message, os.path.dirname(filename), os.path.basename(filename), as_text=as_text)
    return message


def _drop_text(message, scope, graph):
    """Leaves out what doesn't begin with the scope of the collections' text; bytes all go along, as with TensorFlow."""
    for key in list(message.collection_def):
        items, kept = graph.get_collection(key), message.collection_def[key].bytes_list.value
        if not any(isinstance(item, str) for item in items):
            continue
        kept[:] = [value for value, item in zip(kept, items) if not isinstance(item, str) or item.startswith(scope)]
        if not kept:
            del message.collection_def[key]


def _keep_scope(graph_def, scope):
    """Leaves in the GraphDef what lies in the scope, without its name."""
    nodes = [node for node in graph_def.node if node.name.startswith(scope)]
    del graph_def.node[:]
    for node in nodes:
        kept = graph_def.node.add()
        kept.CopyFrom(node)
        kept.name = ops.strip_name_scope(node.name, scope)
        kept.input[:] = [_input_in_scope(name, scope) for name in node.input]
        if '_class' in kept.attr:
            groups = [ops.strip_name_scope(group.decode(), scope).encode() for group in kept.attr['_class'].list.s
                      if group.decode().partition('@')[2].startswith(scope)]
            kept.attr['_class'].list.s[:] = groups


def _input_in_scope(name, scope):
    bare = name.lstrip('^')
    if bare.startswith(scope):
        return ops.strip_name_scope(name, scope)
    return name[:len(name) - len(bare)] + '$unbound_inputs_' + bare
