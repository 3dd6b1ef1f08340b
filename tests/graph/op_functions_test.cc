#include <gtest/gtest.h>
#include <icecore/ops.h>

#include "graph/graph_data.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {
namespace {

TEST(OpFunctions, AddTheOpWithTheAttributesThatWereGivenAndDefaultsForTheRest) {
  GraphBuilder graph{OpSet()};
  const Output x = graph.placeholder(DType::kFloat32, Shape({-1, 8, 8, 3}), "x");
  const Output w = graph.placeholder(DType::kFloat32, Shape({3, 3, 3, 4}), "w");
  const Output y = ops::conv2d(graph, x, w, {.strides = {{1, 2, 2, 1}}, .padding = "SAME"}, "conv");
  EXPECT_EQ(y.name(), "conv:0");
  EXPECT_EQ(y.op().type(), "Conv2D");
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(y.op().attr("strides")),
            (std::vector<std::int64_t>{1, 2, 2, 1}));
  EXPECT_EQ(std::get<std::string>(y.op().attr("data_format")), "NHWC");
}

TEST(OpFunctions, TakeValuesAsConstantsNamedAfterTheArgument) {
  GraphBuilder graph{OpSet()};
  const Output x = graph.placeholder(DType::kFloat32, Shape({2}), "x");
  const Output y = ops::mul(graph, x, 2);
  EXPECT_EQ(y.op().input(1).name(), "Mul/y:0");
  EXPECT_EQ(y.op().input(1).dtype(), DType::kFloat32);
}

TEST(OpFunctions, LetANumberStandFirst) {
  GraphBuilder graph{OpSet()};
  const Output x = graph.placeholder(DType::kFloat64, Shape({2}), "x");
  EXPECT_EQ(ops::sub(graph, 1, x).op().input(0).dtype(), DType::kFloat64);
}

TEST(OpFunctions, GiveAnOpsOutputsByName) {
  GraphBuilder graph{OpSet()};
  const Output x = graph.placeholder(DType::kFloat32, Shape({5}), "x");
  const ops::TopKV2Outputs top = ops::top_kv2(graph, x, 2);
  EXPECT_EQ(top.values.name(), "TopKV2:0");
  EXPECT_EQ(top.indices.name(), "TopKV2:1");
  EXPECT_EQ(top.indices.dtype(), DType::kInt32);
}

TEST(OpFunctions, TakeAndGiveLists) {
  GraphBuilder graph{OpSet()};
  const Output x = graph.placeholder(DType::kFloat32, Shape({4}), "x");
  const Output packed = ops::pack(graph, {x, x}, {.axis = 1});
  EXPECT_EQ(std::get<std::int64_t>(packed.op().attr("N")), 2);
  const std::vector<Output> parts = ops::split(graph, 0, x, {.num_split = 2});
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[1].name(), "Split:1");
  EXPECT_EQ(ops::no_op(graph).type(), "NoOp");
}

}  // namespace
}  // namespace icecore::inline v0
