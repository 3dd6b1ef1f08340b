// The nodes that a Saver adds to its graph, node for node TensorFlow 1.15.5's (tf-rules 4).
#pragma once

#include <icecore/saver.h>

#include <vector>

#include "saver/saveables.h"

namespace icecore::inline v0 {

SaverDef add_saver_nodes(GraphBuilder& graph, const std::vector<SaveableTensor>& saveables,
                         const SaverOptions& options);

}  // namespace icecore::inline v0
