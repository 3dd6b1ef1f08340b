// Runs a plan.
#pragma once

#include <icecore/tensor.h>

#include <functional>
#include <vector>

#include "ops/run_services.h"
#include "runtime/plan.h"

namespace icecore::inline v0 {

// Nodes run on the calling thread as soon as what they wait for is there, first come, first served;
// kernels spread themselves over the pool, and asynchronous ones go on beside. One value for each
// of the plan's fetches; references among them are read when all is done (tf-rules 13).
//
// Errors are the kernels', with the node's name on a second line; CANCELLED where the run was given
// up. `poll` is called now and then on the calling thread: what it throws ends the run.
std::vector<Tensor> execute(const Plan& plan, const std::vector<Tensor>& feeds,
                            RunServices& services, const std::function<void()>& poll = {});

}  // namespace icecore::inline v0
