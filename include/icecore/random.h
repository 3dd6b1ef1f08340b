// Random tensors: functions of TensorFlow's Python that add several nodes.
//
// Values depend on the graph's seed and the op's (GraphBuilder::op_seeds); with neither they differ
// from run to run.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <cstdint>
#include <optional>
#include <string>

namespace icecore::inline v0 {

struct RandomOptions {
  DType dtype = DType::kFloat32;
  std::optional<std::int64_t> seed = {};
  std::string name = {};
};

// tf.random_uniform: from `minval` up to `maxval`, which isn't reached. Ints need both.
ICECORE_API Output random_uniform(GraphBuilder& graph, const Shape& shape, const Input& minval = 0,
                                  const Input& maxval = 1, const RandomOptions& options = {});
ICECORE_API Output random_uniform(GraphBuilder& graph, const Output& shape, const Input& minval = 0,
                                  const Input& maxval = 1, const RandomOptions& options = {});
// tf.random_normal.
ICECORE_API Output random_normal(GraphBuilder& graph, const Shape& shape, const Input& mean = 0.0,
                                 const Input& stddev = 1.0, const RandomOptions& options = {});
ICECORE_API Output random_normal(GraphBuilder& graph, const Output& shape, const Input& mean = 0.0,
                                 const Input& stddev = 1.0, const RandomOptions& options = {});
// tf.truncated_normal: what is farther than two standard deviations from the mean is drawn again.
ICECORE_API Output truncated_normal(GraphBuilder& graph, const Shape& shape,
                                    const Input& mean = 0.0, const Input& stddev = 1.0,
                                    const RandomOptions& options = {});
ICECORE_API Output truncated_normal(GraphBuilder& graph, const Output& shape,
                                    const Input& mean = 0.0, const Input& stddev = 1.0,
                                    const RandomOptions& options = {});

}  // namespace icecore::inline v0
