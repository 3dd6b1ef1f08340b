// Gradients.
#include <icecore/gradients.h>
#include <nanobind/stl/vector.h>

#include "bindings.h"
#include "convert.h"

namespace icecore::python {

void bind_gradients(nb::module_& m) {
  m.def(
      "gradients",
      [](GraphBuilder& graph, const std::vector<Output>& ys, const std::vector<Output>& xs,
         std::vector<Output> grad_ys, std::string name, bool colocate, bool gate,
         std::vector<Output> stop_gradients) {
        GradientsOptions options;
        options.grad_ys = std::move(grad_ys);
        options.name = std::move(name);
        options.colocate_gradients_with_ops = colocate;
        options.gate_gradients = gate;
        options.stop_gradients = std::move(stop_gradients);
        nb::list results;
        for (const Gradient& gradient : gradients(graph, ys, xs, options)) {
          if (const auto* output = std::get_if<Output>(&gradient)) {
            results.append(nb::cast(*output));
          } else if (const auto* slices = std::get_if<IndexedSlices>(&gradient)) {
            results.append(nb::make_tuple(
                slices->values, slices->indices,
                slices->dense_shape ? nb::cast(*slices->dense_shape) : nb::object(nb::none())));
          } else {
            results.append(nb::none());
          }
        }
        return results;
      },
      nb::arg("graph"), nb::arg("ys"), nb::arg("xs"), nb::arg("grad_ys") = std::vector<Output>(),
      nb::arg("name") = "gradients", nb::arg("colocate_gradients_with_ops") = false,
      nb::arg("gate_gradients") = false, nb::arg("stop_gradients") = std::vector<Output>(),
      "One for each x: an Output, (values, indices, dense_shape or None) of slices, or None.");
}

}  // namespace icecore::python
