// Variables of a graph.
#include <icecore/variable.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/vector.h>

#include "bindings.h"
#include "convert.h"
#include "graph/builder_data.h"
#include "scopes.h"

namespace icecore::python {
namespace {

nb::object slice_info(const Variable& v) {
  const std::optional<SaveSliceInfo>& slice = v.data().save_slice;
  if (!slice) return nb::none();
  nb::dict made;
  made["full_name"] = str_of(slice->full_name);
  made["full_shape"] = slice->full_shape;
  made["var_offset"] = slice->offset;
  made["var_shape"] = slice->shape;
  return made;
}

// What Python hands over as the initial value: a value, or a function that makes one.
Variable make(GraphBuilder& graph, nb::handle initial_value, std::optional<std::string> name,
              bool trainable, std::vector<std::string> collections, bool validate_shape,
              nb::handle dtype, std::optional<bool> use_resource, std::int64_t synchronization,
              std::int64_t aggregation) {
  VariableOptions options;
  options.name = name.value_or("");
  options.trainable = trainable;
  options.use_resource = use_resource;
  options.validate_shape = validate_shape;
  options.collections = std::move(collections);
  options.dtype = optional_dtype_from(dtype);
  options.synchronization = synchronization;
  options.aggregation = aggregation;
  if (PyCallable_Check(initial_value.ptr()) && !nb::isinstance<Output>(initial_value) &&
      !nb::isinstance<Variable>(initial_value)) {
    return make_initialized_variable(
        graph,
        [&] {
          return graph.convert_to_tensor(input_from(initial_value()), options.dtype,
                                         "initial_value");
        },
        options);
  }
  return make_variable(graph, input_from(initial_value), options);
}

// A variable of nodes that are there already.
Variable of_nodes(const Output& ref, const Operation& initializer, const Output& snapshot,
                  std::optional<Output> initial_value, bool is_resource, bool trainable,
                  nb::handle slice, std::int64_t synchronization, std::int64_t aggregation) {
  VariableData data;
  data.ref = ref;
  data.initializer = initializer;
  data.snapshot = snapshot;
  data.initial_value = std::move(initial_value);
  data.is_resource = is_resource;
  data.trainable = trainable;
  data.synchronization = synchronization;
  data.aggregation = aggregation;
  if (!slice.is_none()) {
    SaveSliceInfo info;
    info.full_name = nb::cast<std::string>(slice["full_name"]);
    info.full_shape = nb::cast<std::vector<std::int64_t>>(slice["full_shape"]);
    info.offset = nb::cast<std::vector<std::int64_t>>(slice["var_offset"]);
    info.shape = nb::cast<std::vector<std::int64_t>>(slice["var_shape"]);
    data.save_slice = std::move(info);
  }
  return Variable(std::make_shared<const VariableData>(std::move(data)));
}

}  // namespace

void bind_variables(nb::module_& m) {
  nb::class_<Variable>(m, "Variable", nb::dynamic_attr(), nb::is_weak_referenceable(),
                       R"(A variable of a graph: the nodes that belong to it.

>>> import icecore
>>> w = icecore.make_variable(icecore.GraphBuilder(), 1.0, name='w')
>>> w.name, w.initializer.name, w.value.name
('w:0', 'w/Assign', 'w/read:0'))")
      .def(nb::init<const Variable&>())
      .def_static("of_nodes", &of_nodes, nb::arg("ref"), nb::arg("initializer"),
                  nb::arg("snapshot"), nb::arg("initial_value") = nb::none(),
                  nb::arg("is_resource") = false, nb::arg("trainable") = true,
                  nb::arg("slice") = nb::none(), nb::arg("synchronization") = 0,
                  nb::arg("aggregation") = 0, "A variable of nodes that are there already.")
      .def_prop_ro("name", &Variable::name)
      .def_prop_ro("op", &Variable::op)
      .def_prop_ro("dtype", [](const Variable& v) { return static_cast<int>(v.dtype()); })
      .def_prop_ro(
          "shape", [](const Variable& v) { return shape_to_python(v.shape()); },
          nb::for_getter(nb::sig("def shape(self, /) -> tuple[int | None, ...] | None")))
      .def_prop_ro("is_resource", &Variable::is_resource)
      .def_prop_ro("trainable", &Variable::trainable)
      .def_prop_ro("ref", &Variable::ref)
      .def_prop_ro("value", &Variable::value)
      .def_prop_ro("value_name", &Variable::value_name)
      .def_prop_ro("initializer", &Variable::initializer)
      .def_prop_ro("initial_value", [](const Variable& v) { return initial_value_of(v); })
      .def_prop_ro("save_slice", &slice_info)
      .def_prop_ro("synchronization", [](const Variable& v) { return v.data().synchronization; })
      .def_prop_ro("aggregation", [](const Variable& v) { return v.data().aggregation; })
      .def_prop_ro("graph", &Variable::graph)
      .def("variable_def", [](const Variable& v) { return bytes_of(variable_def(v)); })
      .def(
          "__eq__",
          [](const Variable& a, nb::handle b) -> nb::object {
            if (!nb::isinstance<Variable>(b)) return nb::borrow(Py_NotImplemented);
            return nb::bool_(a.ref() == nb::cast<const Variable&>(b).ref());
          },
          nb::sig("def __eq__(self, arg: object, /) -> bool"))
      .def("__hash__",
           [](const Variable& v) {
             return std::hash<const void*>()(&v.graph().data()) * 31 +
                    static_cast<std::size_t>(v.op().id());
           })
      .def("__repr__", [](const Variable& v) {
        return "<icecore.Variable '" + v.name() + "' shape=" + to_string(v.shape()) +
               " dtype=" + to_string(v.dtype()) + ">";
      });
  m.def("make_variable", &make, nb::arg("graph"), nb::arg("initial_value"),
        nb::arg("name") = nb::none(), nb::arg("trainable") = true,
        nb::arg("collections") = std::vector<std::string>(), nb::arg("validate_shape") = true,
        nb::arg("dtype") = nb::none(), nb::arg("use_resource") = nb::none(),
        nb::arg("synchronization") = 0, nb::arg("aggregation") = 0,
        "tf.Variable: of a value, or of a function that makes one within the variable's scope.");
  m.def(
      "variable_from_def",
      [](const GraphBuilder& graph, nb::bytes encoded, std::string_view import_scope) {
        return variable_from_def(graph, {encoded.c_str(), encoded.size()}, import_scope);
      },
      nb::arg("graph"), nb::arg("variable_def"), nb::arg("import_scope") = "");
  m.def(
      "replace_initializer",
      [](const Variable& variable, const Operation& initializer, const Output& initial_value) {
        replace_initializer(variable, initializer, initial_value);
      },
      nb::arg("variable"), nb::arg("initializer"), nb::arg("initial_value"));
}

}  // namespace icecore::python
