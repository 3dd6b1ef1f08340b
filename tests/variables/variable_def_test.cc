#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/variable.h>

#include <fstream>
#include <string>
#include <vector>

#include "graph/failure.h"

namespace icecore::inline v0 {
namespace {

std::string hex(const std::string& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

// The twin of variable_defs in tests/golden/built_graphs.py.
GraphBuilder with_variables() {
  GraphBuilder graph(standard_ops());
  make_variable(graph, std::vector<double>{1, 2}, {.name = "v"});
  make_variable(graph, 1, {.name = "fixed", .trainable = false});
  get_variable(graph, "r", 1.0, {.use_resource = true});
  get_partitioned_variable(
      graph, "p", Shape({3, 2}),
      {.initializer = zeros_initializer(), .partitioner = fixed_size_partitioner(2)});
  get_or_create_global_step(graph);
  return graph;
}

TEST(VariableDefs, AreTensorFlowsBytes) {
  std::ifstream file(std::string(ICECORE_TEST_DATA) + "/golden/built/variable_defs.txt");
  ASSERT_TRUE(file);
  std::vector<std::string> expected, actual;
  for (std::string line; std::getline(file, line);) expected.push_back(line);
  for (const Variable& variable : global_variables(with_variables())) {
    actual.push_back(hex(variable_def(variable)));
  }
  EXPECT_EQ(actual, expected);
}

TEST(VariableDefs, GiveTheVariableBack) {
  const GraphBuilder graph = with_variables();
  for (const Variable& variable : global_variables(graph)) {
    const Variable read = variable_from_def(graph, variable_def(variable));
    EXPECT_EQ(read.name(), variable.name());
    EXPECT_EQ(read.initializer(), variable.initializer());
    EXPECT_EQ(read.initial_value(), variable.initial_value());
    EXPECT_EQ(read.value_name(), variable.value_name());
    EXPECT_EQ(read.trainable(), variable.trainable());
    EXPECT_EQ(read.is_resource(), variable.is_resource());
    EXPECT_EQ(read.data().aggregation, variable.data().aggregation);
    EXPECT_EQ(variable_def(read), variable_def(variable));
  }
}

TEST(VariableDefs, AreReadWithinAScope) {
  GraphBuilder graph(standard_ops());
  const Variable v = make_variable(graph, 1.0, {.name = "v"});
  {
    const ScopeGuard scope = graph.name_scope("copy");
    make_variable(graph, 1.0, {.name = "v"});
  }
  const Variable copy = variable_from_def(graph, variable_def(v), "copy");
  EXPECT_EQ(copy.name(), "copy/v:0");
  EXPECT_EQ(copy.initializer().name(), "copy/v/Assign");
}

TEST(VariableDefs, MustNameNodesOfTheGraph) {
  const GraphBuilder graph = with_variables();
  GraphBuilder empty(standard_ops());
  const std::string encoded = variable_def(global_variables(graph).at(0));
  EXPECT_TRUE(failure([&] { variable_from_def(empty, encoded); }).starts_with("KeyError: "));
  // Of a variable that isn't one of resources.
  const std::string claimed = encoded + std::string("\x28\x01", 2);
  EXPECT_EQ(failure([&] { variable_from_def(graph, claimed); }),
            "ValueError: 'v:0' is no handle of a resource variable");
}

}  // namespace
}  // namespace icecore::inline v0
