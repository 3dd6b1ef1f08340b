// Parts of neural networks: functions of TensorFlow's tf.nn that add several nodes.
//
// Those of one op each are in icecore/ops.h (ops::conv2d, ops::relu, …). As there, `name` is a name
// scope's; empty, it is the function's own.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// tf.nn.bias_add; the format is that of the op ("NHWC", "NCHW").
ICECORE_API Output bias_add(GraphBuilder& graph, const Input& value, const Input& bias,
                            std::string_view name = {}, std::string_view data_format = "NHWC");
// tf.nn.xw_plus_b.
ICECORE_API Output xw_plus_b(GraphBuilder& graph, const Input& x, const Input& weights,
                             const Input& biases, std::string_view name = {});

struct DropoutOptions {
  std::optional<Output> noise_shape = {};  // That of x where there is none.
  std::optional<std::int64_t> seed = {};
  std::string name = {};
};
// tf.nn.dropout(rate = …): sets elements to 0 with that probability, and scales the others by
// 1 / (1 - rate). ValueError outside [0, 1), and where x isn't of floats. Rate 0 gives x itself.
ICECORE_API Output dropout(GraphBuilder& graph, const Input& x, const Input& rate,
                           const DropoutOptions& options = {});
// tf.nn.dropout(keep_prob = …).
ICECORE_API Output dropout_keeping(GraphBuilder& graph, const Input& x, const Input& keep_prob,
                                   const DropoutOptions& options = {});

// tf.nn.sigmoid_cross_entropy_with_logits.
ICECORE_API Output sigmoid_cross_entropy_with_logits(GraphBuilder& graph, const Input& labels,
                                                     const Input& logits,
                                                     std::string_view name = {});
// tf.nn.softmax_cross_entropy_with_logits: no gradient goes into the labels; with _v2 it does. The
// classes lie along the last axis.
ICECORE_API Output softmax_cross_entropy_with_logits(GraphBuilder& graph, const Input& labels,
                                                     const Input& logits,
                                                     std::string_view name = {});
ICECORE_API Output softmax_cross_entropy_with_logits_v2(GraphBuilder& graph, const Input& labels,
                                                        const Input& logits,
                                                        std::string_view name = {});
// tf.nn.sparse_softmax_cross_entropy_with_logits: labels are numbers of classes, of one rank less
// than the logits.
ICECORE_API Output sparse_softmax_cross_entropy_with_logits(GraphBuilder& graph,
                                                            const Input& labels,
                                                            const Input& logits,
                                                            std::string_view name = {});

struct Moments {
  Output mean, variance;
};
// tf.nn.moments.
ICECORE_API Moments moments(GraphBuilder& graph, const Output& x,
                            const std::vector<std::int64_t>& axes, bool keepdims = false,
                            std::string_view name = {});
// tf.nn.batch_normalization.
ICECORE_API Output batch_normalization(GraphBuilder& graph, const Output& x, const Input& mean,
                                       const Input& variance, const std::optional<Input>& offset,
                                       const std::optional<Input>& scale, double variance_epsilon,
                                       std::string_view name = {});

}  // namespace icecore::inline v0
