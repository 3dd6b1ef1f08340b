"""Seeds of random ops."""
from icecore.tf.framework import ops


def get_seed(op_seed):
    """(seed, seed2) of an op that is made now: of the graph's seed, the op's, and how many ops there are."""
    return ops.get_default_graph()._builder.op_seeds(None if op_seed is None else int(op_seed))
