// Layers with their variables (tf.layers).
//
//   Output h = layers::conv2d(graph, image, 8, {3, 3}, {.padding = "SAME", .activation =
//   layers::activation("Relu")}); h = layers::dense(graph, layers::flatten(graph, h), 10, {.name =
//   "logits"});
//
// Without a name a layer is called after its kind: dense, dense_1, … A second layer of a name uses
// the first one's variables if `reuse` says so, and is a ValueError else. Names, nodes and
// collections are TensorFlow 1.15.5's.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>
#include <icecore/variable.h>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace icecore::inline v0::layers {  // NOLINT(modernize-concat-nested-namespaces)

using Activation = std::function<Output(GraphBuilder& graph, const Output& x)>;
// That of an op of one input: "Relu", "Tanh", "Sigmoid", "Softmax".
ICECORE_API Activation activation(std::string op);

struct DenseOptions {
  Activation activation = {};  // None: the values as they are.
  bool use_bias = true;
  std::optional<Initializer> kernel_initializer = {};  // None: the scope's, or glorot_uniform.
  std::optional<Initializer> bias_initializer = {};    // None: zeros.
  std::optional<Regularizer> kernel_regularizer = {}, bias_regularizer = {};
  bool trainable = true;
  std::string name = {};
  bool reuse = false;
};
// tf.layers.dense: activation(x * kernel + bias) along the last axis, whose size must be known. Of
// more than two dimensions all must be known (UNIMPLEMENTED else).
ICECORE_API Output dense(GraphBuilder& graph, const Output& x, std::int64_t units,
                         const DenseOptions& options = {});

using Size2 = std::array<std::int64_t, 2>;  // Rows, columns.

struct Conv2dOptions {
  Size2 strides = {1, 1};
  std::string padding = "VALID";  // Or "SAME".
  bool channels_first = false;
  Activation activation = {};
  bool use_bias = true;
  std::optional<Initializer> kernel_initializer = {}, bias_initializer = {};
  std::optional<Regularizer> kernel_regularizer = {}, bias_regularizer = {};
  bool trainable = true;
  std::string name = {};
  bool reuse = false;
};
// tf.layers.conv2d, without dilation.
ICECORE_API Output conv2d(GraphBuilder& graph, const Output& x, std::int64_t filters,
                          Size2 kernel_size, const Conv2dOptions& options = {});

struct Pooling2dOptions {
  std::string padding = "VALID";
  bool channels_first = false;
  std::string name = {};
};
// tf.layers.max_pooling2d, tf.layers.average_pooling2d.
ICECORE_API Output max_pooling2d(GraphBuilder& graph, const Output& x, Size2 pool_size,
                                 Size2 strides, const Pooling2dOptions& options = {});
ICECORE_API Output average_pooling2d(GraphBuilder& graph, const Output& x, Size2 pool_size,
                                     Size2 strides, const Pooling2dOptions& options = {});

// tf.layers.flatten: all dimensions but the first made one.
ICECORE_API Output flatten(GraphBuilder& graph, const Output& x, std::string_view name = {});

// tf.layers.dropout; x itself (an Identity of it) where it isn't for training.
ICECORE_API Output dropout(GraphBuilder& graph, const Output& x, double rate, bool training,
                           std::optional<std::int64_t> seed = {}, std::string_view name = {});

}  // namespace icecore::inline v0::layers
