#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/error.h>
#include <icecore/math.h>
#include <icecore/nn.h>
#include <icecore/variable.h>

#include "graph/failure.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

// The twin of make_nn in tests/golden/built_graphs.py.
TEST(NeuralNetworks, AreMadeAsByTensorFlow) {
  GraphBuilder graph(standard_ops());
  graph.set_random_seed(1);
  const Output x = graph.placeholder(DType::kFloat32, {-1, 4}, "x");
  const Output labels = graph.placeholder(DType::kFloat32, {-1, 3}, "labels");
  const Output classes = graph.placeholder(DType::kInt64, {-1}, "classes");
  const Variable w = get_variable(graph, "w", Shape({4, 3}));
  const Variable b = get_variable(graph, "b", Shape({3}), {.initializer = zeros_initializer()});
  const Output logits = xw_plus_b(graph, x, w, b);
  xw_plus_b(graph, x, w, b, "scores");
  bias_add(graph, logits, b);
  dropout(graph, x, 0.4);
  dropout_keeping(graph, x, 0.75, {.seed = 3, .name = "drop"});
  dropout_keeping(graph, x, graph.placeholder(DType::kFloat32, Shape(), "keep"));
  dropout(graph, x, graph.placeholder(DType::kFloat32, Shape(), "rate"));
  dropout(graph, x, 0.0);
  sigmoid_cross_entropy_with_logits(graph, labels, logits);
  softmax_cross_entropy_with_logits(graph, labels, logits);
  softmax_cross_entropy_with_logits_v2(graph, labels, logits);
  const Output zero = zeros(graph, Shape({2, 5, 3}));
  softmax_cross_entropy_with_logits_v2(graph, zero, ones(graph, Shape({2, 5, 3})), "deep");
  sparse_softmax_cross_entropy_with_logits(graph, classes, logits);
  sparse_softmax_cross_entropy_with_logits(graph, std::vector<int>{1, 2},
                                           ones(graph, Shape({2, 3})), "xent");
  sparse_softmax_cross_entropy_with_logits(graph, Tensor::of(Shape({2, 1}), {1, 2}),
                                           ones(graph, Shape({2, 1, 3})), "deep_sparse");
  const auto [mean, variance] = moments(graph, x, {0});
  moments(graph, x, {0, 1}, true, "all");
  batch_normalization(graph, x, mean, variance, {}, {}, 1e-3);
  const Output offset = zeros(graph, Shape({4}));
  batch_normalization(graph, x, mean, variance, offset, ones(graph, Shape({4})), 1e-3, "bn");
  EXPECT_EQ(difference_from_file("golden/built/nn.pb", graph), "");
}

TEST(Dropout, WantsARateAndFloats) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {2}, "x");
  const Output n = graph.placeholder(DType::kInt32, {2}, "n");
  EXPECT_EQ(failure([&] { dropout(graph, x, 1.0); }),
            "ValueError: rate must be a scalar tensor or a float in the range [0, 1), got 1.0");
  EXPECT_TRUE(failure([&] {
                dropout(graph, n, 0.5);
              }).starts_with("ValueError: x has to be a floating point tensor"));
  EXPECT_EQ(dropout(graph, x, 0.0), x);
}

TEST(CrossEntropies, RefuseShapesThatDiffer) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {2, 3}, "x");
  const Output z = graph.placeholder(DType::kFloat32, {2, 4}, "z");
  EXPECT_EQ(failure([&] { sigmoid_cross_entropy_with_logits(graph, z, x); }),
            "ValueError: logits and labels must have the same shape ([2,3] vs [2,4])");
  EXPECT_EQ(failure([&] { sparse_softmax_cross_entropy_with_logits(graph, x, x); }),
            "ValueError: Rank mismatch: Rank of labels (received 2) should equal rank of logits "
            "minus 1 (received 2).");
}

}  // namespace
}  // namespace icecore::inline v0
