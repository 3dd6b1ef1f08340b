"""Branches, loops and groups: what tensorflow.python.ops.control_flow_ops has, from where it lives here."""
from icecore.tf.framework import control_flow as _control_flow
from icecore.tf.ops import plain as _plain

for _name in dir(_control_flow):
    if not _name.startswith('_'):
        globals()[_name] = getattr(_control_flow, _name)

_fallback = _plain.fallback(__name__)


def __getattr__(name):
    return _fallback(name)
