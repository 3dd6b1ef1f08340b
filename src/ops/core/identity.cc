#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include "ops/core/core_ops.h"

namespace icecore::inline v0 {
namespace {

void identity_shape(ShapeContext& c) {
  for (int i = 0; i < c.num_inputs(); ++i) {
    c.set_output(i, c.input(i));
    if (c.input_handle(i)) c.set_output_handle(i, *c.input_handle(i));
  }
}

Kernel identity_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    for (int i = 0; i < c.num_inputs(); ++i) c.set_output(i, c.take_input(i));
  });
}

Kernel ref_identity_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { c.set_output_reference(0, c.input_reference(0)); });
}

void identity_gradient(GradientContext& c) {
  for (int i = 0; i < c.op().num_inputs(); ++i) {
    const Gradient& gradient = c.output_gradient(i);
    if (const auto* dense = std::get_if<Output>(&gradient)) c.set(i, *dense);
    if (const auto* slices = std::get_if<IndexedSlices>(&gradient)) c.set(i, *slices);
  }
}

void prevented_gradient(GradientContext& c) {
  throw Error(
      Code::kInvalidArgument,
      "Gradient explicitly disabled. Reason: " + std::get<std::string>(c.op().attr("message")),
      Misuse::kLookup);
}

}  // namespace

const OpImplementation identity_op = {"Identity", identity_shape, identity_kernel,
                                      identity_gradient};
const OpImplementation identity_n_op = {"IdentityN", identity_shape, identity_kernel,
                                        identity_gradient};
const OpImplementation ref_identity_op = {"RefIdentity", identity_shape, ref_identity_kernel,
                                          identity_gradient};
const OpImplementation snapshot_op = {"Snapshot", identity_shape, identity_kernel};
const OpImplementation stop_gradient_op = {"StopGradient", identity_shape, identity_kernel,
                                           not_differentiable};
const OpImplementation prevent_gradient_op = {"PreventGradient", identity_shape, identity_kernel,
                                              prevented_gradient};

}  // namespace icecore::inline v0
