#include "ops/standard_ops.h"

#include <icecore/graph_builder.h>

namespace icecore::inline v0 {

const OpSet& standard_ops() {
  static const OpSet ops = [] {
    OpSet all;
    return all;
  }();
  return ops;
}

// Declared in graph/, which knows no kernels (icecore/graph_builder.h).
GraphBuilder::GraphBuilder() : GraphBuilder(standard_ops()) {}

}  // namespace icecore::inline v0
