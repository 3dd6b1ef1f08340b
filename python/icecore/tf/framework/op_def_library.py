"""apply_op: adds an op, its arguments by the names that the op's signature has."""
import collections

from icecore import _core
from icecore.tf.framework import conversion, defaults, dtypes, messages, tensor_shape
from icecore.tf.framework.name_scope import graph_of_inputs
from icecore.tf.framework.tensor import Tensor

_signatures = {}


class _Signature:
    """An op's signature, as apply_op() needs it."""

    def __init__(self, op_type, row):
        self.inputs = row['inputs']
        self.attrs = row['attrs']
        self.kinds = {attr['name']: attr for attr in self.attrs}
        self.inferred = set()
        for arg in self.inputs:
            self.inferred.update(arg[key] for key in ('type_attr', 'type_list_attr', 'number_attr') if key in arg)
        self.default_types = {attr['name']: attr['default'] for attr in self.attrs
                              if attr['kind'] == 'type' and 'default' in attr}
        self.outputs = row['outputs']
        self.lists = sum(arg['is_list'] for arg in self.outputs)
        self.is_stateful = row['is_stateful']
        self.result = collections.namedtuple(op_type, [arg['name'] for arg in self.outputs], rename=True) if (
            len(self.outputs) > 1) else None


def signature(op_type):
    """Raises RuntimeError where there is no such op."""
    found = _signatures.get(op_type)
    if found is None:
        row = _core.op_signature(op_type)
        if row is None:
            raise RuntimeError('Unrecognized Op name ' + op_type)
        found = _signatures[op_type] = _Signature(op_type, row)
    return found


def apply_op(op_type_name, name=None, **keywords):
    """Adds an op to the graph of its inputs, else to the default one.

    Arguments and attributes have the names of the op's signature (or those with '_' behind, where the name is one of
    Python's). Values become constants; attributes that follow from the inputs aren't given; None means the default.

    Returns:
      A tensor, a list of tensors, or a namedtuple of such, as the signature has outputs; the operation where there are
      none.

    Raises:
      TypeError, ValueError: where an argument is missing, unknown, or not what the signature wants.
      RuntimeError: where there is no such op.
    """
    known = signature(op_type_name)
    inputs = [_take(keywords, arg['name'], 'input') for arg in known.inputs]
    graph = graph_of_inputs(_flat(inputs))
    attrs = _attrs(op_type_name, known, keywords)
    if graph is not defaults.get_default_graph():
        with graph.as_default():
            op = _apply(graph, op_type_name, known, inputs, attrs, name)
    else:
        op = _apply(graph, op_type_name, known, inputs, attrs, name)
    return _result(known, op)


def _take(keywords, name, what):
    if name in keywords:
        return keywords.pop(name)
    if name + '_' in keywords:
        return keywords.pop(name + '_')
    raise TypeError('No argument for %s %s' % (what, name))


def _flat(values):
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from value
        else:
            yield value


def _attrs(op_type, known, keywords):
    attrs = {}
    for attr in known.attrs:
        key = attr['name']
        if key in keywords:
            value = keywords.pop(key)
        elif key + '_' in keywords:
            value = keywords.pop(key + '_')
        elif key in known.inferred or 'default' in attr:
            continue
        else:
            raise TypeError('No argument for attr ' + key)
        if key in known.inferred:
            raise TypeError("Should not specify value for inferred attr '%s'." % key)
        if value is None and 'default' in attr:
            continue
        attrs[key] = _attr(op_type, attr, value)
    if keywords:
        raise TypeError('apply_op() got unexpected keyword arguments: ' + ', '.join(sorted(keywords)))
    return attrs


def _attr(op_type, attr, value):
    key, kind = attr['name'], attr['kind']
    if not kind.startswith('list('):
        return _MAKE[kind](value, key, op_type, attr)
    if not isinstance(value, (list, tuple)) and not hasattr(value, 'tolist'):
        raise TypeError('Expected list for attr ' + key)
    minimum = attr.get('minimum')
    if minimum is not None and len(value) < minimum:
        raise ValueError("Attr '%s' of '%s' Op passed list of length %d less than minimum %d." %
                         (key, op_type, len(value), minimum))
    make = _MAKE[kind[5:-1]]
    return [make(item, key, op_type, {name: of for name, of in attr.items() if name != 'minimum'}) for item in value]


def _make_string(value, key, op_type, attr):
    if not isinstance(value, (str, bytes)):
        raise TypeError("Expected string for argument '%s' not %r." % (key, value))
    allowed = attr.get('allowed')
    if allowed is not None:
        text = value.decode() if isinstance(value, bytes) else value
        names = [one.strip('"\'') for one in allowed]
        if text not in names:
            raise ValueError('Attr \'%s\' of \'%s\' Op passed string \'%s\' not in: "%s".' %
                             (key, op_type, text, '", "'.join(names)))
    return value


def _make_int(value, key, op_type, attr):
    if isinstance(value, str):
        raise TypeError("Expected int for argument '%s' not %r." % (key, value))
    try:
        value = int(value)
    except (ValueError, TypeError):
        raise TypeError("Expected int for argument '%s' not %r." % (key, value)) from None
    minimum = attr.get('minimum')
    if minimum is not None and value < minimum:
        raise ValueError("Attr '%s' of '%s' Op passed %d less than minimum %d." % (key, op_type, value, minimum))
    return value


def _make_float(value, key, op_type, attr):
    if isinstance(value, (str, bytes)) or not hasattr(value, '__float__'):
        raise TypeError("Expected float for argument '%s' not %r." % (key, value))
    return float(value)


def _make_bool(value, key, op_type, attr):
    if not isinstance(value, bool):
        raise TypeError("Expected bool for argument '%s' not %r." % (key, value))
    return value


def _make_type(value, key, op_type, attr):
    try:
        dtype = dtypes.as_dtype(value).base_dtype
    except TypeError:
        raise TypeError("Expected DataType for argument '%s' not %r." % (key, value)) from None
    _check_allowed(dtype, key, attr)
    return dtype.as_datatype_enum


def _check_allowed(dtype, argument, attr):
    allowed = attr.get('allowed')
    # The signature says half, float and double, too.
    if allowed is not None and dtype.base_dtype not in [dtypes.as_dtype(name) for name in allowed]:
        raise TypeError("Value passed to parameter '%s' has DataType %s not in list of allowed values: %s" %
                        (argument, dtype.name, ', '.join(dtypes.as_dtype(name).name for name in allowed)))


def _make_shape(value, key, op_type, attr):
    try:
        shape = tensor_shape.as_shape(value)
    except (TypeError, ValueError) as error:
        raise type(error)('Error converting %s to a TensorShape: %s' % (key, error)) from None
    return None if shape.ndims is None else shape.as_list()


def _make_tensor(value, key, op_type, attr):
    if messages.is_message(value, 'TensorProto'):
        return messages.array_of_tensor_proto(value)
    if hasattr(value, 'dtype') and hasattr(value, 'tobytes'):
        return value
    raise TypeError("Don't know how to convert %r to a TensorProto for argument '%s'" % (value, key))


def _make_func(value, key, op_type, attr):
    if isinstance(value, (str, bytes)):
        return value
    if hasattr(value, 'name'):
        return value.name
    raise TypeError("Don't know how to convert %s to a func for argument %s" % (value, key))


_MAKE = {'string': _make_string, 'int': _make_int, 'float': _make_float, 'bool': _make_bool, 'type': _make_type,
         'shape': _make_shape, 'tensor': _make_tensor, 'func': _make_func}


def _apply(graph, op_type, known, inputs, attrs, name):
    builder = graph._builder
    attrs = graph._with_override(op_type, attrs)
    outputs = []
    for arg, value in zip(known.inputs, inputs):
        if isinstance(value, Tensor) and not arg['is_list']:
            outputs.append(value._output)
        elif arg['is_list'] and isinstance(value, (list, tuple)) and all(isinstance(v, Tensor) for v in value):
            outputs.append([v._output for v in value])
        else:
            break
    else:
        return graph._made(builder.apply_op(op_type, outputs, attrs, name))
    with builder.name_scope(name or op_type) as scope:
        converted = _converted(op_type, known, inputs)
        return graph._made(builder.apply_op(op_type, converted, attrs, scope))


def _converted(op_type, known, inputs):
    """The core's outputs of the inputs; values become constants of the types that the inputs before them ask for."""
    types, sources = {}, {}
    converted = []
    for arg, value in zip(known.inputs, inputs):
        type_attr = arg.get('type_attr')
        wanted = arg.get('type') or types.get(type_attr)
        preferred = None if wanted else known.default_types.get(type_attr)
        if arg['is_list']:
            tensors = _convert_list(op_type, arg, value, wanted, preferred, types)
            dtype = tensors[0].dtype.base_dtype if tensors and type_attr else None
            converted.append([tensor._output for tensor in tensors])
        else:
            tensor = _convert_one(op_type, arg, value, wanted, preferred, types, sources, known)
            dtype = tensor.dtype.base_dtype
            converted.append(tensor._output)
        if type_attr and type_attr not in types and dtype is not None:
            types[type_attr] = dtype.as_datatype_enum
            sources[type_attr] = arg['name']
    return converted


def _convert_one(op_type, arg, value, wanted, preferred, types, sources, known):
    name = arg['name']
    try:
        return conversion.internal_convert_to_tensor(value, wanted, name, arg['is_reference'], preferred)
    except TypeError as error:
        if wanted is None:
            raise
        raise TypeError("Expected %s passed to parameter '%s' of op '%s', got %r of type '%s' instead. Error: %s" %
                        (dtypes.as_dtype(wanted).name, name, op_type, value, type(value).__name__, error)) from None
    except ValueError:
        try:
            observed = conversion.internal_convert_to_tensor(value, as_ref=arg['is_reference']).dtype.name
        except ValueError as error:
            raise ValueError("Tried to convert '%s' to a tensor and failed. Error: %s" % (name, error)) from None
        prefix = "Input '%s' of '%s' Op has type %s that does not match" % (name, op_type, observed)
        if 'type' in arg:
            raise TypeError('%s expected type of %s.' % (prefix, dtypes.as_dtype(arg['type']).name)) from None
        key = arg.get('type_attr')
        raise TypeError("%s type %s of argument '%s'." %
                        (prefix, dtypes.as_dtype(types.get(key, known.default_types.get(key))).name,
                         sources.get(key, 'Default in OpDef'))) from None


def _convert_list(op_type, arg, values, wanted, preferred, types):
    name = arg['name']
    if not isinstance(values, (list, tuple)):
        raise TypeError("Expected list for '%s' argument to '%s' Op, not %s." % (name, op_type, values))
    one_type = 'number_attr' in arg
    if wanted is None and one_type:
        wanted = next((value.dtype.base_dtype for value in values if isinstance(value, Tensor)), None)
        if wanted is not None:
            preferred = None
    try:
        tensors = conversion.internal_convert_n_to_tensor(values, wanted, name, arg['is_reference'], preferred)
        if one_type and len({tensor.dtype.base_dtype for tensor in tensors}) > 1:
            raise TypeError('All tensors must have one type.')
        return tensors
    except (TypeError, ValueError):
        pass
    observed = []
    for value in values:
        try:
            converted = conversion.internal_convert_to_tensor(value, as_ref=arg['is_reference'])
            observed.append(converted.dtype.base_dtype.name)
        except (TypeError, ValueError):
            observed.append('<NOT CONVERTIBLE TO TENSOR>')
    prefix = "Tensors in list passed to '%s' of '%s' Op have types [%s]" % (name, op_type, ', '.join(observed))
    if not one_type:
        raise TypeError('%s that are invalid. Tensors: %s' % (prefix, values))
    if 'type' in arg:
        raise TypeError('%s that do not match expected type %s.' % (prefix, dtypes.as_dtype(arg['type']).name))
    if arg.get('type_attr') in types:
        raise TypeError('%s that do not match type %s inferred from earlier arguments.' %
                        (prefix, dtypes.as_dtype(wanted).name))
    raise TypeError("%s that don't all match." % prefix)


def _result(known, op):
    outputs = op._outputs
    if not known.outputs:
        return op
    if not known.lists:
        return outputs[0] if known.result is None else known.result(*outputs)
    parts, at = [], 0
    for arg in known.outputs:
        if not arg['is_list']:
            parts.append(outputs[at])
            at += 1
            continue
        if known.lists == 1:
            size = len(outputs) - (len(known.outputs) - 1)
        else:
            value = op.get_attr(arg.get('number_attr') or arg['type_list_attr'])
            size = value if isinstance(value, int) else len(value)
        parts.append(list(outputs[at:at + size]))
        at += size
    if known.result is not None:
        return known.result(*parts)
    return op if known.is_stateful and not parts[0] else parts[0]
