#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/layers.h>

#include "graph/failure.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

// The twin of make_layers in tests/golden/built_graphs.py.
TEST(Layers, AreMadeAsByTensorFlow) {
  GraphBuilder graph(standard_ops());
  graph.set_random_seed(4);
  const Output image = graph.placeholder(DType::kFloat32, {-1, 12, 12, 1}, "image");
  Output h = layers::conv2d(graph, image, 8, {3, 3},
                            {.padding = "same", .activation = layers::activation("Relu")});
  h = layers::max_pooling2d(graph, h, {2, 2}, {2, 2});
  h = layers::conv2d(graph, h, 4, {3, 2},
                     {.strides = {2, 1},
                      .use_bias = false,
                      .kernel_initializer = ones_initializer(),
                      .name = "second"});
  h = layers::average_pooling2d(graph, h, {2, 2}, {1, 1}, {.padding = "same", .name = "mean"});
  h = layers::flatten(graph, h);
  EXPECT_EQ(h.shape(), Shape({-1, 40}));
  h = layers::dense(graph, h, 16, {.activation = layers::activation("Tanh")});
  h = layers::dropout(graph, h, 0.25, true);
  h = layers::dropout(graph, h, 0.25, false);
  layers::dense(graph, h, 3,
                {.bias_initializer = constant_initializer(0.5),
                 .kernel_regularizer = l2_regularizer(0.1),
                 .name = "logits"});
  layers::dense(graph, h, 3, {.name = "logits", .reuse = true});
  layers::dense(graph, h, 5);
  {
    const ScopeGuard scope = variable_scope(graph, "scope");
    layers::dense(graph, h, 5, {.use_bias = false});
    layers::dense(graph, h, 5);
  }
  layers::dense(graph, graph.placeholder(DType::kFloat32, {2, 3, 4}, "deep"), 5);
  layers::conv2d(graph, graph.placeholder(DType::kFloat32, {1, 3, 8, 8}, "first"), 2, {3, 3},
                 {.channels_first = true});
  layers::flatten(graph, graph.placeholder(DType::kFloat32, {2, 3, 4}, "known"));
  EXPECT_EQ(difference_from_file("golden/built/layers.pb", graph), "");
}

TEST(Layers, HaveTheirNamesForThemselves) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {-1, 4}, "x");
  layers::dense(graph, x, 2, {.name = "d"});
  EXPECT_TRUE(failure([&] {
                layers::dense(graph, x, 2, {.name = "d"});
              }).starts_with("ValueError: Variable d/kernel already exists, disallowed."));
  EXPECT_EQ(trainable_variables(graph).size(), 2U);
}

TEST(Layers, WantShapesThatTheyCanWorkWith) {
  GraphBuilder graph(standard_ops());
  const Output unknown = graph.placeholder(DType::kFloat32, {-1, -1}, "unknown");
  const Output vector = graph.placeholder(DType::kFloat32, {3}, "vector");
  EXPECT_EQ(failure([&] { layers::dense(graph, unknown, 2); }),
            "ValueError: The last dimension of the inputs to `Dense` should be defined. Found "
            "`None`.");
  EXPECT_TRUE(failure([&] {
                layers::conv2d(graph, vector, 2, {3, 3});
              }).starts_with("ValueError: Input 0 of layer conv2d is incompatible"));
  const Output image = graph.placeholder(DType::kFloat32, {1, 4, 4, 1}, "image");
  EXPECT_EQ(failure([&] {
              layers::conv2d(graph, image, 2, {3, 3}, {.padding = "full"});
            }),
            "ValueError: The `padding` argument must be one of \"valid\", \"same\". Received: "
            "full");
}

}  // namespace
}  // namespace icecore::inline v0
