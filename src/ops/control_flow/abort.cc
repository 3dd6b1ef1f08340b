// Abort ends TensorFlow's process; here it ends the run, since the process isn't the graph's.
#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include "ops/control_flow/control_flow_ops.h"

namespace icecore::inline v0 {
namespace {

Kernel abort_kernel(const NodeInfo& node) {
  std::string message = node.string_attr("error_msg");
  if (message.empty()) message = "Abort";
  return Kernel([message](KernelContext&) { throw Error(Code::kAborted, message); });
}

}  // namespace

const OpImplementation abort_op = {"Abort", no_outputs, abort_kernel};

}  // namespace icecore::inline v0
