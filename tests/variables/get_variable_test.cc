#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/error.h>
#include <icecore/math.h>
#include <icecore/variable.h>

#include "graph/builder_data.h"
#include "graph/failure.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

using Ints = std::vector<int>;

// The twin of make_initializers in tests/golden/built_graphs.py.
TEST(Initializers, MakeTensorFlowsNodes) {
  GraphBuilder graph(standard_ops());
  graph.set_random_seed(3);
  const auto get = [&](std::string_view name, const Shape& shape,
                       std::optional<Initializer> initializer = {},
                       std::optional<DType> dtype = {}) {
    get_variable(graph, name, shape, {.dtype = dtype, .initializer = std::move(initializer)});
  };
  get("zeros", {3}, zeros_initializer());
  get("many", {50, 20}, zeros_initializer());
  get("ones", {2}, ones_initializer(), DType::kInt32);
  get("constant", {2, 2}, constant_initializer(0.5));
  get("large", {100, 100}, constant_initializer(0.5));
  get("list", {3}, constant_initializer(Tensor::of(Shape({3}), {1, 2, 3})));
  get("matrix", {2, 2}, constant_initializer(Tensor::of(Shape({2}), {1, 2})), DType::kFloat64);
  get("uniform", {2}, random_uniform_initializer(-1, 1));
  get("uniform_default", {2}, random_uniform_initializer(0, 1, 4));
  get("uniform_int", {2}, random_uniform_initializer(0, 10), DType::kInt32);
  get("normal", {2}, random_normal_initializer(0, 0.1, 2));
  get("truncated", {2}, truncated_normal_initializer(1.0, 2.0));
  get("fan_in", {3, 4}, variance_scaling_initializer());
  get("fan_out", {3, 4},
      variance_scaling_initializer(2.0, FanMode::kOut, ScalingDistribution::kUntruncatedNormal));
  get("fan_avg", {5, 5, 3, 4},
      variance_scaling_initializer(2.0, FanMode::kAverage, ScalingDistribution::kUniform, 9));
  get("glorot", {5, 5, 3, 4});
  get("glorot_vector", {7});
  get("glorot_normal", {3, 2}, glorot_normal_initializer());
  get("glorot_double", {3, 2}, glorot_uniform_initializer(1), DType::kFloat64);
  get("int", {2}, {}, DType::kInt64);
  get("bool", Shape(), {}, DType::kBool);
  get("string", {1}, {}, DType::kString);
  get_variable(graph, "value", Ints{1, 2, 3});
  get_variable(graph, "typed", 2.0, {.dtype = DType::kFloat32});
  get_variable(graph, "tensor", fill(graph, Ints{2}, 3));
  get_variable(graph, "resource", Shape({3}), {.use_resource = true});
  get("own", {2, 2},
      [](GraphBuilder& g, const Shape& shape, DType dtype) { return ones(g, shape, dtype) * 2; });
  EXPECT_EQ(difference_from_file("golden/built/initializers.pb", graph), "");
}

TEST(Initializers, OfConstantsTakeNoMoreThanTheShape) {
  GraphBuilder graph(standard_ops());
  const Initializer three = constant_initializer(Tensor::of(Shape({3}), {1, 2, 3}));
  EXPECT_EQ(failure([&] { get_variable(graph, "v", Shape({2}), {.initializer = three}); }),
            "ValueError: Too many elements provided. Needed at most 2, but received 3");
  EXPECT_EQ(failure([&] {
              get_variable(graph, "n", Shape({2}),
                           {.dtype = DType::kInt32, .initializer = constant_initializer(0.5)});
            }),
            "TypeError: Expected int32, got 0.500000 of type 'float' instead.");
}

TEST(GetVariable, GivesTheSameWhereItIsReused) {
  GraphBuilder graph(standard_ops());
  const Variable v = get_variable(graph, "v", Shape({1}));
  EXPECT_TRUE(failure([&] { get_variable(graph, "v", Shape({1})); })
                  .starts_with("ValueError: Variable v already exists, disallowed. Did you mean to "
                               "set reuse=True or reuse=tf.AUTO_REUSE in VarScope? Originally "
                               "defined at:"));
  const int before = graph.num_operations();
  const ScopeGuard scope = variable_scope(graph, "", {.reuse = Reuse::kTrue});
  EXPECT_EQ(get_variable(graph, "v", Shape({1})), v);
  EXPECT_EQ(get_variable(graph, "v"), v);
  EXPECT_EQ(graph.num_operations(), before);
  EXPECT_EQ(failure([&] { get_variable(graph, "v", Shape({2})); }),
            "ValueError: Trying to share variable v, but specified shape (2,) and found shape "
            "(1,).");
  EXPECT_EQ(failure([&] { get_variable(graph, "v", Shape({1}), {.dtype = DType::kInt32}); }),
            "ValueError: Trying to share variable v, but specified dtype int32 and found dtype "
            "float32.");
  EXPECT_EQ(failure([&] { get_variable(graph, "w", Shape({1})); }),
            "ValueError: Variable w does not exist, or was not created with tf.get_variable(). Did "
            "you mean to set reuse=tf.AUTO_REUSE in VarScope?");
}

TEST(GetVariable, WantsAShapeOrAValue) {
  GraphBuilder graph(standard_ops());
  EXPECT_TRUE(failure([&] {
                get_variable(graph, "v");
              }).starts_with("ValueError: The initializer passed is not valid."));
  EXPECT_EQ(failure([&] { get_variable(graph, "v", 1.0, {.dtype = DType::kInt32}); }),
            "ValueError: Initializer type '<dtype: 'float32'>' and explicit dtype '<dtype: "
            "'int32'>' don't match.");
  EXPECT_EQ(failure([&] { get_variable(graph, "c", Shape({1}), {.dtype = DType::kComplex64}); }),
            "ValueError: An initializer for variable c of <dtype: 'complex64'> is required");
}

TEST(Graphs, AreFreedWithTheirVariables) {
  std::weak_ptr<BuilderData> kept;
  {
    GraphBuilder graph(standard_ops());
    kept = graph.operation(graph.no_op().id()).graph().data().weak_from_this();
    const ScopeGuard scope = variable_scope(graph, "s", {.initializer = ones_initializer()});
    get_variable(graph, "v", Shape({2}), {.regularizer = l2_regularizer(0.1)});
    get_partitioned_variable(graph, "p", Shape({2}), {.partitioner = fixed_size_partitioner(2)});
  }
  EXPECT_TRUE(kept.expired());
}

}  // namespace
}  // namespace icecore::inline v0
