#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/losses.h>
#include <icecore/math.h>
#include <icecore/variable.h>

#include "graph/failure.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

using losses::Reduction;

// The twin of make_losses in tests/golden/built_graphs.py.
TEST(Losses, AreMadeAsByTensorFlow) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {4, 3}, "x");
  const Output y = graph.placeholder(DType::kFloat32, {4, 3}, "y");
  losses::mean_squared_error(graph, y, x);
  losses::mean_squared_error(graph, y, x, {.weights = 0.5, .scope = "half"});
  losses::mean_squared_error(graph, y, x,
                             {.weights = graph.placeholder(DType::kFloat32, {4, 1}, "weights")});
  losses::mean_squared_error(graph, y, x, {.reduction = Reduction::kSum});
  losses::mean_squared_error(graph, y, x, {.reduction = Reduction::kMean});
  losses::mean_squared_error(graph, y, x, {.loss_collection = "", .reduction = Reduction::kNone});
  losses::mean_squared_error(graph, y, x, {.reduction = Reduction::kSumOverBatchSize});
  losses::mean_squared_error(graph, y, cast(graph, x, DType::kFloat64));
  losses::absolute_difference(graph, y, x);
  losses::sigmoid_cross_entropy(graph, y, x);
  losses::sigmoid_cross_entropy(graph, y, x, 0.5);
  losses::softmax_cross_entropy(graph, y, x);
  losses::sparse_softmax_cross_entropy(graph, graph.placeholder(DType::kInt32, {4}, "classes"), x);
  losses::get_total_loss(graph);
  get_variable(graph, "w", Shape({3}), {.regularizer = l2_regularizer(0.1)});
  losses::get_total_loss(graph, true, "with_weights");
  EXPECT_EQ(difference_from_file("golden/built/losses.pb", graph), "");
}

// The twin of make_unknown_losses.
TEST(Losses, OfBatchesOfAnySizeAreMadeAsByTensorFlow) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {-1, 3}, "x");
  const Output y = graph.placeholder(DType::kFloat32, {-1, 3}, "y");
  losses::mean_squared_error(graph, y, x);
  losses::sparse_softmax_cross_entropy(graph, graph.placeholder(DType::kInt32, {-1}, "classes"), x);
  losses::softmax_cross_entropy(graph, y, x);
  EXPECT_EQ(difference_from_file("golden/built/unknown_losses.pb", graph), "");
}

TEST(Losses, RefuseWhatDoesNotFit) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {4, 3}, "x");
  const Output y = graph.placeholder(DType::kFloat32, {4, 2}, "y");
  EXPECT_EQ(failure([&] { losses::mean_squared_error(graph, y, x); }),
            "ValueError: Shapes [4,3] and [4,2] are incompatible");
  EXPECT_EQ(failure([&] { losses::mean_squared_error(graph, x, x, {.weights = y}); }),
            "ValueError: weights can not be broadcast to values. Mismatch at dim 1. "
            "values.shape=[4,3]. weights.shape=[4,2].");
  const Output three = graph.placeholder(DType::kFloat32, {3}, "three");
  EXPECT_EQ(failure([&] { losses::mean_squared_error(graph, x, x, {.weights = three}); }),
            "ValueError: weights can not be broadcast to values. values.rank=2. weights.rank=1. "
            "values.shape=[4,3]. weights.shape=[3].");
  const Output any = graph.placeholder(DType::kFloat32, {-1, 1}, "any");
  EXPECT_TRUE(failure([&] {
                losses::mean_squared_error(graph, x, x, {.weights = any});
              }).starts_with("UNIMPLEMENTED: weights of shape [?,1]"));
  GraphBuilder empty(standard_ops());
  EXPECT_TRUE(failure([&] { losses::get_total_loss(empty); }).starts_with("ValueError: inputs"));
}

}  // namespace
}  // namespace icecore::inline v0
