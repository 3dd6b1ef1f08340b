// Variables to constants: graph in, graph out.
#pragma once

#include <icecore/graph.h>

#include <string>
#include <unordered_map>

#include "proto/piece.h"

namespace icecore::inline v0 {

// The graph with each variable of `values` (by node name, TensorProtos) as a Const, its reads as
// Identity, ResourceGather as GatherV2 (its `NAME/axis` right before it): the nodes and attributes
// of TensorFlow 1.15.5's convert_variables_to_constants, in its order. With `clear_devices` no node
// keeps a device. Everything else goes through as it is.
//
// UNIMPLEMENTED names a node that needs the variable itself (an assignment, a function that takes
// the handle): the graph wouldn't load.
ICECORE_API Graph convert_variables(const Graph& graph,
                                    const std::unordered_map<std::string, Piece>& values,
                                    bool clear_devices);

}  // namespace icecore::inline v0
