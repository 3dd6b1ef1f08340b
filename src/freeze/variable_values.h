// The values that variables are frozen with.
#pragma once

#include <icecore/checkpoint.h>

#include <string>
#include <string_view>
#include <unordered_map>

#include "graph/node_def.h"
#include "model/meta_graph.h"

namespace icecore::inline v0 {

// The constants that a graph's variables become, by node name: TensorProtos whose values lie in the
// checkpoint until they are written. Fixed-size values are stored as tensor_content, so that sizes
// follow from shapes.
//
// NOT_FOUND names every variable that the checkpoint lacks, INVALID_ARGUMENT every one whose dtype
// or shape there isn't the graph's.
ICECORE_API std::unordered_map<std::string, Piece> variable_values(const MetaGraph& meta,
                                                                   const Graph& pruned,
                                                                   const Checkpoint& checkpoint);

}  // namespace icecore::inline v0
