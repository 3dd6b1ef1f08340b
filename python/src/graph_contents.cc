// What a graph under construction holds: its nodes, its collections, itself as a message.
#include "graph_contents.h"

#include <icecore/control_flow.h>
#include <icecore/import_graph_def.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/vector.h>

#include "annotations.h"
#include "bindings.h"
#include "convert.h"
#include "graph/builder_data.h"
#include "graph/graph_data.h"
#include "raise.h"

namespace icecore::python {
namespace {

using ItemArg = Taken<"Output | Operation | Variable | str | bytes | bool | int | float">;
using ItemsResult = Given<"list[Output | Operation | Variable | bytes | bool | int | float]">;
using GraphArg = Taken<"Graph | bytes">;

nb::object item_to_python(const CollectionItem& item) {
  return std::visit(
      [](const auto& value) -> nb::object {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::string>) {
          return bytes_of(value);
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          return nb::int_(value);
        } else if constexpr (std::is_same_v<T, double>) {
          return nb::float_(value);
        } else if constexpr (std::is_same_v<T, bool>) {
          return nb::bool_(value);
        } else {
          return nb::cast(value);
        }
      },
      item.value);
}

CollectionItem item_from(nb::handle value) {
  if (nb::isinstance<Output>(value)) return {nb::cast<Output>(value)};
  if (nb::isinstance<Operation>(value)) return {nb::cast<Operation>(value)};
  if (nb::isinstance<Variable>(value)) return {nb::cast<const Variable&>(value)};
  if (is_text(value)) return {text_from(value)};
  if (PyBool_Check(value.ptr())) return {value.ptr() == Py_True};
  if (PyLong_Check(value.ptr())) return {nb::cast<std::int64_t>(value)};
  if (PyFloat_Check(value.ptr())) return {PyFloat_AsDouble(value.ptr())};
  raise_type_error(
      "a collection of the graph holds tensors, operations, variables, texts and "
      "numbers");
}

// The branches and loops, which TensorFlow keeps in collections and the builder beside them.
std::vector<std::shared_ptr<ControlFlowContext>> contexts(const GraphBuilder& graph,
                                                          std::string_view name) {
  std::vector<std::shared_ptr<ControlFlowContext>> found;
  if (name == "cond_context") {
    for (const auto& context : cond_contexts(graph)) found.push_back(context);
  } else if (name == "while_context") {
    for (const auto& context : while_contexts(graph)) found.push_back(context);
  }
  return found;
}

std::vector<std::string> collection_keys(const GraphBuilder& graph) {
  std::vector<std::string> keys = graph.collection_keys();
  for (const char* const name : {"cond_context", "while_context"}) {
    if (!contexts(graph, name).empty()) keys.emplace_back(name);
  }
  return keys;
}

ItemsResult collection(const GraphBuilder& graph, std::string_view name,
                       std::optional<std::string> scope) {
  nb::list items;
  for (const CollectionItem& item : graph.collection(name, scope.value_or(""))) {
    items.append(item_to_python(item));
  }
  for (const auto& context : contexts(graph, name)) items.append(nb::cast(context));
  return nb::object(items);
}

Given<"list[Output | Operation]"> import_graph(GraphBuilder& graph, GraphArg graph_def,
                                               const std::string& name,
                                               std::map<std::string, Output> input_map,
                                               std::vector<std::string> return_elements,
                                               nb::bytes producer_op_list) {
  const Graph nodes = nb::isinstance<Graph>(graph_def)
                          ? nb::cast<Graph>(graph_def)
                          : parse_graph(Span::of(text_from(graph_def)));
  ImportOptions options;
  options.name = name;
  options.input_map = std::move(input_map);
  options.return_elements = std::move(return_elements);
  options.producer_op_list = text_from(producer_op_list);
  nb::list elements;
  for (const auto& element : import_graph_def(graph, nodes, options)) {
    std::visit([&](const auto& handle) { elements.append(nb::cast(handle)); }, element);
  }
  return nb::object(elements);
}

void bind_lookups(nb::class_<GraphBuilder>& c) {
  c.def_prop_ro("num_operations", &GraphBuilder::num_operations, "How many nodes there are.")
      .def("operations", &GraphBuilder::operations, "All nodes, in the order they were made.")
      .def("operation", &GraphBuilder::operation, nb::arg("id"),
           "The node of that number (Operation.id). KeyError where there is none.")
      .def("find_operation", &GraphBuilder::find_operation, nb::arg("name"),
           "The node of that name, or None.")
      .def(
          "get_operation_by_name", &GraphBuilder::get_operation_by_name, nb::arg("name"),
          "The node of that name. KeyError with the nearest names where there is none; ValueError\n"
          "for the name of a tensor.")
      .def(
          "get_tensor_by_name", &GraphBuilder::get_tensor_by_name, nb::arg("name"),
          R"(The tensor of that name. KeyError with the nearest names where there is none; ValueError for the name of a node.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> y = graph.apply_op('Neg', [1.0], name='y').output()
>>> graph.get_tensor_by_name('y:0') == y
True)")
      .def(
          "constant_value",
          [](const GraphBuilder& g, const Output& output) -> Given<"numpy.ndarray | None"> {
            const std::optional<Tensor> value = g.constant_value(output);
            if (!value) return nb::none();
            return array_of(*value, Share::kNo);
          },
          nb::arg("output"),
          R"(The values of a tensor as an array where they are known without a run, else None.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> x = graph.placeholder('float32', [5, 2])
>>> graph.constant_value(graph.apply_op('Shape', [x]).output())
array([5, 2], dtype=int32))")
      .def(
          "constant_value_as_shape",
          [](const GraphBuilder& g, const Output& output) -> ShapeResult {
            return shape_to_python(g.constant_value_as_shape(output));
          },
          nb::arg("output"),
          "The shape that a vector of ints says, as far as it is known without a run: a tuple "
          "whose\n"
          "unknown dimensions are None; None where not even their number is known.")
      .def_prop_ro("version", &GraphBuilder::version,
                   "A number that grows with every node and every change.")
      .def_prop_ro("producer", &GraphBuilder::producer,
                   "The version of TensorFlow's GraphDefs that the graph counts as made by.")
      .def_prop_ro(
          "last_id", [](const GraphBuilder& g) { return g.data().last_id; },
          "How many ids TensorFlow would have given out; seeds of ops are made of it.")
      .def(
          "is_fetchable",
          [](const GraphBuilder& g, const Operation& op) {
            return !g.data().not_fetchable.contains(op.id());
          },
          nb::arg("operation"), "Whether a run may be asked for the operation and its tensors.")
      .def(
          "prevent_fetching",
          [](GraphBuilder& g, const Operation& op) { g.data().not_fetchable.insert(op.id()); },
          nb::arg("operation"), "From now on a run may not be asked for it.");
}

void bind_collections(nb::class_<GraphBuilder>& c) {
  c.def(
       "add_to_collection",
       [](GraphBuilder& g, std::string_view name, ItemArg item) {
         g.add_to_collection(name, item_from(item));
       },
       nb::arg("name"), nb::arg("item"),
       "Appends a tensor, operation, variable, text or number to a collection, which goes along "
       "in\n"
       "a meta graph. TypeError for anything else.")
      .def(
          "collection", &collection, nb::arg("name"), nb::arg("scope") = nb::none(),
          R"(The items of a collection in the order they were added, as a list: handles, bytes, numbers.

With a scope those alone whose name begins as that regular expression says.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> w = icecore.make_variable(graph, 1.0, name='w')
>>> graph.add_to_collection('note', 'trained on Monday')
>>> graph.collection('trainable_variables'), graph.collection('note')
([<icecore.Variable 'w:0' shape=[] dtype=float32>], [b'trained on Monday']))")
      .def("collection_keys", &collection_keys,
           "The names of the collections that hold something, in the order of their first use.")
      .def("clear_collection", &GraphBuilder::clear_collection, nb::arg("name"),
           "Empties a collection.");
}

void bind_messages(nb::class_<GraphBuilder>& c) {
  c.def("graph", &GraphBuilder::graph, nb::arg("add_shapes") = false,
        "The nodes as they are now. icecore.Graph(graph) gives them as a sequence.")
      .def(
          "graph_def",
          [](const GraphBuilder& g, bool add_shapes) {
            return bytes_of(encode_graph(g.graph(add_shapes)).read());
          },
          nb::arg("add_shapes") = false,
          "The encoded GraphDef; with `add_shapes` nodes have the attribute _output_shapes.")
      .def("import_graph_def", &import_graph, nb::arg("graph_def"), nb::arg("name") = "import",
           nb::arg("input_map") = std::map<std::string, Output>(),
           nb::arg("return_elements") = std::vector<std::string>(),
           nb::arg("producer_op_list") = nb::bytes("", 0),
           R"(Adds the nodes of a graph under a scope.

Args:
  graph_def: an encoded GraphDef, or what `graph()` of another builder gives.
  name: the scope; empty for none.
  input_map: from names of tensors of the graph to the tensors that are taken instead.
  return_elements: names of its operations and tensors.
  producer_op_list: the encoded OpList of the program that made it; defaults that have come since are left out.

Returns the handles of the `return_elements`. ValueError where the graph isn't sound, or lacks a name.

>>> import icecore
>>> inner, outer = icecore.GraphBuilder(), icecore.GraphBuilder()
>>> y = inner.apply_op('Neg', [inner.placeholder('float32', [], name='x')], name='y')
>>> two = outer.constant(2.0, 'float32')
>>> outer.import_graph_def(inner.graph_def(), 'in', {'x:0': two}, ['y:0'])
[<icecore.Output 'in/y:0' shape=[] dtype=float32>])");
}

}  // namespace

void bind_graph_contents(nb::class_<GraphBuilder>& c) {
  bind_lookups(c);
  bind_collections(c);
  bind_messages(c);
}

}  // namespace icecore::python
