// Building graphs.
#include <icecore/control_flow.h>
#include <icecore/error.h>
#include <icecore/graph_builder.h>
#include <icecore/import_graph_def.h>
#include <icecore/op_set.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/variant.h>
#include <nanobind/stl/vector.h>

#include "bindings.h"
#include "convert.h"
#include "graph/builder_data.h"
#include "graph/graph_data.h"
#include "raise.h"
#include "scopes.h"

namespace icecore::python {
namespace {

// "list(int)", … of an attribute of the op; empty where the signature has none of that name.
std::string_view attr_kind_of(const OpSignature* signature, std::string_view name) {
  if (signature == nullptr) return {};
  for (const AttrSignature& attr : signature->attrs) {
    if (attr.name == name) return attr.kind;
  }
  return {};
}

AttrList attrs_from(const GraphBuilder& graph, std::string_view op, nb::handle attrs) {
  AttrList list;
  if (attrs.is_none()) return list;
  const auto signature = graph.ops().signature(op);
  for (const auto [key, value] : nb::cast<nb::dict>(nb::borrow(attrs))) {
    std::string name = text_from(key);
    const std::string_view kind = attr_kind_of(signature.get(), name);
    try {
      list.emplace_back(name, attr_from(value, kind));
    } catch (nb::python_error& error) {
      if (kind.empty()) throw;
      raise_type_error("Expected " + std::string(kind) + " for argument '" + name + "' not " +
                       nb::repr(value).c_str() + ".");
    }
  }
  return list;
}

Operation apply_op(GraphBuilder& graph, std::string_view op, nb::handle inputs, nb::handle attrs,
                   std::optional<std::string> name) {
  const auto signature = graph.ops().signature(op);
  std::vector<OpInput> arguments;
  const std::vector<nb::object> values = items_of(inputs);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_list =
        signature != nullptr && i < signature->inputs.size() && signature->inputs[i].is_list();
    if (!is_list) {
      arguments.emplace_back(input_from(values[i]));
      continue;
    }
    if (!PyList_Check(values[i].ptr()) && !PyTuple_Check(values[i].ptr())) {
      raise_type_error("Expected list for '" + std::string(signature->inputs[i].name) +
                       "' argument to '" + std::string(op) + "' Op, not " +
                       nb::repr(values[i]).c_str() + ".");
    }
    std::vector<Input> list;
    for (const nb::object& item : items_of(values[i])) list.push_back(input_from(item));
    arguments.emplace_back(std::move(list));
  }
  return graph.apply_op(op, arguments, attrs_from(graph, op, attrs), name.value_or(""));
}

Operation create_op(GraphBuilder& graph, std::string_view op, const std::vector<Output>& inputs,
                    nb::handle attrs, std::optional<std::string> name) {
  return graph.create_op(op, inputs, attrs_from(graph, op, attrs), name.value_or(""));
}

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

std::vector<nb::object> collection(const GraphBuilder& graph, std::string_view name,
                                   std::optional<std::string> scope) {
  std::vector<nb::object> items;
  for (const CollectionItem& item : graph.collection(name, scope.value_or(""))) {
    items.push_back(item_to_python(item));
  }
  return items;
}

nb::object import_graph(GraphBuilder& graph, nb::handle graph_def, const std::string& name,
                        std::map<std::string, Output> input_map,
                        std::vector<std::string> return_elements, nb::bytes producer_op_list) {
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
  return elements;
}

void bind_scopes(nb::class_<GraphBuilder>& c) {
  c.def(
       "name_scope",
       [](GraphBuilder& g, std::string_view name) { return Scope(g.name_scope(name)); },
       nb::arg("name"),
       "Opens 'name/' afresh; 'name/' enters it again; '' is the top. Gives its name to `as`.")
      .def(
          "device",
          [](GraphBuilder& g, std::optional<std::string> device) {
            return Scope(device ? g.device(*device) : g.device(std::nullopt));
          },
          nb::arg("device").none())
      .def(
          "control_dependencies",
          [](GraphBuilder& g, std::optional<std::vector<Operation>> operations) {
            return Scope(operations ? g.control_dependencies(*operations)
                                    : g.no_control_dependencies());
          },
          nb::arg("operations").none(),
          "Nodes made inside wait for these; None leaves all that stand.")
      .def(
          "colocate_with",
          [](GraphBuilder& g, const Operation& op, bool ignore_existing) {
            return Scope(g.colocate_with(op, ignore_existing));
          },
          nb::arg("operation"), nb::arg("ignore_existing") = false)
      .def(
          "without_colocation", [](GraphBuilder& g) { return Scope(without_colocation(g)); },
          "colocate_with(None, ignore_existing=True)")
      .def(
          "attr_scope",
          [](GraphBuilder& g, nb::dict attrs) {
            return Scope(g.attr_scope(attrs_from(g, "", attrs)));
          },
          nb::arg("attrs"), "Nodes made inside get these attributes too.")
      .def("init_scope", [](GraphBuilder& g) { return Scope(g.init_scope()); })
      .def_prop_ro("current_name_scope", &GraphBuilder::current_name_scope)
      .def("unique_name", &GraphBuilder::unique_name, nb::arg("name"),
           nb::arg("mark_as_used") = true)
      .def_prop_rw("control_flow_context", &GraphBuilder::control_flow_context,
                   &GraphBuilder::set_control_flow_context,
                   nb::for_setter(nb::arg("context").none()));
}

void bind_changes(nb::class_<GraphBuilder>& c) {
  c.def(
       "set_attr",
       [](GraphBuilder& g, const Operation& op, std::string_view name, nb::handle value) {
         const auto signature = g.ops().signature(op.type());
         g.set_attr(op, name, attr_from(value, attr_kind_of(signature.get(), name)));
       },
       nb::arg("operation"), nb::arg("name"), nb::arg("value"))
      .def("add_control_input", &GraphBuilder::add_control_input, nb::arg("operation"),
           nb::arg("input"))
      .def("update_input", &GraphBuilder::update_input, nb::arg("operation"), nb::arg("index"),
           nb::arg("input"))
      .def("set_device", &GraphBuilder::set_device, nb::arg("operation"), nb::arg("device"))
      .def(
          "set_shape",
          [](GraphBuilder& g, const Output& output, nb::handle shape) {
            g.set_shape(output, shape_from(shape));
          },
          nb::arg("output"), nb::arg("shape").none(), "Merges what is known of the shape.")
      .def("finalize", &GraphBuilder::finalize)
      .def_prop_rw("finalized", &GraphBuilder::is_finalized,
                   [](GraphBuilder& g, bool finalized) { g.data().finalized = finalized; });
}

}  // namespace

void bind_graph_builder(nb::module_& m) {
  nb::class_<Scope>(m, "Scope", "A scope of a graph that stands until it is left.")
      .def_prop_ro("name", &Scope::name)
      .def("leave", &Scope::leave)
      .def("__enter__", [](Scope& scope) { return scope.name(); })
      .def("__exit__", [](Scope& scope, nb::args) { scope.leave(); });
  nb::class_<GraphBuilder> c(
      m, "GraphBuilder", nb::dynamic_attr(), nb::is_weak_referenceable(),
      R"(A graph under construction; node for node as TensorFlow 1.15.5 builds it.

Copies of it, and the graph of its tensors, are the same graph. Errors while it is built are ValueError, TypeError, KeyError
and RuntimeError, as TensorFlow raises them.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> x = graph.apply_op('Placeholder', [], {'dtype': 'float32', 'shape': [None, 2]}, name='x').output()
>>> graph.apply_op('MatMul', [x, [[1.0], [2.0]]], name='y').output()
<icecore.Output 'y:0' shape=[?,1] dtype=float32>
>>> [op.name for op in graph.operations()]
['x', 'y/b', 'y'])");
  c.def(nb::init<>())
      .def(
          "__eq__",
          [](const GraphBuilder& a, nb::handle b) -> nb::object {
            if (!nb::isinstance<GraphBuilder>(b)) return nb::borrow(Py_NotImplemented);
            return nb::bool_(a == nb::cast<const GraphBuilder&>(b));
          },
          nb::sig("def __eq__(self, arg: object, /) -> bool"))
      .def("__hash__", [](const GraphBuilder& g) { return std::hash<const void*>()(&g.data()); })
      .def("__repr__",
           [](const GraphBuilder& g) {
             return "<icecore.GraphBuilder of " + std::to_string(g.num_operations()) +
                    " operations>";
           })
      .def("apply_op", &apply_op, nb::arg("op"), nb::arg("inputs"), nb::arg("attrs") = nb::none(),
           nb::arg("name") = nb::none(),
           "Adds an op as TensorFlow's op functions do: values become constants, types and numbers "
           "are\n"
           "inferred. `inputs` has one item for each argument of the signature, a list for list "
           "arguments.")
      .def("create_op", &create_op, nb::arg("op"), nb::arg("inputs"), nb::arg("attrs") = nb::none(),
           nb::arg("name") = nb::none(),
           "Adds a node whose inputs are what they are (Graph.create_op).")
      .def(
          "constant",
          [](GraphBuilder& g, nb::handle value, nb::handle dtype, std::optional<std::string> name) {
            return g.constant(tensor_from(value, optional_dtype_from(dtype), Lend::kDuringCall),
                              name.value_or("Const"));
          },
          nb::arg("value").none(), nb::arg("dtype") = nb::none(), nb::arg("name") = nb::none(),
          "A Const node of what numpy makes of the value.")
      .def(
          "filled_constant",
          [](GraphBuilder& g, nb::handle value, nb::handle dtype, nb::handle shape,
             std::optional<std::string> name) {
            return filled_constant(g, tensor_from(value, optional_dtype_from(dtype)),
                                   shape_from(shape), name.value_or("Const"));
          },
          nb::arg("value"), nb::arg("dtype").none(), nb::arg("shape"), nb::arg("name") = nb::none(),
          "A Const node of that shape that holds the scalar once.")
      .def(
          "convert_to_tensor",
          [](GraphBuilder& g, nb::handle value, nb::handle dtype, std::optional<std::string> name) {
            return g.convert_to_tensor(input_from(value), optional_dtype_from(dtype),
                                       name.value_or("Const"));
          },
          nb::arg("value").none(), nb::arg("dtype") = nb::none(), nb::arg("name") = nb::none())
      .def(
          "group",
          [](GraphBuilder& g, const std::vector<Operation>& ops, std::optional<std::string> name) {
            return g.group(ops, name.value_or("group_deps"));
          },
          nb::arg("operations"), nb::arg("name") = nb::none())
      .def_prop_ro("num_operations", &GraphBuilder::num_operations)
      .def("operations", &GraphBuilder::operations)
      .def("operation", &GraphBuilder::operation, nb::arg("id"))
      .def("find_operation", &GraphBuilder::find_operation, nb::arg("name"))
      .def("get_operation_by_name", &GraphBuilder::get_operation_by_name, nb::arg("name"))
      .def("get_tensor_by_name", &GraphBuilder::get_tensor_by_name, nb::arg("name"))
      .def(
          "constant_value",
          [](const GraphBuilder& g, const Output& output) -> nb::object {
            const std::optional<Tensor> value = g.constant_value(output);
            if (!value) return nb::none();
            return array_of(*value, Share::kNo);
          },
          nb::arg("output"), "The values where they are known without a run, else None.")
      .def(
          "constant_value_as_shape",
          [](const GraphBuilder& g, const Output& output) {
            return shape_to_python(g.constant_value_as_shape(output));
          },
          nb::arg("output"))
      .def_prop_rw("seed", &GraphBuilder::random_seed, &GraphBuilder::set_random_seed,
                   nb::for_setter(nb::arg("seed").none()))
      .def("op_seeds", &GraphBuilder::op_seeds, nb::arg("op_seed").none())
      .def_prop_ro("last_id", [](const GraphBuilder& g) { return g.data().last_id; })
      .def(
          "add_to_collection",
          [](GraphBuilder& g, std::string_view name, nb::handle item) {
            g.add_to_collection(name, item_from(item));
          },
          nb::arg("name"), nb::arg("item"))
      .def("collection", &collection, nb::arg("name"), nb::arg("scope") = nb::none(),
           "The items in order: handles, bytes, numbers.")
      .def("collection_keys", &GraphBuilder::collection_keys)
      .def("clear_collection", &GraphBuilder::clear_collection, nb::arg("name"))
      .def("graph", &GraphBuilder::graph, nb::arg("add_shapes") = false)
      .def(
          "graph_def",
          [](const GraphBuilder& g, bool add_shapes) {
            return bytes_of(encode_graph(g.graph(add_shapes)).read());
          },
          nb::arg("add_shapes") = false, "The encoded GraphDef.")
      .def("import_graph_def", &import_graph, nb::arg("graph_def"), nb::arg("name") = "import",
           nb::arg("input_map") = std::map<std::string, Output>(),
           nb::arg("return_elements") = std::vector<std::string>(),
           nb::arg("producer_op_list") = nb::bytes("", 0),
           "Adds the nodes of a Graph, or of an encoded GraphDef.")
      .def_prop_ro("version", &GraphBuilder::version)
      .def_prop_ro("producer", &GraphBuilder::producer)
      .def("is_fetchable",
           [](const GraphBuilder& g, const Operation& op) {
             return !g.data().not_fetchable.contains(op.id());
           })
      .def("prevent_fetching",
           [](GraphBuilder& g, const Operation& op) { g.data().not_fetchable.insert(op.id()); });
  bind_scopes(c);
  bind_changes(c);
}

}  // namespace icecore::python
