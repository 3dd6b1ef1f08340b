// Gradients.
#include <icecore/gradients.h>
#include <nanobind/stl/vector.h>

#include "annotations.h"
#include "bindings.h"
#include "convert.h"
#include "raise.h"

namespace icecore::python {
namespace {

using CustomArg = Taken<
    "collections.abc.Callable[[Operation], collections.abc.Callable[[Operation, "
    "list[typing.Any]], collections.abc.Sequence[typing.Any]] | None]">;

// An Output, (values, indices, dense_shape or None), or None.
nb::object to_python(const Gradient& gradient) {
  if (const auto* output = std::get_if<Output>(&gradient)) return nb::cast(*output);
  if (const auto* slices = std::get_if<IndexedSlices>(&gradient)) {
    return nb::make_tuple(
        slices->values, slices->indices,
        slices->dense_shape ? nb::cast(*slices->dense_shape) : nb::object(nb::none()));
  }
  return nb::none();
}

void call(const nb::object& function, GradientContext& context) {
  nb::list gradients;
  for (int i = 0; i < context.op().num_outputs(); ++i) {
    gradients.append(to_python(context.output_gradient(i)));
  }
  const std::vector<nb::object> results = items_of(function(context.op(), gradients));
  if (static_cast<int>(results.size()) != context.op().num_inputs()) {
    raise_value_error("Num gradients " + std::to_string(results.size()) + " generated for op " +
                      context.op().name() + " do not match num inputs " +
                      std::to_string(context.op().num_inputs()));
  }
  for (int i = 0; i < context.op().num_inputs(); ++i) {
    const nb::object& result = results[static_cast<std::size_t>(i)];
    if (result.is_none()) continue;
    if (nb::isinstance<Output>(result)) {
      context.set(i, nb::cast<Output>(result));
      continue;
    }
    const std::vector<nb::object> parts = items_of(result);
    IndexedSlices slices{nb::cast<Output>(parts.at(0)), nb::cast<Output>(parts.at(1)), {}};
    if (!parts.at(2).is_none()) slices.dense_shape = nb::cast<Output>(parts[2]);
    context.set(i, std::move(slices));
  }
}

}  // namespace

void bind_gradients(nb::module_& m) {
  m.def(
      "gradients",
      [](GraphBuilder & graph, const std::vector<Output>& ys, const std::vector<Output>& xs,
         std::vector<Output> grad_ys, std::string name, bool colocate, bool gate,
         std::vector<Output> stop_gradients, CustomArg custom_gradient)
          -> Given<"list[Output | tuple[Output, Output, Output | None] | None]"> {
        GradientsOptions options;
        options.grad_ys = std::move(grad_ys);
        options.name = std::move(name);
        options.colocate_gradients_with_ops = colocate;
        options.gate_gradients = gate;
        options.stop_gradients = std::move(stop_gradients);
        if (!custom_gradient.is_none()) {
          options.custom_gradient = [&](const Operation& op) -> CustomGradient {
            nb::object function = custom_gradient(op);
            if (function.is_none()) return {};
            return [function](GradientContext& context) { call(function, context); };
          };
        }
        nb::list results;
        for (const Gradient& gradient : gradients(graph, ys, xs, options)) {
          results.append(to_python(gradient));
        }
        return nb::object(results);
      },
      nb::arg("graph"), nb::arg("ys"), nb::arg("xs"), nb::arg("grad_ys") = std::vector<Output>(),
      nb::arg("name") = "gradients", nb::arg("colocate_gradients_with_ops") = false,
      nb::arg("gate_gradients") = false, nb::arg("stop_gradients") = std::vector<Output>(),
      nb::arg("custom_gradient") = nb::none(),
      "One for each x: an Output, (values, indices, dense_shape or None) of slices, or None.\n"
      "`custom_gradient` is asked for each operation, and gives None or a function of the "
      "operation\n"
      "and the list of its outputs' gradients, which gives one for each input.");
}

}  // namespace icecore::python
