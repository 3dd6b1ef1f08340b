// The signatures that a meta graph brings along (meta_graph.py: stripped_op_list_for_graph).
#pragma once

#include <icecore/export.h>
#include <icecore/graph.h>
#include <icecore/op_set.h>

#include "proto/piece.h"

namespace icecore::inline v0 {

// An OpList of the ops of the graph's nodes, and of the functions that they call, sorted by name.
// INVALID_ARGUMENT (ValueError) names every op that has no signature.
ICECORE_API Piece stripped_op_list(const Graph& graph, const OpSet& ops);

// The graph without attributes that have their op's default.
ICECORE_API Graph without_default_attrs(const Graph& graph, const OpSet& ops);
ICECORE_API Graph without_devices(const Graph& graph);

}  // namespace icecore::inline v0
