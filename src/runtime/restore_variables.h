// Variables of a model file, read into a Session.
#pragma once

#include <icecore/checkpoint.h>
#include <icecore/graph.h>
#include <icecore/session.h>

#include "model/meta_graph.h"

namespace icecore::inline v0 {

// Puts the checkpoint's values into the variables among the nodes of `needed`, by the keys that the
// graph's Saver gives them. NOT_FOUND names all that the checkpoint lacks, with the nearest names.
void restore_variables(const MetaGraph& meta, const Checkpoint& checkpoint, const Graph& needed,
                       Session& session);

}  // namespace icecore::inline v0
