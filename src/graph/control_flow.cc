#include <icecore/control_flow.h>

namespace icecore::inline v0 {

ControlFlowContext::~ControlFlowContext() = default;

}  // namespace icecore::inline v0
