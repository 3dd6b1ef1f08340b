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
using Ints = std::vector<int>;

// The twin of make_plain_variables in tests/golden/built_graphs.py.
TEST(Variables, AreMadeAsByTensorFlow) {
  GraphBuilder graph(standard_ops());
  const auto filled_with_ones = [&] { return ones(graph, Shape({2, 2})); };
  make_variable(graph, 1.0);
  make_variable(graph, Ints{1, 2}, {.name = "ints", .trainable = false});
  make_variable(graph, 0, {.name = "double", .dtype = DType::kFloat64});
  make_variable(graph, zeros(graph, Shape({3})), {.name = "tensor"});
  make_variable(graph, filled_with_ones, {.name = "made"});
  make_variable(graph, graph.placeholder(DType::kFloat32, Shape::unknown_rank(), "any"),
                {.name = "loose", .validate_shape = false});
  make_variable(graph, "text", {.name = "string", .collections = {"mine"}});
  make_variable(graph, 3.0, {.name = "r", .use_resource = true});
  make_variable(graph, [&] { return fill(graph, Ints{2}, 1); },
                {.name = "made_r", .use_resource = true});
  {
    const ScopeGuard scope = graph.name_scope("scope");
    const ScopeGuard cpu = graph.device("/cpu:0");
    make_variable(graph, 2.0, {.name = "v"});
    make_variable(graph, 2.0, {.name = "v", .use_resource = true});
  }
  {
    const ScopeGuard after = graph.control_dependencies({graph.no_op()});
    make_variable(graph, 4.0, {.name = "free"});
  }
  {
    const ScopeGuard scope = variable_scope(graph, "", {.use_resource = true});
    make_variable(graph, Floats{0.5, 1.5}, {.name = "h"});
  }
  const Variable other = make_variable(graph, 5.0, {.name = "read"});
  const Variable again = get_variable(graph, "again", 1.0, {.use_resource = true});
  other + again;
  {
    const ScopeGuard cpu = graph.device("/cpu:0");
    make_variable(graph, filled_with_ones, {.name = "placed"});
    make_variable(graph, filled_with_ones, {.name = "placed_r", .use_resource = true});
  }
  EXPECT_EQ(difference_from_file("golden/built/plain_variables.pb", graph), "");
}

TEST(Variables, SayWhatTheyAre) {
  GraphBuilder graph(standard_ops());
  const Variable v = make_variable(graph, Ints{1, 2}, {.name = "v", .trainable = false});
  EXPECT_EQ(v.name(), "v:0");
  EXPECT_EQ(v.dtype(), DType::kInt32);
  EXPECT_EQ(v.shape(), Shape({2}));
  EXPECT_FALSE(v.trainable());
  EXPECT_TRUE(v.ref().is_reference());
  EXPECT_EQ(v.value().name(), "v/read:0");
  EXPECT_EQ(v.value_name(), "v:0");
  EXPECT_EQ(v.initializer().name(), "v/Assign");
  EXPECT_EQ(v.initial_value().name(), "v/initial_value:0");
  const Variable r = make_variable(graph, 1.0, {.name = "r", .use_resource = true});
  EXPECT_EQ(r.name(), "r:0");
  EXPECT_EQ(r.dtype(), DType::kFloat32);
  EXPECT_EQ(r.shape(), Shape());
  EXPECT_EQ(r.value_name(), "r/Read/ReadVariableOp:0");
  EXPECT_EQ(r.value().name(), "ReadVariableOp:0");
  EXPECT_EQ(r.value().name(), "ReadVariableOp_1:0");
}

TEST(Variables, JoinTheirCollections) {
  GraphBuilder graph(standard_ops());
  const Variable v = make_variable(graph, 1.0, {.name = "v"});
  const Variable fixed = make_variable(graph, 1.0, {.name = "fixed", .trainable = false});
  const Variable local = make_variable(graph, 1.0,
                                       {.name = "local",
                                        .trainable = false,
                                        .collections = {std::string(GraphKeys::kLocalVariables)}});
  EXPECT_EQ(global_variables(graph), (std::vector{v, fixed}));
  EXPECT_EQ(trainable_variables(graph), std::vector{v});
  EXPECT_EQ(local_variables(graph), std::vector{local});
  EXPECT_EQ(global_variables(graph, "fi"), std::vector{fixed});
}

TEST(Variables, WantAKnownShape) {
  GraphBuilder graph(standard_ops());
  const Output any = graph.placeholder(DType::kFloat32, {-1}, "any");
  EXPECT_TRUE(failure([&] {
                make_variable(graph, any);
              }).starts_with("ValueError: initial_value must have a shape specified: 'any:0'"));
}

// The twin of make_changes.
TEST(Variables, AreChangedAsByTensorFlow) {
  GraphBuilder graph(standard_ops());
  const Variable v = make_variable(graph, Floats{1, 2}, {.name = "v"});
  const Variable r = get_variable(graph, "r", Floats{1, 2}, {.use_resource = true});
  assign(v, Floats{3, 4});
  assign_add(v, v, "twice");
  assign_sub(v, ones(graph, Shape({2})));
  assign(r, Floats{3, 4}, "set");
  assign_add(r, Floats{1, 1});
  assign_sub(r, ones(graph, Shape({2})), "down");
  assign(v, r);
  get_local_variable(graph, "l", 1);
  const Variable step = get_or_create_global_step(graph);
  EXPECT_EQ(get_or_create_global_step(graph), step);
  report_uninitialized_variables(graph);
  report_uninitialized_variables(graph, {r});
  global_variables_initializer(graph);
  global_variables_initializer(graph);
  local_variables_initializer(graph);
  variables_initializer(graph, {}, "nothing");
  is_variable_initialized(v);
  is_variable_initialized(r);
  EXPECT_EQ(difference_from_file("golden/built/changes.pb", graph), "");
}

TEST(Variables, OfOtherShapesAreNotAssigned) {
  GraphBuilder graph(standard_ops());
  const Variable r = make_variable(graph, Floats{1, 2}, {.name = "r", .use_resource = true});
  EXPECT_EQ(failure([&] {
              assign(r, Floats{1, 2, 3});
            }),
            "ValueError: Shapes (2,) and (3,) are incompatible: variable 'r'");
}

// The twin of make_initial_values_of_others.
TEST(InitialValues, OfOtherVariablesWaitForThem) {
  GraphBuilder graph(standard_ops());
  const Variable a = make_variable(graph, 2.0, {.name = "a"});
  const Variable r = get_variable(graph, "r", 3.0, {.use_resource = true});
  make_variable(graph, a * 2 + 1, {.name = "b"});
  make_variable(graph, r * 2, {.name = "c"});
  make_variable(graph, initialized_value(a), {.name = "d"});
  const Output sum = a + a;
  const Output exponential = graph.apply_op("Exp", {Input(sum)}).output();
  get_variable(graph, "e", exponential, {.use_resource = true});
  {
    const ScopeGuard scope = graph.name_scope("scope");
    make_variable(graph, [&] { return a + 1; }, {.name = "f"});
  }
  EXPECT_EQ(difference_from_file("golden/built/initial_values_of_others.pb", graph), "");
}

TEST(Report, OfNoVariablesIsEmpty) {
  GraphBuilder graph(standard_ops());
  report_uninitialized_variables(graph);
  EXPECT_EQ(difference_from_file("golden/built/nothing_to_report.pb", graph), "");
}

TEST(GlobalStep, IsOneScalarOfInts) {
  GraphBuilder graph(standard_ops());
  EXPECT_EQ(get_global_step(graph), std::nullopt);
  const Variable step = create_global_step(graph);
  EXPECT_EQ(get_global_step(graph), step);
  EXPECT_EQ(failure([&] { create_global_step(graph); }),
            "ValueError: \"global_step\" already exists.");
  GraphBuilder other(standard_ops());
  make_variable(other, 1.0, {.name = "global_step"});
  EXPECT_EQ(failure([&] { (void)get_global_step(other); }),
            "TypeError: Existing \"global_step\" does not have integer type: float32");
  GraphBuilder vector(standard_ops());
  make_variable(vector, Ints{1, 2}, {.name = "global_step"});
  EXPECT_EQ(failure([&] { (void)get_global_step(vector); }),
            "TypeError: Existing \"global_step\" is not scalar: [2]");
}

}  // namespace
}  // namespace icecore::inline v0
