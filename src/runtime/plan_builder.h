// Compiles what is asked of a graph into a plan.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/graph_nodes.h"
#include "runtime/plan.h"
#include "runtime/session_kernels.h"

namespace icecore::inline v0 {

// What one run asks for, by names.
struct RunRequest {
  std::vector<std::string> feeds;    // Tensors.
  std::vector<std::string> fetches;  // Tensors, or operations.
  std::vector<std::string> targets;  // Operations.
};

// NOT_FOUND, INVALID_ARGUMENT or UNIMPLEMENTED as Session says.
std::shared_ptr<const Plan> build_plan(GraphNodes& nodes, SessionKernels& kernels,
                                       const RunRequest& request);

}  // namespace icecore::inline v0
