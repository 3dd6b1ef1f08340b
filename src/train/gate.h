// Gradients that wait for each other.
#pragma once

#include <icecore/gradient_context.h>

#include <vector>

namespace icecore::inline v0 {

// control_flow_ops.tuple: nothing is used before all of them are computed. One at least must be
// there.
void gate_together(GraphBuilder& graph, std::vector<Gradient>& gradients);

}  // namespace icecore::inline v0
