"""Messages of TensorFlow, made of what the core gives, and read for it. protobuf is loaded when one is first needed."""
import numpy as np

from icecore import _core
from icecore.tf import protos
from icecore.tf.framework import dtypes, tensor_shape

# Where a TensorProto keeps the values of a dtype that aren't in tensor_content.
_FIELDS = {
    'float32': 'float_val', 'float64': 'double_val', 'int32': 'int_val', 'uint8': 'int_val', 'int16': 'int_val',
    'int8': 'int_val', 'uint16': 'int_val', 'qint8': 'int_val', 'quint8': 'int_val', 'qint32': 'int_val',
    'qint16': 'int_val', 'quint16': 'int_val', 'string': 'string_val', 'complex64': 'scomplex_val', 'int64': 'int64_val',
    'bool': 'bool_val', 'complex128': 'dcomplex_val', 'float16': 'half_val', 'bfloat16': 'half_val',
    'uint32': 'uint32_val', 'uint64': 'uint64_val',
}
_IN_CONTENT = frozenset(['float32', 'float64', 'int32', 'uint8', 'int16', 'int8', 'int64', 'qint8', 'quint8', 'qint16',
                         'quint16', 'qint32', 'uint32', 'uint64'])
_BITS = {'qint8': 'i1', 'quint8': 'u1', 'qint16': '<i2', 'quint16': '<u2', 'qint32': '<i4'}


def is_message(value, name):
    """Whether it is a message of that name, of whichever pool."""
    return getattr(getattr(value, 'DESCRIPTOR', None), 'name', None) == name


def node_def(encoded):
    return protos.NodeDef.FromString(encoded)


def graph_def(builder, add_shapes=False):
    return protos.GraphDef.FromString(builder.graph_def(add_shapes))


def versions(builder):
    return protos.VersionDef(producer=builder.producer)


def op_def(op_type):
    """The OpDef of a built-in op; a bare one where it isn't built in."""
    made = protos.OpDef(name=op_type)
    signature = _core.op_signature(op_type)
    if signature is None:
        return made
    for args, row in ((made.input_arg, signature['inputs']), (made.output_arg, signature['outputs'])):
        for arg in row:
            args.add(name=arg['name'], type=arg.get('type', 0), type_attr=arg.get('type_attr', ''),
                     type_list_attr=arg.get('type_list_attr', ''), number_attr=arg.get('number_attr', ''),
                     is_ref=arg['is_reference'])
    for attr in signature['attrs']:
        one = made.attr.add(name=attr['name'], type=attr['kind'])
        if 'minimum' in attr:
            one.has_minimum, one.minimum = True, attr['minimum']
        if 'default' in attr:
            one.default_value.CopyFrom(attr_value(attr['kind'], attr['default']))
        if 'allowed' in attr:
            # Types are named as in the core's data.
            values = one.allowed_values.list
            for value in attr['allowed']:
                if attr['kind'] in ('type', 'list(type)'):
                    values.type.append(dtypes.as_dtype(value).as_datatype_enum)
                else:
                    values.s.append(value.strip('"').encode())
    made.is_stateful = signature['is_stateful']
    return made


def shape_proto(dims):
    return tensor_shape.TensorShape(dims).as_proto()


def attr_value(kind, value):
    """The AttrValue of what the core says of an attribute."""
    made = protos.AttrValue()
    if kind.startswith('list('):
        made.list.SetInParent()
        inner = kind[5:-1]
        items = getattr(made.list, _FIELD_OF_KIND[inner])
        items.extend([_message_of(inner, item) for item in value])
    elif kind in ('shape', 'tensor', 'func'):
        getattr(made, _FIELD_OF_KIND[kind]).CopyFrom(_message_of(kind, value))
    else:
        setattr(made, _FIELD_OF_KIND[kind], value)
    return made


_FIELD_OF_KIND = {'string': 's', 'int': 'i', 'float': 'f', 'bool': 'b', 'type': 'type', 'shape': 'shape',
                  'tensor': 'tensor', 'func': 'func'}


def _message_of(kind, value):
    if kind == 'shape':
        return shape_proto(value)
    if kind == 'tensor':
        return tensor_proto(np.asarray(value))
    if kind == 'func':
        return protos.NameAttrList(name=value)
    return value


def attr_to_python(kind, value):
    """As Operation.get_attr() gives it."""
    if kind.startswith('list('):
        return [attr_to_python(kind[5:-1], item) for item in value]
    if kind == 'type':
        return dtypes.as_dtype(value)
    return _message_of(kind, value)


def attr_from_message(message):
    """What the core takes for an AttrValue; anything else as it is."""
    if not is_message(message, 'AttrValue'):
        return message
    field = message.WhichOneof('value')
    if field == 'list':
        for descriptor, items in message.list.ListFields():
            return [_from_field(descriptor.name, item) for item in items]
        return []
    if field is None:
        raise ValueError('an attribute without a value')
    return _from_field(field, getattr(message, field))


def _from_field(field, value):
    if field == 'type':
        return dtypes.as_dtype(value)
    if field == 'shape':
        return tensor_shape.TensorShape(value).as_list() if not value.unknown_rank else None
    if field == 'tensor':
        return array_of_tensor_proto(value)
    return value


def attrs_from_messages(attrs):
    """A dictionary of AttrValues as the core takes it."""
    return {name: attr_from_message(value) for name, value in (attrs or {}).items() if value is not None}


def tensor_proto(array, dtype=None, first=None):
    """The TensorProto of an array, its values kept where TensorFlow 1.15 keeps them.

    Args:
      first: the first values where the others are all equal to the last of these: then it says only these.
    """
    if dtype is None:
        dtype = dtypes.string if array.dtype.kind in 'USO' else dtypes.as_dtype(array.dtype)
    name = dtype.base_dtype.name
    made = protos.TensorProto(dtype=dtype.base_dtype.as_datatype_enum)
    made.tensor_shape.CopyFrom(shape_proto(array.shape))
    if name in _IN_CONTENT and array.size > 1 and first is None:
        made.tensor_content = np.ascontiguousarray(array).tobytes()
        return made
    flat = array.ravel() if first is None else first
    field = getattr(made, _FIELDS[name])
    if name == 'string':
        field.extend([value if isinstance(value, bytes) else str(value).encode() for value in flat.tolist()])
    elif name in ('complex64', 'complex128'):
        field.extend([part for value in flat for part in (value.real, value.imag)])
    elif name in ('float16', 'bfloat16'):
        field.extend(flat.view(np.uint16).tolist())
    else:
        field.extend(flat.tolist())
    return made


def array_of_tensor_proto(tensor):
    """The array that a TensorProto means; a value too few are filled up with the last one."""
    dtype = dtypes.as_dtype(tensor.dtype)
    name = dtype.base_dtype.name
    shape = [dim.size for dim in tensor.tensor_shape.dim]
    size = int(np.prod(shape, dtype=np.int64))
    if name not in _FIELDS:
        raise TypeError('Unsupported tensor type: %s' % tensor.dtype)
    kind = np.dtype(_BITS[name]) if name in _BITS else np.dtype(object if name == 'string' else dtype.as_numpy_dtype)
    if tensor.tensor_content:
        return np.frombuffer(tensor.tensor_content, kind).copy().reshape(shape)
    values = getattr(tensor, _FIELDS[name])
    if name in ('float16', 'bfloat16'):
        flat = np.array(values, np.uint16).view(kind)
    elif name in ('complex64', 'complex128'):
        pairs = np.array(values).reshape(-1, 2)
        flat = (pairs[:, 0] + 1j * pairs[:, 1]).astype(kind)
    elif name == 'string':
        flat = np.empty(len(values), object)
        flat[:] = list(values)
    else:
        flat = np.array(values, kind)
    if flat.size < size:
        last = flat[-1:] if flat.size else np.array([b'' if name == 'string' else 0], kind)
        flat = np.concatenate([flat, np.repeat(last, size - flat.size)])
    return flat[:size].reshape(shape)
