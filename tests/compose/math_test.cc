#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/error.h>
#include <icecore/math.h>
#include <icecore/variable.h>

#include "graph/failure.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

using Floats = std::vector<double>;

// The twin of make_arithmetic in tests/golden/built_graphs.py.
TEST(Operators, AreThoseOfTensorFlowsPython) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {2, 3}, "x");
  const Output n = graph.placeholder(DType::kInt32, {3}, "n");
  const Output s = graph.placeholder(DType::kString, Shape(), "s");
  const Variable v = make_variable(graph, Floats{1, 2, 3}, {.name = "v"});
  const Variable r = get_variable(graph, "r", Floats{1, 2, 3}, {.use_resource = true});
  x + x;
  x + 1;
  1 + x;
  x + Tensor::of(Shape({3}), {1.0, 2.0, 3.0});
  x - v;
  v - x;
  v - v;
  r + r;
  r* x;
  x* r;
  2 * r;
  x / 2;
  n / 2;
  3 / n;
  s + "tail";
  -x;
  -v;
  -r;
  {
    const ScopeGuard scope = graph.name_scope("scope");
    (x + v) * 2 - 1;
  }
  cast(graph, x, DType::kFloat32);
  cast(graph, x, DType::kInt32);
  cast(graph, 1.5, DType::kFloat64);
  cast(graph, v, DType::kInt64);
  cast(graph, v, DType::kFloat32);
  range(graph, 5);
  range(graph, 1, 10, 2);
  range(graph, 0.0, 1.0, 0.25);
  range(graph, 0, size(graph, n));
  range(graph, 0, cast(graph, size(graph, n), DType::kInt64));
  const Output a = graph.placeholder(DType::kFloat32, {3, 4}, "a");
  matmul(graph, x, a);
  matmul(graph, a, x, {.transpose_a = true, .transpose_b = true, .name = "both"});
  const Output many = graph.placeholder(DType::kFloat32, {5, 2, 3});
  matmul(graph, many, graph.placeholder(DType::kFloat32, {5, 3, 1}));
  matmul(graph, x, Tensor::of(Shape({3, 1}), {1.0F, 2.0F, 3.0F}));
  matmul(graph, graph.placeholder(DType::kFloat32), x, {.transpose_a = true});
  EXPECT_EQ(difference_from_file("golden/built/arithmetic.pb", graph), "");
}

TEST(Operators, RefuseWhatDoesNotFit) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {2}, "x");
  const Output n = graph.placeholder(DType::kInt32, {2}, "n");
  EXPECT_EQ(failure([&] { x + n; }),
            "TypeError: Input 'y' of 'AddV2' Op has type int32 that does not match type float32 of "
            "argument 'x'.");
  EXPECT_EQ(failure([&] { x / n; }),
            "TypeError: x and y must have the same dtype, got tf.float32 != tf.int32");
  EXPECT_EQ(failure([&] { add_operator(1, 2); }),
            "TypeError: one of an operator's operands must be a tensor of a graph");
}

// The twin of make_reductions.
TEST(Reductions, AreMadeAsByTensorFlow) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {2, 3}, "x");
  const Output u = graph.placeholder(DType::kFloat32, Shape::unknown_rank(), "u");
  const Output b = graph.placeholder(DType::kBool, {4}, "b");
  const Variable v = make_variable(graph, Tensor::of(Shape({1, 2}), {1.0F, 2.0F}), {.name = "v"});
  const Variable r = get_variable(graph, "r", Floats{1, 2}, {.use_resource = true});
  reduce_sum(graph, x);
  reduce_sum(graph, x, {.axis = 1});
  reduce_sum(graph, x, {.axis = std::vector<int>{0, 1}, .keepdims = true});
  reduce_sum(graph, x, {.axis = -1, .name = "last"});
  reduce_sum(graph, u);
  reduce_mean(graph, v);
  reduce_mean(graph, r);
  reduce_mean(graph, x);
  reduce_max(graph, x, {.axis = 0});
  reduce_min(graph, x);
  reduce_prod(graph, shape(graph, x));
  reduce_all(graph, b);
  reduce_any(graph, b, {.axis = 0});
  reduce_sum(graph, x, {.keepdims = true});
  EXPECT_EQ(difference_from_file("golden/built/reductions.pb", graph), "");
  EXPECT_EQ(reduce_sum(graph, u).shape(), Shape());
}

}  // namespace
}  // namespace icecore::inline v0
