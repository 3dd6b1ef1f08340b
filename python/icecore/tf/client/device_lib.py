"""tensorflow.python.client.device_lib: the devices there are, which is the processor."""
from .. import protos


def list_local_devices(session_config=None):
    """One DeviceAttributes, of the processor."""
    attributes = protos.module_of('core.framework.device_attributes_pb2').DeviceAttributes
    return [attributes(name='/device:CPU:0', device_type='CPU', memory_limit=256 << 20)]
