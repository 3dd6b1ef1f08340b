"""tensorflow.python.tools.freeze_graph: a graph and a checkpoint become one graph of constants."""
import argparse
import inspect
import os
import re
import sys

from icecore.tf import protos
from icecore.tf.client import session
from icecore.tf.framework import graph_util, importer

_V2 = 2


def _names(text):
    return text.replace(' ', '').split(',')


def _has_no_variables(sess):
    return not any(op.type.startswith('Variable') or op.type.endswith('VariableOp')
                   for op in sess.graph.get_operations())


def freeze_graph_with_def_protos(input_graph_def, input_saver_def, input_checkpoint, output_node_names, restore_op_name,
                                 filename_tensor_name, output_graph, clear_devices, initializer_nodes,
                                 variable_names_whitelist='', variable_names_blacklist='', input_meta_graph_def=None,
                                 input_saved_model_dir=None, saved_model_tags=None, checkpoint_version=_V2):
    """freeze_graph() of messages instead of files.

    Returns:
      The frozen GraphDef.

    Raises:
      ValueError: where the checkpoint isn't there, no output is named, or the graph has no variables.
      AssertionError: where an output isn't in the graph.
    """
    del restore_op_name, filename_tensor_name
    from icecore.tf.training import checkpoint_management
    if not input_saved_model_dir and not checkpoint_management.checkpoint_exists(input_checkpoint):
        raise ValueError("Input checkpoint '" + input_checkpoint + "' doesn't exist!")
    if not output_node_names:
        raise ValueError('You need to supply the name of a node to --output_node_names.')
    if clear_devices:
        graph_def = input_meta_graph_def.graph_def if input_meta_graph_def else input_graph_def
        for node in graph_def.node if graph_def else ():
            node.device = ''
    if input_graph_def:
        importer.import_graph_def(input_graph_def, name='')
    with session.Session() as sess:
        _restore(sess, input_saver_def, input_meta_graph_def, input_saved_model_dir, saved_model_tags, input_checkpoint,
                 initializer_nodes, checkpoint_version)
        graph_def = input_meta_graph_def.graph_def if input_meta_graph_def else input_graph_def
        for text in (variable_names_whitelist, variable_names_blacklist):
            _warn_of_unknown(graph_def, _names(text) if text else [])
        made = graph_util.convert_variables_to_constants(
            sess, graph_def, _names(output_node_names),
            variable_names_whitelist=_names(variable_names_whitelist) if variable_names_whitelist else None,
            variable_names_blacklist=_names(variable_names_blacklist) if variable_names_blacklist else None)
    if output_graph:
        from icecore.tf.platform import gfile
        with gfile.GFile(output_graph, 'wb') as file:
            file.write(made.SerializeToString())
    return made


def _warn_of_unknown(graph_def, names):
    """A name in a list of variables that the graph hasn't says nothing to TensorFlow; here it is told."""
    known = {node.name for node in graph_def.node if node.op in ('Variable', 'VariableV2', 'VarHandleOp')}
    for name in names:
        if name not in known:
            import difflib
            from icecore.tf.platform import tf_logging
            near = difflib.get_close_matches(name, known, 1)
            tf_logging.warning("The graph has no variable '%s'%s.", name, "; the nearest: '%s'" % near[0] if near else '')


def _restore(sess, saver_def, meta_graph_def, saved_model_dir, tags, checkpoint, initializer_nodes, version):
    """Gives the session's variables their values: by the first of the ways for which there is something."""
    from icecore.tf.training import saver as saver_lib
    if saver_def:
        saver_lib.Saver(saver_def=saver_def, write_version=version).restore(sess, checkpoint)
        return
    if meta_graph_def:
        saver_lib.import_meta_graph(meta_graph_def, clear_devices=True).restore(sess, checkpoint)
    elif saved_model_dir:
        from icecore.tf.saved_model import loader
        loader.load(sess, tags if tags is not None else [], saved_model_dir)
        return
    else:
        _saver_of_checkpoint(sess, checkpoint, version).restore(sess, checkpoint)
    if initializer_nodes:
        sess.run(_names(initializer_nodes))


def _saver_of_checkpoint(sess, checkpoint, version):
    """A Saver of the tensors that have a key of the checkpoint as name."""
    from icecore.tf.training import checkpoint_utils
    from icecore.tf.training import saver as saver_lib
    parts = [tensor.name.split(':')[0] for op in sess.graph.get_operations() for tensor in op.values()
             if re.search(r'/part_\d+/', tensor.name)]
    found, has_parts = {}, False
    for key in checkpoint_utils.load_checkpoint(checkpoint).get_variable_to_shape_map():
        try:
            found[key] = sess.graph.get_tensor_by_name(key + ':0')
        except KeyError:
            continue
        has_parts = has_parts or any(key in name for name in parts)
    try:
        return saver_lib.Saver(var_list=found, write_version=version)
    except TypeError:
        if has_parts:
            raise ValueError('Models containing partition variables cannot be converted from checkpoint files. Please '
                             'pass in a SavedModel using the flag --input_saved_model_dir.') from None
        if _has_no_variables(sess):
            raise ValueError('No variables were found in this model. It is likely the model was frozen previously. You '
                             'cannot freeze a graph twice.') from None
        raise
    except ValueError:
        if not found and _has_no_variables(sess):
            raise ValueError('No variables were found in this model. It is likely the model was frozen previously. You '
                             'cannot freeze a graph twice.') from None
        raise


def _parse(path, message, is_binary, what):
    if not os.path.exists(path):
        raise IOError("Input %s file '%s' does not exist!" % (what, path))
    if is_binary:
        with open(path, 'rb') as file:
            message.ParseFromString(file.read())
    else:
        from google.protobuf import text_format
        with open(path, encoding='utf-8') as file:
            text_format.Merge(file.read(), message)
    return message


def _freeze_graph(input_graph, input_saver, input_binary, input_checkpoint, output_node_names, restore_op_name,
                  filename_tensor_name, output_graph, clear_devices, initializer_nodes, variable_names_whitelist='',
                  variable_names_blacklist='', input_meta_graph=None, input_saved_model_dir=None,
                  saved_model_tags='serve', checkpoint_version=_V2):
    graph_def = meta_graph_def = saver_def = None
    if input_saved_model_dir:
        from icecore.tf.tools import saved_model_utils
        graph_def = saved_model_utils.get_meta_graph_def(input_saved_model_dir, saved_model_tags).graph_def
    elif input_graph:
        graph_def = _parse(input_graph, protos.GraphDef(), input_binary, 'graph')
    if input_meta_graph:
        meta_graph_def = _parse(input_meta_graph, protos.MetaGraphDef(), input_binary, 'meta graph')
        print("Loaded meta graph file '" + input_meta_graph)
    if input_saver:
        saver_def = _parse(input_saver, protos.SaverDef(), input_binary, 'saver')
    return freeze_graph_with_def_protos(
        graph_def, saver_def, input_checkpoint, output_node_names, restore_op_name, filename_tensor_name, output_graph,
        clear_devices, initializer_nodes, variable_names_whitelist, variable_names_blacklist, meta_graph_def,
        input_saved_model_dir, _names(saved_model_tags), checkpoint_version=checkpoint_version)


def freeze_graph(*args, **kwargs):
    """Writes a graph whose variables have become constants.

    The signature is TensorFlow 1.15's. With exactly eleven arguments by position the eleventh is the blacklist, as it
    was when calls of eleven arguments were written.

    Args:
      input_graph: a GraphDef file; '' where `input_meta_graph` or `input_saved_model_dir` says it.
      input_saver: a SaverDef file, or ''.
      input_binary: whether these files are binary; else text.
      input_checkpoint: the checkpoint's prefix.
      output_node_names: names of nodes, separated by commas.
      restore_op_name, filename_tensor_name: not used.
      output_graph: where the frozen graph goes; '' writes nothing.
      clear_devices: whether devices are left out.
      initializer_nodes: names of nodes to be run after restoring.
      variable_names_whitelist: the variables to convert; '' means all.
      variable_names_blacklist: the variables that stay.

    Returns:
      The frozen GraphDef.

    Raises:
      IOError: where a file isn't there.
      ValueError, AssertionError: as freeze_graph_with_def_protos().
    """
    if len(args) == 11:
        args, blacklist = args[:10], args[10]
        kwargs.setdefault('variable_names_blacklist', blacklist)
    for old, new in (('variable_names_whitelist', 'variable_names_allowlist'),
                     ('variable_names_blacklist', 'variable_names_denylist')):
        if new in kwargs:  # As TensorFlow 2.21 calls them.
            kwargs[old] = kwargs.pop(new)
    return _freeze_graph(*args, **kwargs)


freeze_graph.__signature__ = inspect.signature(_freeze_graph)


def main(unused_args, flags):
    """freeze_graph() of the command line's flags."""
    if flags.checkpoint_version not in (1, 2):
        raise ValueError("Invalid checkpoint version (must be '1' or '2'): %d" % flags.checkpoint_version)
    _freeze_graph(flags.input_graph, flags.input_saver, flags.input_binary, flags.input_checkpoint,
                  flags.output_node_names, flags.restore_op_name, flags.filename_tensor_name, flags.output_graph,
                  flags.clear_devices, flags.initializer_nodes, flags.variable_names_whitelist,
                  flags.variable_names_blacklist, flags.input_meta_graph, flags.input_saved_model_dir,
                  flags.saved_model_tags, flags.checkpoint_version)


def _parser():
    parser = argparse.ArgumentParser(description='A graph and a checkpoint become one graph of constants.')
    texts = (('input_graph', '', 'the GraphDef file'),
             ('input_saver', '', 'a SaverDef file'),
             ('input_checkpoint', '', "the checkpoint's prefix"),
             ('output_graph', '', 'where the frozen graph goes'),
             ('output_node_names', '', 'names of nodes, separated by commas'),
             ('restore_op_name', 'save/restore_all', 'not used'),
             ('filename_tensor_name', 'save/Const:0', 'not used'),
             ('initializer_nodes', '', 'names of nodes to be run after restoring'),
             ('variable_names_whitelist', '', 'the variables to convert; none: all'),
             ('variable_names_blacklist', '', 'the variables that stay'),
             ('input_meta_graph', '', 'a MetaGraphDef file'),
             ('input_saved_model_dir', '', "a SavedModel's folder"),
             ('saved_model_tags', 'serve', 'the tags of its meta graph, separated by commas'))
    for name, default, text in texts:
        parser.add_argument('--' + name, default=default, help=text)
    parser.add_argument('--checkpoint_version', type=int, default=_V2, help='1 or 2')
    for name, default, text in (('input_binary', False, 'whether the files that are read are binary'),
                                ('clear_devices', True, 'whether devices are left out')):
        parser.add_argument('--' + name, nargs='?', const=True, default=default, help=text,
                            type=lambda word: word.lower() == 'true')
    return parser


def run_main():
    """What `python -m tensorflow.python.tools.freeze_graph` does, with sys.argv."""
    from icecore.tf.platform import app
    flags, others = _parser().parse_known_args()
    app.run(main=lambda arguments: main(arguments, flags), argv=[sys.argv[0]] + others)


if __name__ == '__main__':
    run_main()
