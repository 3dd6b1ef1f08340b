"""tf.train.write_graph: graphs as files."""
import os
import uuid

from icecore.tf.framework.graph import Graph


def write_graph(graph_or_graph_def, logdir, name, as_text=True):
    """Writes a graph, or a GraphDef, to LOGDIR/NAME; makes the folder where it isn't there (tf.io.write_graph).

    Args:
      as_text: as text format, else binary.

    Returns:
      The path.
    """
    graph_def = graph_or_graph_def
    if isinstance(graph_def, Graph):
        graph_def = graph_def.as_graph_def()
    os.makedirs(logdir or '.', exist_ok=True)
    path = os.path.join(logdir, name)
    if as_text:
        from icecore.tf.protos.text import text_of
        data = text_of(graph_def).encode()
    else:
        data = graph_def.SerializeToString()
    replace_file(path, data)
    return path


def replace_file(path, data):
    """Writes the bytes under another name first, so that who reads the path sees the old ones or the new ones."""
    temporary = '%s.tmp%s' % (path, uuid.uuid4().hex)
    with open(temporary, 'wb') as file:
        file.write(data)
    try:
        os.replace(temporary, path)
    except OSError:
        os.remove(temporary)
        raise
