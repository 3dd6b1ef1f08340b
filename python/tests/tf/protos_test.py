"""The message classes are made of the table that the C++ core is made of, and agree with TensorFlow's descriptors."""
import copy
import os
import pickle
import subprocess
import sys

import pytest

pytest.importorskip('google.protobuf')
from icecore.tf import protos  # noqa: E402
from icecore.tf.protos import message_table as table  # noqa: E402
from icecore.tf.protos import text  # noqa: E402


def test_every_message_of_the_table_is_a_class():
    made = 0
    for path, items in table.table().files.items():
        module = protos.module_of(path[len('tensorflow/'):-len('.proto')].replace('/', '.') + '_pb2')
        for item in items:
            if '.' not in item.name:
                assert hasattr(module, item.name), item.name
                made += 1
    assert made > 150


def test_a_message_is_found_by_its_name():
    assert protos.GraphDef is protos.module_of('core.framework.graph_pb2').GraphDef
    with pytest.raises(AttributeError, match='Nonsense'):
        protos.Nonsense


def test_nested_messages_and_enums_are_attributes():
    assert protos.Summary.Value(tag='x').tag == 'x' and protos.SaverDef.V2 == 2
    types = protos.module_of('core.framework.types_pb2')
    assert types.DT_FLOAT == 1 and types.DataType.Name(7) == 'DT_STRING'


def test_messages_are_copied_and_pickled():
    graph = protos.GraphDef()
    graph.node.add(name='x')
    assert copy.deepcopy(graph) == graph and pickle.loads(pickle.dumps(graph)) == graph


def test_the_pool_is_its_own():
    from google.protobuf import descriptor_pool
    protos.GraphDef()
    with pytest.raises(KeyError):
        descriptor_pool.Default().FindMessageTypeByName('tensorflow.GraphDef')


def test_more_messages_repeat_nothing():
    names = []
    for path in (table.MESSAGES[0] if os.path.exists(table.MESSAGES[0]) else table.MESSAGES[1], table.MORE_MESSAGES):
        with open(path, encoding='utf-8') as lines:
            names += [line.split()[1] for line in lines if line.lstrip('+').startswith(('message ', 'enum '))]
    assert len(names) == len(set(names))


def test_no_message_no_protobuf():
    code = 'import sys, icecore.tf.protos as p\nassert p.has_module("core.framework.graph_pb2")\nprint("google.protobuf" in sys.modules)'
    assert subprocess.run([sys.executable, '-c', code], capture_output=True, text=True).stdout == 'False\n'


def test_floats_are_printed_whole_by_every_protobuf():
    proto = protos.TensorProto(dtype=1, float_val=[0.1, 1.0, float('inf')], string_val=[b'\xff'])
    proto.tensor_shape.dim.add(size=2)
    graph = protos.GraphDef()
    graph.node.add(name='n').attr['value'].tensor.CopyFrom(proto)
    graph.node[0].attr['a'].f = 0.3
    assert 'float_val: 0.10000000149011612\nfloat_val: 1.0\nfloat_val: inf\n' in str(proto)
    assert text.text_of(graph) == text._printed(graph) == str(graph)


def test_fields_of_a_oneof_are_neighbours_as_old_protobuf_wants():
    from google.protobuf import descriptor_pb2
    made = descriptor_pb2.DescriptorProto()
    protos.SavedObject.DESCRIPTOR.CopyToProto(made)
    inside = [field.HasField('oneof_index') for field in made.field]
    first = inside.index(True)
    assert all(inside[first:first + sum(inside)]) and sum(inside) > 7
