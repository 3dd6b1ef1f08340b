#include <gtest/gtest.h>

#include "graph/graph_data.h"
#include "model/graph_summary.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

std::vector<std::string> names(const std::vector<NodeSummary>& nodes) {
  std::vector<std::string> all;
  for (const NodeSummary& node : nodes) all.push_back(node.name);
  return all;
}

GraphSummary summary_of(const std::string& text) {
  MetaGraph meta;
  meta.graph = parse_graph(parse_text(text, message_schema("GraphDef")));
  return summarize(meta);
}

TEST(GraphSummary, OutputsAreWhatNothingConsumesAndDependsOnAnInput) {
  const GraphSummary summary = summary_of(
      "node { name: 'x' op: 'Placeholder' }"
      "node { name: 'y' op: 'Relu' input: 'x' }"
      "node { name: 'prob' op: 'Softmax' input: 'y' }"
      "node { name: 'unrelated' op: 'Const' }"
      "node { name: 'train' op: 'NoOp' input: '^y' }"
      "node { name: 'loss_summary' op: 'ScalarSummary' input: 'y' }"
      "node { name: 'step' op: 'AssignAdd' input: 'y' }");
  EXPECT_EQ(names(summary.inputs), (std::vector<std::string>{"x"}));
  EXPECT_EQ(names(summary.outputs), (std::vector<std::string>{"prob"}));
}

TEST(GraphSummary, WhatTensorFlowsFunctionsLeaveBehindIsNoLikelyOutput) {
  const GraphSummary summary = summary_of(
      "node { name: 'x' op: 'Placeholder' }"
      "node { name: 'tower/gradients_1/y_grad/Reshape' op: 'Reshape' input: 'x' }"
      "node { name: 'bn/cond/switch_t' op: 'Identity' input: 'x' }"
      "node { name: 'loss/assert_broadcastable/values/shape' op: 'Shape' input: 'x' }"
      "node { name: 'v' op: 'VariableV2' input: '^x' }"
      "node { name: 'w/read' op: 'Identity' input: 'x' }"
      "node { name: 'gradient_norm/read_out' op: 'Identity' input: 'x' }");
  EXPECT_EQ(names(summary.outputs), (std::vector<std::string>{"gradient_norm/read_out"}));
}

TEST(GraphSummary, ASaversFileNameIsNoInputButAUsersDefaultIs) {
  const GraphSummary summary = summary_of(
      "node { name: 'save/filename' op: 'PlaceholderWithDefault' }"
      "node { name: 'save/Const' op: 'PlaceholderWithDefault' input: 'save/filename' }"
      "node { name: 'save/SaveV2' op: 'SaveV2' input: 'save/Const' }"
      "node { name: 'keep_prob' op: 'PlaceholderWithDefault' }"
      "node { name: 'y' op: 'Mul' input: 'keep_prob' }");
  EXPECT_EQ(names(summary.inputs), (std::vector<std::string>{"keep_prob"}));
  EXPECT_EQ(names(summary.outputs), (std::vector<std::string>{"y"}));
}

TEST(GraphSummary, WithoutInputsEveryEndIsALikelyOutput) {
  const GraphSummary summary =
      summary_of("node { name: 'a' op: 'Const' } node { name: 'b' op: 'Relu' input: 'a' }");
  EXPECT_TRUE(summary.inputs.empty());
  EXPECT_EQ(names(summary.outputs), (std::vector<std::string>{"b"}));
}

TEST(GraphSummary, ANodeThatOnlyWaitingNodesConsumeIsStillAnEnd) {
  const GraphSummary summary = summary_of(
      "node { name: 'x' op: 'Placeholder' } node { name: 'y' op: 'Relu' input: 'x' }"
      "node { name: 'group' op: 'NoOp' input: '^y' }");
  EXPECT_EQ(names(summary.outputs), (std::vector<std::string>{"y"}));
}

TEST(GraphSummary, AScalarPlaceholderOfAnOldProducerHasAnUnknownShape) {
  const std::string x =
      "node { name: 'x' op: 'Placeholder' attr { key: 'shape' value { shape { } } } }";
  EXPECT_EQ(summary_of(x).inputs[0].shape, Shape::unknown_rank());
  EXPECT_EQ(summary_of(x + "versions { producer: 21 }").inputs[0].shape, Shape::unknown_rank());
  EXPECT_EQ(summary_of(x + "versions { producer: 22 }").inputs[0].shape, Shape());
}

TEST(GraphSummary, WhetherAVariableIsTrainableIsUnknownWithoutCollections) {
  const GraphSummary summary = summary_of("node { name: 'v' op: 'VariableV2' }");
  ASSERT_EQ(summary.variables.size(), 1u);
  EXPECT_EQ(summary.variables[0].trainable, std::nullopt);
}

}  // namespace
}  // namespace icecore::inline v0
