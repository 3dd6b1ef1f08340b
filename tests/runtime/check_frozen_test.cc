#include "runtime/check_frozen.h"

#include <gtest/gtest.h>
#include <icecore/error.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "runtime/graph_text.h"
#include "runtime/trial_feeds.h"

namespace icecore::inline v0 {
namespace {

std::string placeholder(const std::string& name, const std::string& dtype,
                        const std::string& shape) {
  return "node { name: '" + name +
         "' op: 'Placeholder' attr { key: 'dtype' value { type: " + dtype +
         " } } attr { key: 'shape' value { shape { " + shape + " } } } }\n";
}

std::string binary(const std::string& name, const std::string& op, const std::string& x,
                   const std::string& y) {
  return "node { name: '" + name + "' op: '" + op + "' input: '" + x + "' input: '" + y +
         "' attr { key: 'T' value { type: DT_FLOAT } } }\n";
}

std::string constant(const std::string& name, const std::string& value) {
  return "node { name: '" + name + "' op: 'Const' attr { key: 'dtype' value { type: DT_FLOAT } } " +
         "attr { key: 'value' value { tensor { dtype: DT_FLOAT tensor_shape { } float_val: " +
         value + " } } } }\n";
}

const std::string kBatch = "dim { size: -1 } dim { size: 3 }";
const std::string kVersions = "versions { producer: 134 }\n";

// Two graph files, the first in the place of the one that was frozen.
class CheckFrozen : public testing::Test {
 protected:
  CheckFrozen() { std::filesystem::create_directories(folder_); }
  ~CheckFrozen() override { std::filesystem::remove_all(folder_); }

  CheckFrozenResult check(const std::string& graph, const std::string& frozen,
                          const std::vector<std::string>& outputs) {
    std::ofstream(folder_ + "/graph.pbtxt") << graph << kVersions;
    std::ofstream(folder_ + "/frozen.pbtxt") << frozen << kVersions;
    return check_frozen({.graph = folder_ + "/graph.pbtxt",
                         .frozen = folder_ + "/frozen.pbtxt",
                         .outputs = outputs,
                         .threads = 1});
  }

  const std::string folder_ =
      testing::TempDir() + "icecore_check_frozen_" + std::to_string(::getpid());
};

TEST_F(CheckFrozen, FindsEqualGraphsEqual) {
  const std::string graph =
      placeholder("x", "DT_FLOAT", kBatch) + constant("c", "2.5") + binary("y", "Mul", "x", "c");
  const CheckFrozenResult result = check(graph, graph, {"y"});
  EXPECT_EQ(result.obstacle, "");
  ASSERT_EQ(result.fed.size(), 1U);
  EXPECT_EQ(result.fed[0].name, "x:0");
  EXPECT_EQ(result.fed[0].shape, Shape({2, 3}));
  ASSERT_EQ(result.outputs.size(), 1U);
  EXPECT_EQ(result.outputs[0].name, "y:0");
  EXPECT_EQ(result.outputs[0].shape, Shape({2, 3}));
  EXPECT_FALSE(result.differs());
}

TEST_F(CheckFrozen, FindsAnotherConstantAnotherShapeAndAnotherType) {
  const std::string x = placeholder("x", "DT_FLOAT", kBatch);
  const std::string y = binary("y", "Add", "x", "c");
  const CheckFrozenResult result =
      check(x + constant("c", "2.5") + y, x + constant("c", "2.75") + y, {"y", "c"});
  EXPECT_TRUE(result.differs());
  EXPECT_NEAR(result.outputs.at(0).largest_difference, 0.25, 1e-6);
  EXPECT_EQ(result.outputs.at(1).largest_difference, 0.25);
  std::string vector = constant("c", "1"), integer = vector;
  vector.replace(vector.find("tensor_shape { }"), 16, "tensor_shape { dim { size: 1 } }");
  EXPECT_TRUE(check(constant("c", "1"), vector, {"c"}).differs());
  for (std::size_t at = 0; (at = integer.find("DT_FLOAT", at)) != std::string::npos;) {
    integer.replace(at, 8, "DT_INT32");
  }
  integer.replace(integer.find("float_val"), 9, "int_val");
  EXPECT_TRUE(check(constant("c", "1"), integer, {"c"}).differs());
}

TEST_F(CheckFrozen, SaysWhatKeepsTheGraphFromRunning) {
  const std::string unknown = placeholder("x", "DT_FLOAT", kBatch) +
                              "node { name: 'y' op: 'OpThatNobodyKnows' input: 'x' }\n";
  EXPECT_NE(check(unknown, unknown, {"y"}).obstacle.find("OpThatNobodyKnows"), std::string::npos);
  const std::string resource = placeholder("x", "DT_RESOURCE", "");
  EXPECT_NE(check(resource, resource, {"x"}).obstacle.find("can't be made up"), std::string::npos);
  const std::string group = "node { name: 'group' op: 'NoOp' }\n";
  EXPECT_EQ(check(group, group, {"group"}).obstacle, "the outputs give no values");
}

// `name` is a vector of random numbers; no `seed`, no attribute of that name.
std::string random_numbers(const std::string& name, const std::string& size,
                           const std::string& seed) {
  const std::string seed_attr =
      seed.empty() ? "" : "attr { key: 'seed' value { i: " + seed + " } } ";
  return "node { name: 'shape' op: 'Const' attr { key: 'dtype' value { type: DT_INT32 } } "
         "attr { key: 'value' value { tensor { dtype: DT_INT32 tensor_shape { dim { size: 1 } } "
         "int_val: " +
         size + " } } } }\nnode { name: '" + name +
         "' op: 'RandomUniform' input: 'shape' attr { key: 'dtype' value { type: DT_FLOAT } } "
         "attr { key: 'T' value { type: DT_INT32 } } " +
         seed_attr + "}\n";
}

TEST_F(CheckFrozen, DoesntCompareWhatIsDrawnAtRandom) {
  const auto obstacle = [&](const std::string& seed) {
    const std::string graph = random_numbers("y", "9", seed);
    return check(graph, graph, {"y"}).obstacle;
  };
  EXPECT_EQ(obstacle("0"), "'y' draws numbers without a seed");
  EXPECT_EQ(obstacle(""), "'y' draws numbers without a seed") << "the default is no seed";
  EXPECT_EQ(obstacle("5"), "");
  const std::string seeded = random_numbers("y", "9", "5");
  EXPECT_FALSE(check(seeded, seeded, {"y"}).differs());
}

TEST_F(CheckFrozen, WhatATryOfOtherSizesHasDrawnDoesntCount) {
  const std::string graph =
      random_numbers("r", "1", "5") + placeholder("x", "DT_FLOAT", "unknown_rank: true") +
      placeholder("w", "DT_FLOAT",
                  "dim { size: 3 } dim { size: 3 } dim { size: 1 } dim { size: 4 }") +
      binary("drawn", "Mul", "x", "r") +
      "node { name: 'y' op: 'Conv2D' input: 'drawn' input: 'w' attr { key: 'T' value { type: "
      "DT_FLOAT } } attr { key: 'padding' value { s: 'VALID' } } attr { key: 'strides' value "
      "{ list { i: [1, 1, 1, 1] } } } }\n";
  const CheckFrozenResult result = check(graph, graph, {"y"});
  EXPECT_EQ(result.obstacle, "");
  EXPECT_EQ(result.fed.at(0).shape, Shape({1, 32, 32, 1})) << "not the first that was tried";
  EXPECT_FALSE(result.differs());
}

TEST_F(CheckFrozen, TriesOtherSizesWhereTheFirstDontFit) {
  const std::string graph =
      placeholder("x", "DT_FLOAT", "unknown_rank: true") +
      placeholder("w", "DT_FLOAT",
                  "dim { size: 3 } dim { size: 3 } dim { size: 1 } dim { size: 4 }") +
      "node { name: 'y' op: 'Conv2D' input: 'x' input: 'w' attr { key: 'T' value { type: "
      "DT_FLOAT } } attr { key: 'padding' value { s: 'VALID' } } attr { key: 'strides' value "
      "{ list { i: [1, 1, 1, 1] } } } }\n";
  const CheckFrozenResult result = check(graph, graph, {"y"});
  EXPECT_EQ(result.obstacle, "");
  EXPECT_EQ(result.fed.at(0).shape, Shape({1, 32, 32, 1}));
  EXPECT_EQ(result.outputs.at(0).shape, Shape({1, 30, 30, 4}));
}

TEST_F(CheckFrozen, TakesScalarsBesideOtherShapes) {
  const std::string graph = placeholder("rate", "DT_FLOAT", "unknown_rank: true") +
                            placeholder("x", "DT_FLOAT", "unknown_rank: true") +
                            "node { name: 'side' op: 'Fill' input: 'size' input: 'rate' "
                            "attr { key: 'T' value { type: DT_FLOAT } } }\n"
                            "node { name: 'size' op: 'Const' attr { key: 'dtype' value { type: "
                            "DT_INT32 } } attr { key: 'value' value { tensor { dtype: DT_INT32 "
                            "tensor_shape { dim { size: 2 } } int_val: 2 } } } }\n" +
                            binary("y", "MatMul", "x", "side");
  const CheckFrozenResult result = check(graph, graph, {"y"});
  EXPECT_EQ(result.obstacle, "");
  EXPECT_EQ(result.fed.at(0).shape, Shape());
  EXPECT_EQ(result.fed.at(1).shape, Shape({2, 2}));
}

TEST_F(CheckFrozen, WhatHasNoElementsProvesNothing) {
  const std::string x = placeholder("x", "DT_FLOAT", "dim { size: 0 }");
  const std::string graph = x + constant("c", "2.5") + binary("y", "Mul", "x", "c");
  const CheckFrozenResult result = check(graph, graph, {"y"});
  EXPECT_NE(result.obstacle.find("no output has any elements"), std::string::npos);
  EXPECT_TRUE(result.outputs.empty());
  // What has some says enough, and another shape is a difference of its own.
  EXPECT_EQ(check(graph, graph, {"y", "c"}).obstacle, "");
  const std::string other = placeholder("x", "DT_FLOAT", "dim { size: 0 }") +
                            "node { name: 'y' op: 'Shape' input: 'x' attr { key: 'T' value { "
                            "type: DT_FLOAT } } }\n";
  EXPECT_TRUE(check(graph, other, {"y"}).differs());
}

TEST(TrialFeeds, AreTheSameForTheSameNameWhateverElseIsThere) {
  const std::string x = placeholder("x", "DT_FLOAT", kBatch),
                    n = placeholder("n", "DT_INT64", "dim { size: 50 }");
  const TrialFeeds alone = trial_feeds(graph_of(x + kVersions), {});
  const TrialFeeds both = trial_feeds(graph_of(n + x + kVersions), {});
  ASSERT_EQ(both.size(), 2U);
  EXPECT_TRUE(std::ranges::equal(alone[0].second.bytes(), both[1].second.bytes()));
  for (const float value : alone[0].second.values<float>()) {
    EXPECT_GE(value, -1);
    EXPECT_LE(value, 1);
  }
  for (const std::int64_t value : both[0].second.values<std::int64_t>()) {
    EXPECT_TRUE(value == 0 || value == 1);
  }
}

TEST(TrialFeeds, RefuseWhatIsTooLarge) {
  const auto graph = [](const std::string& rows) {
    return graph_of(
        placeholder("x", "DT_UINT8", "dim { size: " + rows + " } dim { size: 1048576 }") +
        kVersions);
  };
  EXPECT_THROW(trial_feeds(graph("1048576"), {}), Error);
  EXPECT_THROW(trial_feeds(graph("5"), {}), Error);
  EXPECT_EQ(trial_feeds(graph("4"), {}).at(0).second.num_elements(), 1 << 22);
}

}  // namespace
}  // namespace icecore::inline v0
