// Outputs and operations of a graph: cheap handles, equal where they mean the same.
#include <icecore/control_flow.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/vector.h>

#include <functional>

#include "annotations.h"
#include "bindings.h"
#include "convert.h"
#include "graph/attr_codec.h"
#include "graph/builder_data.h"
#include "graph/graph_data.h"

namespace icecore::python {
namespace {

std::size_t hash_of(const GraphBuilder& graph, std::size_t id) {
  return std::hash<const void*>()(&graph.data()) * 31 + id;
}

Given<"tuple[str, typing.Any]"> node_attr(const Operation& op, std::string_view name) {
  const AttrValue value = op.attr(name);
  return nb::object(nb::make_tuple(str_of(attr_kind(value)), attr_to_python(value)));
}

// Handles are made anew at each call; identity is for who keeps them.
template <typename T>
nb::object equal(const T& a, nb::handle b) {
  if (!nb::isinstance<T>(b)) return nb::borrow(Py_NotImplemented);
  return nb::bool_(a == nb::cast<const T&>(b));
}

}  // namespace

void bind_handles(nb::module_& m) {
  nb::class_<Output> output(m, "Output", nb::dynamic_attr(), nb::is_weak_referenceable(),
                            R"(A symbolic tensor: output `index` of the operation `op` of a graph.

>>> import icecore
>>> x = icecore.GraphBuilder().constant([[1.0, 2.0]], 'float32', name='x')
>>> x.name, x.shape, x.op.type
('x:0', (1, 2), 'Const'))");
  nb::class_<Operation> operation(
      m, "Operation", nb::dynamic_attr(), nb::is_weak_referenceable(),
      R"(A node of a graph: `name`, `type`, `device`, `inputs`, `outputs`, `control_inputs`, `get_attr`.

>>> import icecore
>>> op = icecore.GraphBuilder().constant(1.0, 'float64').op
>>> op, op.get_attr('dtype')
(<icecore.Operation 'Const' type=Const>, ('type', 2)))");
  output
      .def(nb::init<const Output&>(), nb::arg("other"),
           "Another handle on the same tensor (for subclasses).")
      .def_prop_ro("op", &Output::op, "The operation that computes it.")
      .def_prop_ro(
          "op_id", [](const Output& o) { return o.op().id(); }, "The `id` of that operation.")
      .def_prop_ro("index", &Output::index, "Which of the operation's outputs it is, from 0.")
      .def_prop_ro("name", &Output::name, "'OPERATION:INDEX', as run() takes it.")
      .def_prop_ro(
          "dtype", [](const Output& o) { return static_cast<int>(o.dtype()); },
          "The number of the dtype (DataType: 1 is float32); a reference has that of its value.")
      .def_prop_ro(
          "dtype_name", [](const Output& o) { return str_of(dtype_name(o.dtype())); },
          "The name of the dtype: 'float32'.")
      .def_prop_ro("is_reference", &Output::is_reference,
                   "Whether it is the reference of a variable, which assignments take.")
      .def_prop_ro(
          "shape", [](const Output& o) -> ShapeResult { return shape_to_python(o.shape()); },
          "A tuple whose unknown dimensions are None; None where the rank is unknown.")
      .def_prop_ro(
          "graph", [](const Output& o) { return o.op().graph(); }, "The graph that it is in.")
      .def(
          "consumers",
          [](const Output& o) {
            std::vector<Operation> found;
            for (const Operation& op : o.op().consumers()) {
              for (const Output& input : op.inputs()) {
                if (input == o) {
                  found.push_back(op);
                  break;
                }
              }
            }
            return found;
          },
          "The operations that take its value, in the order they were made.")
      .def(
          "__eq__", [](const Output& a, nb::handle b) { return equal(a, b); },
          nb::sig("def __eq__(self, arg: object, /) -> bool"))
      .def("__hash__",
           [](const Output& o) {
             return hash_of(o.op().graph(), static_cast<std::size_t>(o.op().id()) * 8 +
                                                static_cast<std::size_t>(o.index()));
           })
      .def("__repr__", [](const Output& o) {
        return "<icecore.Output '" + o.name() + "' shape=" + to_string(o.shape()) +
               " dtype=" + to_string(o.dtype()) + ">";
      });
  operation
      .def(nb::init<const Operation&>(), nb::arg("other"),
           "Another handle on the same node (for subclasses).")
      .def_prop_ro("id", &Operation::id, "Counts from 0 in the order in which nodes are made.")
      .def_prop_ro("name", &Operation::name, "The node's name, scopes included.")
      .def_prop_ro("type", &Operation::type, "The op that it is one of: 'Conv2D'.")
      .def_prop_ro("device", &Operation::device, "'/device:CPU:0'; empty where none was asked for.")
      .def_prop_ro("num_inputs", &Operation::num_inputs,
                   "How many tensors it takes, control inputs aside.")
      .def_prop_ro("num_outputs", &Operation::num_outputs, "How many tensors it gives.")
      .def("input", &Operation::input, nb::arg("index"),
           "One of the tensors that it takes; ValueError where there is none of that number.")
      .def("output", &Operation::output, nb::arg("index") = 0,
           "One of the tensors that it gives; ValueError where there is none of that number.")
      .def_prop_ro("inputs", &Operation::inputs, "The tensors that it takes.")
      .def_prop_ro("outputs", &Operation::outputs, "The tensors that it gives.")
      .def_prop_ro("control_inputs", &Operation::control_inputs,
                   "The operations that it waits for besides, in the order they were added.")
      .def_prop_ro("consumers", &Operation::consumers,
                   "The operations that take a value of it, each once.")
      .def("has_attr", &Operation::has_attr, nb::arg("name"),
           "Whether it has an attribute of that name, its op's defaults included.")
      .def("get_attr", &node_attr, nb::arg("name"),
           R"((kind, value) of an attribute. ValueError where there is none of that name.

The kind is as in an op's signature ('type', 'list(int)'). Types are numbers, shapes tuples or None, strings bytes, tensors
arrays.

>>> import icecore
>>> op = icecore.GraphBuilder().apply_op('Sum', [[[1.0, 2.0]], [0]], {'keep_dims': True})
>>> op.get_attr('keep_dims'), op.get_attr('T')
(('bool', True), ('type', 1)))")
      .def_prop_ro("colocation_groups", &Operation::colocation_groups,
                   "The names of the operations that it is placed with; its own where none are.")
      .def_prop_ro(
          "control_flow_context", &Operation::control_flow_context,
          nb::for_getter(nb::sig("def control_flow_context(self, /) -> ControlFlowContext | None")),
          "The branch or the loop that it was made in, or None.")
      .def_prop_ro(
          "node_def",
          [](const Operation& op) {
            return bytes_of(op.graph().data().node(op.id()).encoded.read());
          },
          "The encoded NodeDef.")
      .def_prop_ro("graph", &Operation::graph, "The graph that it is in.")
      .def(
          "__eq__", [](const Operation& a, nb::handle b) { return equal(a, b); },
          nb::sig("def __eq__(self, arg: object, /) -> bool"))
      .def("__hash__",
           [](const Operation& op) {
             return hash_of(op.graph(), static_cast<std::size_t>(op.id()));
           })
      .def("__repr__", [](const Operation& op) {
        return "<icecore.Operation '" + op.name() + "' type=" + op.type() + ">";
      });
}

}  // namespace icecore::python
