// Clipping against TensorFlow 1.15.5 (tests/golden/training.py).
#include <gtest/gtest.h>
#include <icecore/clip.h>
#include <icecore/optimizers.h>

#include "graph/failure.h"
#include "train/training_golden.h"

namespace icecore::inline v0 {
namespace {

TEST(Clipping, IsTensorFlowsNodeForNode) {
  GraphBuilder graph(standard_ops());
  const Output loss = golden_network(graph, false);
  get_variable(graph, "idle", Shape({1}), {.initializer = zeros_initializer()});
  AdamOptimizer adam(0.1);
  GradientsAndVariables pairs = adam.compute_gradients(loss);
  std::vector<Gradient> gradients;
  for (const GradientAndVariable& pair : pairs) gradients.push_back(pair.gradient);
  const ClippedByGlobalNorm clipped = clip_by_global_norm(graph, gradients, 0.5);
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i].gradient = clipped.tensors[i];
  EXPECT_TRUE(std::holds_alternative<std::monostate>(clipped.tensors[3]));
  const Operation train = adam.apply_gradients(pairs, {.name = "go"});
  const Output dense = std::get<Output>(gradients[1]);
  const auto slices = std::get<IndexedSlices>(gradients[0]);
  clip_by_norm(graph, dense, 0.25, {.name = "one"});
  clip_by_norm(graph, dense, 0.25, {.axes = Input(std::vector<int>{1})});
  clip_by_norm(graph, slices, 0.25);
  clip_by_value(graph, dense, -0.1, 0.1, "between");
  EXPECT_EQ(clip_by_value(graph, slices, -0.1, 0.1).indices, slices.indices);
  clip_by_average_norm(graph, dense, 0.25);
  EXPECT_EQ(difference_from_golden("by_hand", graph), "");
  EXPECT_EQ(difference_after_training("by_hand", graph, 2, {train}), "");
}

TEST(Clipping, RefusesBoundsThatMakeMoreOfATensor) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.constant(Tensor::of<float>(Shape({2}), {1, 2}));
  const Tensor bounds = Tensor::of<float>(Shape({3, 1}), {1, 2, 3});
  EXPECT_EQ(failure([&] { clip_by_value(graph, x, 0.0, bounds); }),
            "ValueError: Shapes (2,) and (3, 2) are not compatible");
  EXPECT_EQ(failure([&] { clip_by_norm(graph, x, bounds); }),
            "ValueError: Shapes (2,) and (3, 2) are not compatible");
  EXPECT_EQ(failure([&] { global_norm(graph, {Gradient()}); }),
            "ValueError: a norm of no tensors was asked for");
}

TEST(Clipping, GivesNaNWhereTheNormIsNotFinite) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.constant(Tensor::of<float>(Shape({2}), {1, INFINITY}));
  const ClippedByGlobalNorm clipped = clip_by_global_norm(graph, {x}, 1.0);
  Session session(graph);
  EXPECT_TRUE(std::isnan(session.run(std::get<Output>(clipped.tensors[0])).values<float>()[0]));
}

}  // namespace
}  // namespace icecore::inline v0
