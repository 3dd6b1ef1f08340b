// Gradients of graphs (tf.gradients).
#pragma once

#include <icecore/export.h>
#include <icecore/gradient_context.h>
#include <icecore/graph_builder.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// A gradient function of the program.
using CustomGradient = std::function<void(GradientContext&)>;

struct GradientsOptions {
  std::vector<Output> grad_ys;  // Initial gradients, one for each y; empty: ones.
  std::string name = "gradients";
  bool colocate_gradients_with_ops = false;
  bool gate_gradients = false;  // GATE_OP's ties: all of an op's gradients before any is used.
  std::vector<Output> stop_gradients;
  // Asked for each op on the way: what it gives is called in the place of the op's own gradient
  // function; nothing means that one.
  std::function<CustomGradient(const Operation&)> custom_gradient = {};
};

// Adds nodes that compute the sum of the derivatives of the ys with respect to each x; a
// std::monostate where no y depends on it. Names, ops and the number of nodes are TensorFlow
// 1.15.5's. INVALID_ARGUMENT (LookupError) where an op on the way has no gradient function.
ICECORE_API std::vector<Gradient> gradients(GraphBuilder& graph, const std::vector<Output>& ys,
                                            const std::vector<Output>& xs,
                                            const GradientsOptions& options = {});

}  // namespace icecore::inline v0
