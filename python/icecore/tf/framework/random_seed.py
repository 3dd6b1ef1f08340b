"""Seeds of random ops."""
from icecore.tf.framework import defaults


def get_seed(op_seed):
    """The two seeds of an op made now: (None, None) where neither the graph nor the op has one."""
    graph = defaults.get_default_graph()
    if op_seed is None and graph.seed is None:
        return None, None
    return tuple(graph._builder.op_seeds(None if op_seed is None else int(op_seed)))


def set_random_seed(seed):
    """Sets the default graph's seed (tf.set_random_seed)."""
    defaults.get_default_graph().seed = seed
