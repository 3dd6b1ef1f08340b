// Branches and loops.
#include <icecore/control_flow.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/vector.h>

#include "bindings.h"
#include "convert.h"
#include "scopes.h"

namespace icecore::python {
namespace {

Branch branch_of(const nb::object& function) {
  return [&function] {
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

}  // namespace

void bind_control_flow(nb::module_& m) {
  nb::class_<ControlFlowContext>(m, "ControlFlowContext",
                                 "The branch or the loop in which operations are made.")
      .def_prop_ro("name", &ControlFlowContext::name)
      .def_prop_ro("outer_context", &ControlFlowContext::outer)
      .def_prop_ro("is_cond", &ControlFlowContext::is_cond)
      .def_prop_ro("is_while", &ControlFlowContext::is_while)
      .def("add_value", [](ControlFlowContext& c, GraphBuilder& graph,
                           const Output& value) { return c.add_value(graph, value); })
      .def("enter", [](std::shared_ptr<ControlFlowContext> c, GraphBuilder& graph) {
        return Scope(enter_context(graph, std::move(c)));
      });
  m.def(
      "cond",
      [](GraphBuilder& graph, nb::handle pred, const nb::object& true_fn,
         const nb::object& false_fn, std::string_view name) {
        return cond(graph, input_from(pred), branch_of(true_fn), branch_of(false_fn), name);
      },
      nb::arg("graph"), nb::arg("pred"), nb::arg("true_fn"), nb::arg("false_fn"),
      nb::arg("name") = "cond",
      "tf.cond: each function gives a list of tensors, values or operations. The list of the "
      "results.");
}

}  // namespace icecore::python
