// The nodes that hand a variable's handle on to where it is read.
#pragma once

#include <icecore/dtype.h>
#include <icecore/graph.h>

#include <string_view>
#include <unordered_map>

namespace icecore::inline v0 {

// Identity and control flow nodes (Switch, Merge, Enter, Exit, NextIteration) between a VarHandleOp
// and a ReadVariableOp or ResourceGather, by name, with the dtype of the value that passes through
// them once the variable is a constant. UNIMPLEMENTED where a read leads to something else than
// a variable (a handle that is fed or a function's argument).
ICECORE_API std::unordered_map<std::string_view, DType> resource_chains(const Graph& graph);

}  // namespace icecore::inline v0
