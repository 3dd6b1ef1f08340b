#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/error.h>
#include <icecore/math.h>
#include <icecore/variable.h>

#include "graph/failure.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

// The twin of make_partitioned in tests/golden/built_graphs.py.
TEST(PartitionedVariables, AreMadeAsByTensorFlow) {
  GraphBuilder graph(standard_ops());
  graph.set_random_seed(2);
  std::optional<PartitionedVariable> p;
  {
    const ScopeGuard scope =
        variable_scope(graph, "parts", {.partitioner = fixed_size_partitioner(3)});
    p = get_partitioned_variable(graph, "p", Shape({5, 2}));
    get_variable(graph, "scalar", Shape());
    get_partitioned_variable(graph, "value",
                             reshape(graph, range(graph, 8.0), std::vector<int>{4, 2}));
    const ScopeGuard reused = variable_scope(graph, "reused", {.reuse = Reuse::kAuto});
    const PartitionedVariable q =
        get_partitioned_variable(graph, "q", Shape({3}), {.initializer = zeros_initializer()});
    EXPECT_EQ(get_partitioned_variable(graph, "q", Shape({3})).parts, q.parts);
  }
  const PartitionedVariable columns =
      get_partitioned_variable(graph, "columns", Shape({2, 4}),
                               {.initializer = ones_initializer(),
                                .regularizer = l2_regularizer(0.5),
                                .partitioner = fixed_size_partitioner(2, 1)});
  const PartitionedVariable resource =
      get_partitioned_variable(graph, "resource", Shape({4}),
                               {.initializer = random_normal_initializer(0, 1, 1),
                                .use_resource = true,
                                .partitioner = fixed_size_partitioner(2)});
  const PartitionedVariable one = get_partitioned_variable(
      graph, "one", Shape({4}), {.partitioner = min_max_variable_partitioner(4)});
  const PartitionedVariable axis =
      get_partitioned_variable(graph, "axis", Shape({100, 3}),
                               {.initializer = constant_initializer(1.5),
                                .partitioner = variable_axis_size_partitioner(500)});
  {
    const ScopeGuard use = graph.name_scope("use");
    // What stands inside of a call in Python is made within its scope there; names are the same.
    graph.identity(p->as_tensor());
    graph.identity(p->as_tensor());
    graph.identity(columns.as_tensor());
    graph.identity(resource.as_tensor());
    graph.identity(one.as_tensor());
  }
  graph.apply_op("Add", {Input(axis.as_tensor()), Input(1.0)});
  EXPECT_EQ(difference_from_file("golden/built/partitioned.pb", graph), "");
}

TEST(PartitionedVariables, SayWhereTheirPartsLie) {
  GraphBuilder graph(standard_ops());
  const PartitionedVariable p = get_partitioned_variable(
      graph, "p", Shape({5, 2}), {.partitioner = fixed_size_partitioner(3)});
  EXPECT_EQ(p.name, "p");
  EXPECT_EQ(p.axis, 0);
  ASSERT_EQ(p.parts.size(), 3U);
  EXPECT_EQ(p.parts[0].data().save_slice->spec(), "5 2 0,2:0,2");
  EXPECT_EQ(p.parts[1].data().save_slice->spec(), "5 2 2,2:0,2");
  EXPECT_EQ(p.parts[2].data().save_slice->spec(), "5 2 4,1:0,2");
  EXPECT_EQ(p.parts[2].name(), "p/part_2:0");
  EXPECT_EQ(global_variables(graph), p.parts);
}

TEST(PartitionedVariables, AreNoOthers) {
  GraphBuilder graph(standard_ops());
  const GetVariableOptions two{.partitioner = fixed_size_partitioner(2)};
  get_partitioned_variable(graph, "p", Shape({4}), two);
  EXPECT_TRUE(failure([&] { get_variable(graph, "p", Shape({4})); })
                  .starts_with("ValueError: No partitioner was provided, but a partitioned version "
                               "of the variable was found: p/part_0."));
  EXPECT_EQ(failure([&] { get_partitioned_variable(graph, "p", Shape({4}), two); }),
            "ValueError: Partitioned variable with name p already exists. Did you mean to set "
            "reuse=True or reuse=tf.AUTO_REUSE in VarScope?");
  get_variable(graph, "v", Shape({4}));
  EXPECT_TRUE(failure([&] { get_partitioned_variable(graph, "v", Shape({4}), two); })
                  .starts_with("ValueError: A partitioner was provided, but an unpartitioned "
                               "version of the variable was found: v."));
  EXPECT_EQ(failure([&] { get_partitioned_variable(graph, "q", Shape({4})); }),
            "ValueError: No partitioner was specified");
  EXPECT_EQ(failure([&] { get_variable(graph, "q", Shape({4}), two); }),
            "ValueError: the variable 'q' is partitioned: get_partitioned_variable() gives it");
}

TEST(PartitionedVariables, AreReusedInTheSameParts) {
  GraphBuilder graph(standard_ops());
  const GetVariableOptions two{.partitioner = fixed_size_partitioner(2)};
  const PartitionedVariable p = get_partitioned_variable(graph, "p", Shape({4}), two);
  const ScopeGuard scope = variable_scope(graph, "", {.reuse = Reuse::kTrue});
  EXPECT_EQ(get_partitioned_variable(graph, "p").parts, p.parts);
  EXPECT_EQ(failure([&] {
              get_partitioned_variable(graph, "p", Shape({4}),
                                       {.partitioner = fixed_size_partitioner(4)});
            }),
            "ValueError: Trying to reuse partitioned variable p, but specified partitions [4] and "
            "found partitions [2].");
  EXPECT_EQ(
      failure([&] { get_partitioned_variable(graph, "p", Shape({6}), two); }),
      "ValueError: Trying to reuse partitioned variable p, but specified shape (6,) and found "
      "shape (4,).");
  EXPECT_TRUE(failure([&] {
                get_partitioned_variable(graph, "q", Shape({4}), two);
              }).starts_with("ValueError: PartitionedVariable q does not exist"));
}

TEST(Partitioners, MustFitTheShape) {
  GraphBuilder graph(standard_ops());
  const auto with = [&](std::vector<std::int64_t> partitions, const Shape& shape) {
    return failure([&] {
      get_partitioned_variable(graph, "p", shape,
                               {.partitioner = [&](const Shape&, DType) { return partitions; }});
    });
  };
  EXPECT_EQ(with({2}, {4, 4}),
            "ValueError: Partitioner returned a partition list that does not match the Variable's "
            "rank: [2] vs. (4, 4)");
  EXPECT_EQ(with({2, 2}, {4, 4}),
            "ValueError: Can only slice a variable along one dimension: shape: (4, 4), "
            "partitioning: [2, 2]");
  EXPECT_EQ(with({0, 1}, {4, 4}),
            "ValueError: Partitioner returned zero partitions for some axes: [0, 1]");
  EXPECT_EQ(with({}, Shape()),
            "ValueError: A partitioned Variable must have rank at least 1, shape: ()");
  EXPECT_EQ(with({2}, Shape::unknown_rank()),
            "ValueError: Shape of a new partitioned variable must be fully defined, but instead "
            "was <unknown>.");
}

TEST(Partitioners, CountParts) {
  using Parts = std::vector<std::int64_t>;
  EXPECT_EQ(fixed_size_partitioner(10, 1)({4, 3}, DType::kFloat32), (Parts{1, 3}));
  EXPECT_EQ(min_max_variable_partitioner(5, 0, 1024)({1024, 1}, DType::kFloat32), (Parts{4, 1}));
  EXPECT_EQ(min_max_variable_partitioner(3, 0, 1024)({1024, 1}, DType::kFloat32), (Parts{3, 1}));
  EXPECT_EQ(min_max_variable_partitioner(100, 0, 16)({3, 9}, DType::kString), (Parts{3, 1}));
  EXPECT_EQ(variable_axis_size_partitioner(64)({4, 8}, DType::kFloat32), (Parts{2, 1}));
  EXPECT_EQ(variable_axis_size_partitioner(1)({4, 8}, DType::kFloat32), (Parts{4, 1}));
  EXPECT_EQ(variable_axis_size_partitioner(1, 0, 16, 3)({4, 8}, DType::kFloat32), (Parts{3, 1}));
  EXPECT_EQ(failure([] { fixed_size_partitioner(2, 1)({4}, DType::kFloat32); }),
            "ValueError: Can not partition variable along axis 1 when shape is only [4]");
}

}  // namespace
}  // namespace icecore::inline v0
