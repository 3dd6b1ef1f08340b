#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/error.h>
#include <icecore/math.h>
#include <icecore/random.h>

#include "graph/failure.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

using Ints = std::vector<std::int64_t>;

// The twin of make_arrays in tests/golden/built_graphs.py.
TEST(Arrays, AreMadeAsByTensorFlow) {
  GraphBuilder graph(standard_ops());
  zeros(graph, Shape({2, 3}));
  zeros(graph, Shape(), DType::kInt64, "none");
  zeros(graph, Shape({0, 5000}));
  zeros(graph, Shape({10, 99}), DType::kBool);
  zeros(graph, Shape({10, 100}));
  ones(graph, Shape({1000}), DType::kInt32, "many");
  zeros(graph, Shape({2}), DType::kString);
  const Output x = graph.placeholder(DType::kFloat32, {-1, 4}, "x");
  const Output known = graph.placeholder(DType::kFloat64, {30, 40}, "known");
  zeros(graph, shape(graph, x));
  ones(graph, size(graph, x), DType::kFloat32, "by_size");
  zeros_like(graph, x);
  zeros_like(graph, x, DType::kInt32);
  zeros_like(graph, known);
  ones_like(graph, x);
  ones_like(graph, known, DType::kFloat32);
  fill(graph, std::vector<int>{2, 2}, 7);
  shape(graph, known);
  shape(graph, x, DType::kInt64);
  rank(graph, x);
  rank(graph, graph.placeholder(DType::kFloat32, Shape::unknown_rank(), "unknown"));
  size(graph, known);
  reshape(graph, x, std::vector<int>{-1});
  concat(graph, {x, x}, 1);
  concat(graph, {x}, 0);
  slice(graph, x, std::vector<int>{0, 1}, std::vector<int>{-1, 2});
  subscript(graph, shape(graph, x), 0);
  subscript(graph, shape(graph, x), 1, {});
  subscript(graph, shape(graph, x), {}, 1);
  squeeze(graph, zeros(graph, Shape({1, 3})), {0});
  boolean_mask(graph, known, graph.placeholder(DType::kBool, {30}, "mask"));
  boolean_mask(graph, x, graph.placeholder(DType::kBool, {-1, 4}, "mask2"));
  EXPECT_EQ(difference_from_file("golden/built/arrays.pb", graph), "");
}

TEST(Arrays, KeepTheStaticShape) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {-1, 4, 5}, "x");
  const Output masked = boolean_mask(graph, x, graph.placeholder(DType::kBool, {3, 4}, "mask"));
  EXPECT_EQ(masked.shape(), Shape({-1, 5}));
  EXPECT_EQ(ones_like(graph, x).shape(), x.shape());
  EXPECT_EQ(zeros(graph, Shape({10, 100})).shape(), Shape({10, 100}));
}

TEST(BooleanMask, WantsAMaskOfKnownRank) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {3}, "x");
  EXPECT_EQ(failure([&] { boolean_mask(graph, x, graph.placeholder(DType::kBool, Shape())); }),
            "ValueError: mask cannot be scalar.");
  EXPECT_TRUE(failure([&] {
                boolean_mask(graph, x, graph.placeholder(DType::kBool));
              }).starts_with("ValueError: Number of mask dimensions must be specified"));
}

// The twin of make_random.
TEST(Random, IsMadeAsByTensorFlow) {
  GraphBuilder graph(standard_ops());
  random_uniform(graph, Shape({2, 3}));
  graph.set_random_seed(5);
  random_uniform(graph, Shape({2, 3}), -1, 1, {.seed = 7});
  random_uniform(graph, Shape({4}), 0, 10, {.dtype = DType::kInt32});
  random_uniform(graph, Shape({4}), 0, 3, {.dtype = DType::kInt64, .name = "longs"});
  random_uniform(graph, Shape(), 1.0, 2.0, {.dtype = DType::kFloat64});
  random_normal(graph, Shape({3}));
  random_normal(graph, Shape({3, 1}), 1, 2,
                {.dtype = DType::kFloat16, .seed = 3, .name = "halves"});
  truncated_normal(graph, Shape({2, 2}), 0.0, 0.1);
  random_uniform(graph, shape(graph, graph.placeholder(DType::kFloat32, {-1, 2})));
  EXPECT_EQ(difference_from_file("golden/built/random.pb", graph), "");
}

TEST(Random, HasNoOtherTypes) {
  GraphBuilder graph(standard_ops());
  EXPECT_EQ(failure([&] { random_uniform(graph, Shape({2}), 0, 1, {.dtype = DType::kInt8}); }),
            "ValueError: Invalid dtype tf.int8");
}

}  // namespace
}  // namespace icecore::inline v0
