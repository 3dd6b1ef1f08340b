// Branches and loops.
#include <icecore/control_flow.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "annotations.h"
#include "bindings.h"
#include "convert.h"
#include "scopes.h"

namespace icecore::python {
namespace {

using BranchArg = Taken<"collections.abc.Callable[[], collections.abc.Iterable[typing.Any]]">;
using ConditionArg =
    Taken<"collections.abc.Callable[[list[Output]], Output | Variable | numpy.typing.ArrayLike]">;
using BodyArg =
    Taken<"collections.abc.Callable[[list[Output]], collections.abc.Iterable[typing.Any]]">;
using InputsArg = Taken<"collections.abc.Iterable[Output | Variable | numpy.typing.ArrayLike]">;
using ShapesArg = Taken<"collections.abc.Iterable[collections.abc.Sequence[int | None] | None]">;

Branch branch_of(nb::handle function) {
  return [function] {
    std::vector<BranchResult> results;
    for (const nb::object& result : items_of(function())) {
      if (nb::isinstance<Operation>(result)) {
        results.emplace_back(nb::cast<Operation>(result));
      } else {
        results.emplace_back(input_from(result));
      }
    }
    return results;
  };
}

std::vector<Input> inputs_of(nb::handle values) {
  std::vector<Input> inputs;
  for (const nb::object& value : items_of(values)) inputs.push_back(input_from(value));
  return inputs;
}

std::vector<Output> while_loop_of(GraphBuilder& graph, ConditionArg condition, BodyArg body,
                                  InputsArg loop_vars, ShapesArg shape_invariants,
                                  std::int64_t parallel_iterations, bool back_prop,
                                  bool swap_memory, InputArg maximum_iterations, std::string name) {
  WhileLoopOptions options;
  if (!shape_invariants.is_none()) {
    for (const nb::object& shape : items_of(shape_invariants)) {
      options.shape_invariants.push_back(shape_from(shape));
    }
  }
  options.parallel_iterations = parallel_iterations;
  options.back_prop = back_prop;
  options.swap_memory = swap_memory;
  if (!maximum_iterations.is_none()) options.maximum_iterations = input_from(maximum_iterations);
  options.name = std::move(name);
  return while_loop(
      graph, [&](const std::vector<Output>& vars) { return input_from(condition(vars)); },
      [&](const std::vector<Output>& vars) { return inputs_of(body(vars)); }, inputs_of(loop_vars),
      options);
}

}  // namespace

void bind_control_flow(nb::module_& m) {
  nb::class_<ControlFlowContext>(m, "ControlFlowContext",
                                 "The branch or the loop in which operations are made.")
      .def_prop_ro("name", &ControlFlowContext::name, "'cond/cond_text', 'while/while_context'.")
      .def_prop_ro(
          "outer_context", &ControlFlowContext::outer,
          nb::for_getter(nb::sig("def outer_context(self, /) -> ControlFlowContext | None")),
          "The one around it, or None.")
      .def_prop_ro("is_cond", &ControlFlowContext::is_cond, "Whether it is a branch of a cond.")
      .def_prop_ro("is_while", &ControlFlowContext::is_while, "Whether it is a loop.")
      .def(
          "add_value",
          [](ControlFlowContext& c, GraphBuilder& graph, const Output& value) {
            return c.add_value(graph, value);
          },
          nb::arg("graph"), nb::arg("value"), "The tensor as it is seen inside.")
      .def(
          "enter",
          [](std::shared_ptr<ControlFlowContext> c, GraphBuilder& graph) {
            return Scope(enter_context(graph, std::move(c)));
          },
          nb::arg("graph"), "Nodes made until the scope is left are made inside.")
      .def("__repr__", [](const ControlFlowContext& c) {
        return std::string("<icecore.ControlFlowContext '") + c.name() +
               (c.is_while() ? "', a loop>" : "', a branch>");
      });
  m.def(
      "cond",
      [](GraphBuilder& graph, InputArg pred, BranchArg true_fn, BranchArg false_fn,
         std::string_view name) {
        return cond(graph, input_from(pred), branch_of(true_fn), branch_of(false_fn), name);
      },
      nb::arg("graph"), nb::arg("pred"), nb::arg("true_fn"), nb::arg("false_fn"),
      nb::arg("name") = "cond",
      "tf.cond: each function gives a list of tensors, values or operations. The list of the "
      "results.");
  m.def("while_loop", &while_loop_of, nb::arg("graph"), nb::arg("condition"), nb::arg("body"),
        nb::arg("loop_vars"), nb::arg("shape_invariants").none() = nb::none(),
        nb::arg("parallel_iterations") = 10, nb::arg("back_prop") = true,
        nb::arg("swap_memory") = false, nb::arg("maximum_iterations").none() = nb::none(),
        nb::arg("name") = "while",
        "tf.while_loop: the functions take a list of the loop variables, and give a bool and a "
        "list.");
}

}  // namespace icecore::python
