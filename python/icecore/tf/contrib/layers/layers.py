"""Layers of tf.contrib.layers."""
from icecore.tf.framework import ops
from icecore.tf.layers import core


def flatten(inputs, outputs_collections=None, scope=None):
    """All dimensions but the first as one."""
    with ops.name_scope(scope, 'Flatten', [inputs]):
        outputs = core.flatten(ops.convert_to_tensor(inputs))
        if outputs_collections:
            ops.add_to_collections(outputs_collections, outputs)
        return outputs
