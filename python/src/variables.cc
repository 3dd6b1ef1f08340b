// Variables of a graph.
#include <icecore/variable.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/vector.h>

#include "annotations.h"
#include "bindings.h"
#include "convert.h"
#include "graph/builder_data.h"
#include "scopes.h"

namespace icecore::python {
namespace {

using InitialValueArg =
    Taken<"Output | Variable | numpy.typing.ArrayLike | collections.abc.Callable[[], typing.Any]">;
using SliceArg = Taken<"collections.abc.Mapping[str, typing.Any]">;

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
Variable make(GraphBuilder& graph, InitialValueArg initial_value, std::optional<std::string> name,
              bool trainable, std::vector<std::string> collections, bool validate_shape,
              DTypeArg dtype, std::optional<bool> use_resource, std::int64_t synchronization,
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
                  SliceArg slice, std::int64_t synchronization, std::int64_t aggregation) {
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
      .def(nb::init<const Variable&>(), nb::arg("other"),
           "Another handle on the same variable (for subclasses).")
      .def_static("of_nodes", &of_nodes, nb::arg("ref"), nb::arg("initializer"),
                  nb::arg("snapshot"), nb::arg("initial_value") = nb::none(),
                  nb::arg("is_resource") = false, nb::arg("trainable") = true,
                  nb::arg("slice") = nb::none(), nb::arg("synchronization") = 0,
                  nb::arg("aggregation") = 0,
                  R"(A variable of nodes that are there already.

Args:
  ref: what VariableV2 or VarHandleOp gives.
  initializer: the operation that assigns the first value.
  snapshot: the tensor that reads it.
  initial_value: the tensor that the initializer assigns, where there is one.
  slice: of a part of a larger variable, a dict as `save_slice` is one.
  synchronization, aggregation: numbers of VariableDef's enums.)")
      .def_prop_ro("name", &Variable::name, "'NODE:0'; a Saver's key is the node's name.")
      .def_prop_ro("op", &Variable::op, "Its node: a VariableV2 or a VarHandleOp.")
      .def_prop_ro(
          "dtype", [](const Variable& v) { return static_cast<int>(v.dtype()); },
          "The number of the values' dtype (DataType: 1 is float32).")
      .def_prop_ro(
          "dtype_name", [](const Variable& v) { return str_of(dtype_name(v.dtype())); },
          "The name of the values' dtype: 'float32'.")
      .def_prop_ro(
          "shape", [](const Variable& v) -> ShapeResult { return shape_to_python(v.shape()); },
          "A tuple whose unknown dimensions are None; None where the rank is unknown.")
      .def_prop_ro("is_resource", &Variable::is_resource,
                   "Whether it is a resource (VarHandleOp) rather than a reference.")
      .def_prop_ro("trainable", &Variable::trainable, "Whether optimizers change it.")
      .def_prop_ro("ref", &Variable::ref,
                   "What its node gives: the reference, or the resource's handle.")
      .def_prop_ro("value", &Variable::value, "The tensor that reads it.")
      .def_prop_ro("value_name", &Variable::value_name,
                   "The name of the tensor by which a run fetches its value.")
      .def_prop_ro("initializer", &Variable::initializer,
                   "The operation that gives it its first value.")
      .def_prop_ro(
          "initial_value", [](const Variable& v) { return initial_value_of(v); },
          "The tensor of its first value; None where an imported variable doesn't know it.")
      .def_prop_ro(
          "save_slice",
          [](const Variable& v) -> Given<"dict[str, typing.Any] | None"> { return slice_info(v); },
          "Of a part of a larger variable a dict: full_name, full_shape, var_offset, var_shape;\n"
          "else None.")
      .def_prop_ro(
          "synchronization", [](const Variable& v) { return v.data().synchronization; },
          "A number of VariableDef's enum.")
      .def_prop_ro(
          "aggregation", [](const Variable& v) { return v.data().aggregation; },
          "A number of VariableDef's enum.")
      .def_prop_ro("graph", &Variable::graph, "The graph that it is in.")
      .def(
          "variable_def", [](const Variable& v) { return bytes_of(variable_def(v)); },
          "The encoded VariableDef, as collections of a meta graph hold it.")
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
      nb::arg("graph"), nb::arg("variable_def"), nb::arg("import_scope") = "",
      "The variable that an encoded VariableDef describes; its nodes are in the graph. KeyError\n"
      "where one isn't.");
  m.def(
      "replace_initializer",
      [](const Variable& variable, const Operation& initializer, const Output& initial_value) {
        replace_initializer(variable, initializer, initial_value);
      },
      nb::arg("variable"), nb::arg("initializer"), nb::arg("initial_value"),
      "Gives a variable another initializer, which assigns that value.");
}

}  // namespace icecore::python
