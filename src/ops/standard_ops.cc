#include "ops/standard_ops.h"

#include <icecore/graph_builder.h>

#include "ops/activations/activations_ops.h"
#include "ops/array/array_ops.h"
#include "ops/audio/audio_ops.h"
#include "ops/control_flow/control_flow_ops.h"
#include "ops/core/core_ops.h"
#include "ops/data_flow/data_flow_ops.h"
#include "ops/image/image_ops.h"
#include "ops/io/io_ops.h"
#include "ops/linalg/linalg_ops.h"
#include "ops/lookup/lookup_ops.h"
#include "ops/math/math_ops.h"
#include "ops/nn/nn_ops.h"
#include "ops/parsing/parsing_ops.h"
#include "ops/quantized/quantized_ops.h"
#include "ops/random/random_ops.h"
#include "ops/reduction/reduction_ops.h"
#include "ops/sparse/sparse_ops.h"
#include "ops/state/state_ops.h"
#include "ops/strings/strings_ops.h"
#include "ops/summary/summary_ops.h"
#include "ops/training/training_ops.h"

namespace icecore::inline v0 {

const OpSet& standard_ops() {
  static const OpSet ops = [] {
    OpSet all;
    all.add(activations_ops());
    all.add(array_ops());
    all.add(audio_ops());
    all.add(control_flow_ops());
    all.add(core_ops());
    all.add(data_flow_ops());
    all.add(image_ops());
    all.add(linalg_ops());
    all.add(lookup_ops());
    all.add(math_ops());
    all.add(nn_ops());
    all.add(io_ops());
    all.add(parsing_ops());
    all.add(quantized_ops());
    all.add(random_ops());
    all.add(reduction_ops());
    all.add(sparse_ops());
    all.add(state_ops());
    all.add(summary_ops());
    all.add(strings_ops());
    all.add(training_ops());
    return all;
  }();
  return ops;
}

// Declared in graph/, which knows no kernels (icecore/graph_builder.h).
GraphBuilder::GraphBuilder() : GraphBuilder(standard_ops()) {}

}  // namespace icecore::inline v0
