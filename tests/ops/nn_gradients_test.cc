// The nodes that gradient functions add, against tf.gradients of 1.15.5
// (tests/golden/nn_gradients.py).
#include <gtest/gtest.h>
#include <icecore/gradients.h>
#include <icecore/graph_builder.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ops/added_nodes.h"

namespace icecore::inline v0 {
namespace {

using Dims = std::vector<std::int64_t>;

struct Example {
  std::string title, op;
  std::vector<Dims> shapes;
  AttrList attrs;
  std::vector<int> which;  // Inputs that gradients are asked for; empty: all.
  int out = 0;
  std::vector<int> ints;  // Inputs that are int32.
};

std::string nodes_of(const Example& example) {
  GraphBuilder graph;
  std::vector<Output> inputs, wanted;
  std::vector<OpInput> arguments;
  for (std::size_t i = 0; i < example.shapes.size(); ++i) {
    const int index = static_cast<int>(i);
    const bool is_int = std::ranges::count(example.ints, index) > 0;
    inputs.push_back(
        graph.placeholder(is_int ? DType::kInt32 : DType::kFloat32, Shape(example.shapes[i])));
    arguments.emplace_back(inputs.back());
    if (example.which.empty() || std::ranges::count(example.which, index) > 0) {
      wanted.push_back(inputs.back());
    }
  }
  const Operation op = graph.apply_op(example.op, arguments, example.attrs, "op");
  const int before = graph.num_operations();
  gradients(graph, {op.output(example.out)}, wanted);
  return added_nodes(graph, before);
}

std::vector<Example> examples() {
  std::vector<Example> all;
  for (const bool a : {false, true}) {
    for (const bool b : {false, true}) {
      all.push_back({std::string("MatMul") + (a ? "1" : "0") + (b ? "1" : "0"),
                     "MatMul",
                     {{2, 2}, {2, 2}},
                     {{"transpose_a", a}, {"transpose_b", b}},
                     {},
                     0,
                     {}});
    }
  }
  const auto add = [&](const char* title, const char* op, std::vector<Dims> shapes,
                       AttrList attrs = {}, std::vector<int> which = {}, int out = 0,
                       std::vector<int> ints = {}) {
    all.push_back(
        {title, op, std::move(shapes), std::move(attrs), std::move(which), out, std::move(ints)});
  };
  add("BatchMatMulV2", "BatchMatMulV2", {{-1, 2, 3}, {3, 4}});
  add("BiasAdd", "BiasAdd", {{2, 3}, {3}});
  add("BiasAddV1", "BiasAddV1", {{2, 3}, {3}});
  add("BiasAddGrad", "BiasAddGrad", {{2, 3}});
  add("BiasAddGradNCHW", "BiasAddGrad", {{-1, 3, 4, 5}}, {{"data_format", "NCHW"}});
  const AttrList conv{{"strides", Dims{1, 1, 1, 1}}, {"padding", "SAME"}};
  add("Conv2D", "Conv2D", {{-1, 5, 5, 2}, {3, 3, 2, 4}}, conv);
  add("DepthwiseConv2dNative", "DepthwiseConv2dNative", {{-1, 5, 5, 2}, {3, 3, 2, 4}}, conv);
  const AttrList pool{
      {"ksize", Dims{1, 2, 2, 1}}, {"strides", Dims{1, 2, 2, 1}}, {"padding", "SAME"}};
  add("MaxPool", "MaxPool", {{-1, 5, 5, 2}}, pool);
  add("AvgPool", "AvgPool", {{-1, 5, 5, 2}}, pool);
  add("MaxPoolGrad", "MaxPoolGrad", {{-1, 4, 4, 2}, {-1, 2, 2, 2}, {-1, 2, 2, 2}}, pool);
  add("Softmax", "Softmax", {{2, 3}});
  add("LogSoftmax", "LogSoftmax", {{2, 3}});
  add("Xent", "SoftmaxCrossEntropyWithLogits", {{2, 3}, {2, 3}});
  add("Xent1", "SoftmaxCrossEntropyWithLogits", {{2, 3}, {2, 3}}, {}, {}, 1);
  add("Sparse", "SparseSoftmaxCrossEntropyWithLogits", {{2, 3}, {2}}, {}, {0}, 0, {1});
  add("L2Loss", "L2Loss", {{2, 3}});
  add("LRN", "LRN", {{-1, 5, 5, 2}});
  add("TopKV2", "TopKV2", {{-1, 3}, {}}, {}, {0}, 0, {1});
  for (const bool training : {true, false}) {
    for (const std::string layout : {"NHWC", "NCHW"}) {
      const Dims n{training ? 0 : 3};
      all.push_back({(training ? "BatchNorm1" : "BatchNorm0") + layout,
                     "FusedBatchNormV3",
                     {{2, 3, 3, 3}, {3}, {3}, n, n},
                     {{"is_training", training}, {"data_format", layout}},
                     {0, 1, 2},
                     0,
                     {}});
    }
  }
  add("ResizeBilinear", "ResizeBilinear", {{-1, 4, 4, 2}, {2}}, {}, {0}, 0, {1});
  add("ResizeNearest", "ResizeNearestNeighbor", {{-1, 4, 4, 2}, {2}}, {}, {0}, 0, {1});
  add("ResizeNearestUnknown", "ResizeNearestNeighbor", {{-1, -1, 4, 2}, {2}}, {}, {0}, 0, {1});
  return all;
}

TEST(NnGradients, AreTensorFlowsNodeForNode) {
  const std::map<std::string, std::string> wanted = golden_parts("nn_gradients");
  const std::vector<Example> all = examples();
  EXPECT_EQ(wanted.size(), all.size());
  for (const Example& example : all) {
    const auto found = wanted.find(example.title);
    ASSERT_NE(found, wanted.end()) << example.title;
    EXPECT_EQ(nodes_of(example), found->second) << example.title;
  }
}

}  // namespace
}  // namespace icecore::inline v0
