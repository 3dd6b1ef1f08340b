// Building graphs.
#include <icecore/control_flow.h>
#include <icecore/error.h>
#include <icecore/graph_builder.h>
#include <icecore/op_set.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/vector.h>

#include "annotations.h"
#include "bindings.h"
#include "convert.h"
#include "graph/builder_data.h"
#include "graph_contents.h"
#include "raise.h"
#include "scopes.h"

namespace icecore::python {
namespace {

using InputsArg = Taken<
    "collections.abc.Iterable[Output | Variable | numpy.typing.ArrayLike | "
    "collections.abc.Sequence[Output | Variable | numpy.typing.ArrayLike]]">;
using AttrArg = Taken<"object">;

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

Operation apply_op(GraphBuilder& graph, std::string_view op, InputsArg inputs, AttrsArg attrs,
                   std::optional<std::string> name) {
  const auto signature = graph.ops().signature(op);
  if (nb::isinstance<Output>(inputs) || nb::isinstance<Variable>(inputs)) {
    raise_type_error("inputs is a list with one item for each argument of the op '" +
                     std::string(op) + "', not " + nb::repr(inputs).c_str());
  }
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
                    AttrsArg attrs, std::optional<std::string> name) {
  return graph.create_op(op, inputs, attrs_from(graph, op, attrs), name.value_or(""));
}

void bind_scopes(nb::class_<GraphBuilder>& c) {
  c.def(
       "name_scope",
       [](GraphBuilder& g, std::string_view name) { return Scope(g.name_scope(name)); },
       nb::arg("name"),
       R"(Opens a scope of names; `with` gives its name ('a/') to `as`.

'a' opens a fresh one ('a/', then 'a_1/'), 'a/' enters the scope of that name again, and the empty name is the top.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> with graph.name_scope('layer') as scope:
...     y = graph.constant(1.0, name='y')
>>> scope, y.name
('layer/', 'layer/y:0'))")
      .def(
          "device",
          [](GraphBuilder& g, std::optional<std::string> device) {
            return Scope(device ? g.device(*device) : g.device(std::nullopt));
          },
          nb::arg("device").none(),
          R"(Nodes made inside ask for that device ('/cpu:0'), merged with the devices around it.

None clears none of them.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> with graph.device('/cpu:0'):
...     c = graph.constant(1.0)
>>> c.op.device
'/device:CPU:0')")
      .def(
          "control_dependencies",
          [](GraphBuilder& g, std::optional<std::vector<Operation>> operations) {
            return Scope(operations ? g.control_dependencies(*operations)
                                    : g.no_control_dependencies());
          },
          nb::arg("operations").none(),
          R"(Nodes made inside wait for these; None leaves all dependencies, branches and loops that stand.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> first = graph.constant(1.0, name='first').op
>>> with graph.control_dependencies([first]):
...     second = graph.constant(2.0, name='second')
>>> second.op.control_inputs
[<icecore.Operation 'first' type=Const>])")
      .def(
          "colocate_with",
          [](GraphBuilder& g, const Operation& op, bool ignore_existing) {
            return Scope(g.colocate_with(op, ignore_existing));
          },
          nb::arg("operation"), nb::arg("ignore_existing") = false,
          "Nodes made inside are placed with that one, and with those of the scopes around unless\n"
          "`ignore_existing`.")
      .def(
          "without_colocation", [](GraphBuilder& g) { return Scope(without_colocation(g)); },
          "Nodes made inside are placed with no other (colocate_with(None, ignore_existing=True)).")
      .def(
          "attr_scope",
          [](GraphBuilder& g, nb::dict attrs) {
            return Scope(g.attr_scope(attrs_from(g, "", attrs)));
          },
          nb::arg("attrs"), nb::sig("def attr_scope(self, attrs: dict[str, object]) -> Scope"),
          "Nodes made inside get these attributes too.")
      .def(
          "init_scope", [](GraphBuilder& g) { return Scope(g.init_scope()); },
          "Nodes made inside stand outside of all branches, loops and control dependencies; names\n"
          "and devices stay.")
      .def_prop_ro("current_name_scope", &GraphBuilder::current_name_scope,
                   "The scope of names that stands: 'a/b/', or empty at the top.")
      .def(
          "unique_name", &GraphBuilder::unique_name, nb::arg("name"),
          nb::arg("mark_as_used") = true,
          R"(The name, within the scope that stands, that a node would get; taken, unless `mark_as_used` is False.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> graph.unique_name('a'), graph.unique_name('a')
('a', 'a_1'))")
      .def_prop_rw(
          "control_flow_context", &GraphBuilder::control_flow_context,
          &GraphBuilder::set_control_flow_context,
          nb::for_getter(nb::sig("def control_flow_context(self, /) -> ControlFlowContext | None")),
          nb::for_setter(nb::arg("context").none()),
          "The innermost branch or loop in which nodes are made now, or None.");
}

void bind_changes(nb::class_<GraphBuilder>& c) {
  c.def(
       "set_attr",
       [](GraphBuilder& g, const Operation& op, std::string_view name, AttrArg value) {
         const auto signature = g.ops().signature(op.type());
         g.set_attr(op, name, attr_from(value, attr_kind_of(signature.get(), name)));
       },
       nb::arg("operation"), nb::arg("name"), nb::arg("value"),
       "Sets an attribute of a node that is there. TypeError where its kind is another.")
      .def("add_control_input", &GraphBuilder::add_control_input, nb::arg("operation"),
           nb::arg("input"), "The operation waits for `input` from now on.")
      .def("update_input", &GraphBuilder::update_input, nb::arg("operation"), nb::arg("index"),
           nb::arg("input"),
           "Puts another tensor in the place of an input. TypeError where its dtype is another,\n"
           "ValueError where there is no such input.")
      .def("set_device", &GraphBuilder::set_device, nb::arg("operation"), nb::arg("device"),
           "Sets the device that a node asks for.")
      .def(
          "set_shape",
          [](GraphBuilder& g, const Output& output, ShapeArg shape) {
            g.set_shape(output, shape_from(shape));
          },
          nb::arg("output"), nb::arg("shape").none(),
          R"(Merges what is known of a tensor's shape. ValueError where both can't be true.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> x = graph.placeholder('float32', [None, 2])
>>> graph.set_shape(x, [3, None])
>>> x.shape
(3, 2))")
      .def("finalize", &GraphBuilder::finalize,
           "No nodes can be added from now on: that is a RuntimeError.")
      .def_prop_rw(
          "finalized", &GraphBuilder::is_finalized,
          [](GraphBuilder& g, bool finalized) { g.data().finalized = finalized; },
          nb::for_setter(nb::arg("finalized")), "Whether nodes can no longer be added.");
}

void bind_nodes(nb::class_<GraphBuilder>& c) {
  c.def(
       "apply_op", &apply_op, nb::arg("op"), nb::arg("inputs"), nb::arg("attrs") = nb::none(),
       nb::arg("name") = nb::none(),
       R"(Adds an op as TensorFlow's op functions do: values become constants, types and numbers are inferred.

Args:
  op: its name: 'MatMul'.
  inputs: one item for each argument of its signature, a list where the argument is one. An item is an `Output`, a
    `Variable`, or what numpy makes an array of; plain numbers take the dtype that the op's other inputs have.
  attrs: a dict of attributes. dtypes are names, numbers or numpy's; shapes lists with None for what isn't known.
  name: of the node, within the scope that stands; the op's own where it is None.

Returns the `Operation`; its tensors are output(0), output(1), ...

Raises RuntimeError for an op that has no signature, TypeError for inputs and attributes that don't fit it, ValueError for
shapes that don't fit.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> joined = graph.apply_op('ConcatV2', [[[[1.0], [2.0]], [[3.0]]], 0], name='joined')
>>> joined.output(), [tensor.name for tensor in joined.inputs]
(<icecore.Output 'joined:0' shape=[3,1] dtype=float32>, ['joined/values_0:0', 'joined/values_1:0', 'joined/axis:0']))")
      .def("create_op", &create_op, nb::arg("op"), nb::arg("inputs"), nb::arg("attrs") = nb::none(),
           nb::arg("name") = nb::none(),
           "Adds a node whose inputs are what they are, and that has the attributes given, without "
           "a\n"
           "scope of its own (Graph.create_op). A name that ends in '/' is taken as it is.")
      .def(
          "placeholder",
          [](GraphBuilder& g, DTypeArg dtype, ShapeArg shape, std::optional<std::string> name) {
            return g.placeholder(dtype_from(dtype), shape_from(shape),
                                 name.value_or("Placeholder"));
          },
          nb::arg("dtype"), nb::arg("shape") = nb::none(), nb::arg("name") = nb::none(),
          R"(A tensor that each run is fed. Unknown dimensions of its shape are None; None is a shape of unknown rank.

>>> import icecore
>>> icecore.GraphBuilder().placeholder('float32', [None, 2], name='x')
<icecore.Output 'x:0' shape=[?,2] dtype=float32>)")
      .def(
          "constant",
          [](GraphBuilder& g, ValueArg value, DTypeArg dtype, std::optional<std::string> name) {
            return g.constant(tensor_from(value, optional_dtype_from(dtype), Lend::kDuringCall),
                              name.value_or("Const"));
          },
          nb::arg("value").none(), nb::arg("dtype") = nb::none(), nb::arg("name") = nb::none(),
          R"(A Const node of what numpy makes of the value, of `dtype` where one is given.

So plain floats are float64 and plain ints int64, where convert_to_tensor() has TensorFlow's float32 and int32. TypeError and
ValueError where no tensor can hold the value.

>>> import icecore
>>> icecore.GraphBuilder().constant([[1, 2]], 'float32')
<icecore.Output 'Const:0' shape=[1,2] dtype=float32>)")
      .def(
          "filled_constant",
          [](GraphBuilder& g, ValueArg value, DTypeArg dtype, ShapeArg shape,
             std::optional<std::string> name) {
            return filled_constant(g, tensor_from(value, optional_dtype_from(dtype)),
                                   shape_from(shape), name.value_or("Const"));
          },
          nb::arg("value"), nb::arg("dtype").none(), nb::arg("shape"), nb::arg("name") = nb::none(),
          R"(A Const node of that shape whose values are all the scalar, which it holds once.

>>> import icecore
>>> icecore.GraphBuilder().filled_constant(0, 'float32', [1000, 1000])
<icecore.Output 'Const:0' shape=[1000,1000] dtype=float32>)")
      .def(
          "convert_to_tensor",
          [](GraphBuilder& g, InputArg value, DTypeArg dtype, std::optional<std::string> name) {
            return g.convert_to_tensor(input_from(value), optional_dtype_from(dtype),
                                       name.value_or("Const"));
          },
          nb::arg("value").none(), nb::arg("dtype") = nb::none(), nb::arg("name") = nb::none(),
          R"(An `Output` as it is, a variable's value, or a Const node of a value.

Plain floats are float32 and plain ints int32, as in TensorFlow. TypeError where the value is of another dtype than the one
that is asked for, ValueError for None and for lists of uneven lengths.

>>> import icecore
>>> icecore.GraphBuilder().convert_to_tensor([1, 2])
<icecore.Output 'Const:0' shape=[2] dtype=int32>)")
      .def(
          "group",
          [](GraphBuilder& g, const std::vector<Operation>& ops, std::optional<std::string> name) {
            return g.group(ops, name.value_or("group_deps"));
          },
          nb::arg("operations"), nb::arg("name") = nb::none(),
          "An operation that has run when all of these have (tf.group).")
      .def_prop_rw("seed", &GraphBuilder::random_seed, &GraphBuilder::set_random_seed,
                   nb::for_setter(nb::arg("seed").none()),
                   "The graph's seed (tf.set_random_seed), or None.")
      .def("op_seeds", &GraphBuilder::op_seeds, nb::arg("op_seed").none(),
           "(seed, seed2) of a random op that is made now; `op_seed` is its own seed, or None.");
}

}  // namespace

void bind_graph_builder(nb::module_& m) {
  nb::class_<Scope>(m, "Scope",
                    R"(A scope of a graph, which stands from when it is made until it is left.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> scope = graph.name_scope('a')
>>> graph.constant(1.0, name='c').name
'a/c:0'
>>> scope.leave())")
      .def_prop_ro("name", &Scope::name, "Of a scope of names: 'a/', or empty at the top.")
      .def("leave", &Scope::leave,
           "Ends it; scopes are left in the opposite order. `with` does so by itself.")
      .def(
          "__enter__", [](Scope& scope) { return scope.name(); }, "Its name.")
      .def(
          "__exit__", [](Scope& scope, nb::args) { scope.leave(); },
          nb::sig("def __exit__(self, *args: object) -> None"), "Leaves it.")
      .def("__repr__", [](const Scope& scope) { return "<icecore.Scope '" + scope.name() + "'>"; });
  nb::class_<GraphBuilder> c(
      m, "GraphBuilder", nb::dynamic_attr(), nb::is_weak_referenceable(),
      R"(A graph under construction; node for node as TensorFlow 1.15.5 builds it.

Copies of it, and the graph of its tensors, are the same graph. Errors while it is built are ValueError, TypeError, KeyError
and RuntimeError, as TensorFlow raises them.

>>> import icecore
>>> graph = icecore.GraphBuilder()
>>> x = graph.placeholder('float32', [None, 2], name='x')
>>> graph.apply_op('MatMul', [x, [[1.0], [2.0]]], name='y').output()
<icecore.Output 'y:0' shape=[?,1] dtype=float32>
>>> [op.name for op in graph.operations()]
['x', 'y/b', 'y'])");
  c.def(nb::init<>(), "A graph without nodes.")
      .def(
          "__eq__",
          [](const GraphBuilder& a, nb::handle b) -> nb::object {
            if (!nb::isinstance<GraphBuilder>(b)) return nb::borrow(Py_NotImplemented);
            return nb::bool_(a == nb::cast<const GraphBuilder&>(b));
          },
          nb::sig("def __eq__(self, arg: object, /) -> bool"))
      .def("__hash__", [](const GraphBuilder& g) { return std::hash<const void*>()(&g.data()); })
      .def("__repr__", [](const GraphBuilder& g) {
        return "<icecore.GraphBuilder of " + std::to_string(g.num_operations()) + " operations>";
      });
  bind_nodes(c);
  bind_graph_contents(c);
  bind_scopes(c);
  bind_changes(c);
}

}  // namespace icecore::python
