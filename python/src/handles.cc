// Outputs and operations of a graph: cheap handles, equal where they mean the same.
#include <icecore/control_flow.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/vector.h>

#include <functional>

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

nb::object node_attr(const Operation& op, std::string_view name) {
  const AttrValue value = op.attr(name);
  return nb::make_tuple(str_of(attr_kind(value)), attr_to_python(value));
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
  output.def(nb::init<const Output&>(), "Another handle on the same tensor (for subclasses).")
      .def_prop_ro("op", &Output::op)
      .def_prop_ro("op_id", [](const Output& o) { return o.op().id(); })
      .def_prop_ro("index", &Output::index)
      .def_prop_ro("name", &Output::name)
      .def_prop_ro(
          "dtype", [](const Output& o) { return static_cast<int>(o.dtype()); },
          "The number of the dtype; a reference has that of its value.")
      .def_prop_ro("is_reference", &Output::is_reference)
      .def_prop_ro(
          "shape", [](const Output& o) { return shape_to_python(o.shape()); },
          nb::for_getter(nb::sig("def shape(self, /) -> tuple[int | None, ...] | None")),
          "A tuple whose unknown dimensions are None; None where the rank is unknown.")
      .def_prop_ro("graph", [](const Output& o) { return o.op().graph(); })
      .def("consumers",
           [](const Output& o) {
             // Operations that take this output's value, in the order they were made.
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
           })
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
  operation.def(nb::init<const Operation&>(), "Another handle on the same node (for subclasses).")
      .def_prop_ro("id", &Operation::id)
      .def_prop_ro("name", &Operation::name)
      .def_prop_ro("type", &Operation::type)
      .def_prop_ro("device", &Operation::device)
      .def_prop_ro("num_inputs", &Operation::num_inputs)
      .def_prop_ro("num_outputs", &Operation::num_outputs)
      .def("input", &Operation::input, nb::arg("index"))
      .def("output", &Operation::output, nb::arg("index") = 0)
      .def_prop_ro("inputs", &Operation::inputs)
      .def_prop_ro("outputs", &Operation::outputs)
      .def_prop_ro("control_inputs", &Operation::control_inputs)
      .def_prop_ro("consumers", &Operation::consumers)
      .def("has_attr", &Operation::has_attr, nb::arg("name"))
      .def("get_attr", &node_attr, nb::arg("name"),
           "(kind, value): kind as in an op's signature ('type', 'list(int)', …); types are "
           "numbers,\n"
           "shapes tuples or None, strings bytes, tensors arrays. ValueError where there is none.")
      .def_prop_ro("colocation_groups", &Operation::colocation_groups)
      .def_prop_ro("control_flow_context", &Operation::control_flow_context)
      .def_prop_ro(
          "node_def",
          [](const Operation& op) {
            return bytes_of(op.graph().data().node(op.id()).encoded.read());
          },
          "The encoded NodeDef.")
      .def_prop_ro("graph", &Operation::graph)
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
