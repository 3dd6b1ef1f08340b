#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/session.h>
#include <icecore/variable.h>

#include "runtime/graph_text.h"

namespace icecore::inline v0 {
namespace {

const char* const kVariable = R"(
  node { name: "v" op: "VariableV2" attr { key: "dtype" value { type: DT_FLOAT } }
         attr { key: "shape" value { shape { dim { size: 2 } } } } }
  node { name: "one" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
         attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { dim { size: 2 } } float_val: 1 float_val: 1 } } } }
  node { name: "init" op: "Assign" input: "v" input: "one" attr { key: "T" value { type: DT_FLOAT } } }
  node { name: "add" op: "AssignAdd" input: "v" input: "one" attr { key: "T" value { type: DT_FLOAT } } }
  node { name: "read" op: "Identity" input: "v" attr { key: "T" value { type: DT_FLOAT } } })";

TEST(SessionVariables, KeepTheirValuesFromRunToRun) {
  Session session(graph_of(kVariable));
  session.run("init");
  session.run("add");
  EXPECT_EQ(session.run("read:0").values<float>()[1], 2);
  EXPECT_EQ(session.run("v:0").values<float>()[0], 2);
}

TEST(SessionVariables, KeepTheirShapeWhereANodeOfTensorFlow2SaysSo) {
  const auto graph = [](const std::string& validate) {
    return graph_of(R"(
      node { name: "w" op: "VarHandleOp" attr { key: "dtype" value { type: DT_FLOAT } }
             attr { key: "shape" value { shape { unknown_rank: true } } } }
      node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }
      node { name: "assign" op: "AssignVariableOp" input: "w" input: "x"
             attr { key: "dtype" value { type: DT_FLOAT } } attr { key: "validate_shape" value { b: )" +
                    validate + " } } }");
  };
  const std::vector<Feed> one = {{"x:0", Tensor::scalar(1.0F)}},
                          two = {{"x:0", Tensor(DType::kFloat32, Shape({2}))}};
  Session free(graph("false")), kept(graph("true"));
  free.run(one, "assign");
  EXPECT_NO_THROW(free.run(two, "assign"));
  kept.run(one, "assign");
  EXPECT_NO_THROW(kept.run(one, "assign"));
  try {
    kept.run(two, "assign");
    FAIL();
  } catch (const Error& error) {
    EXPECT_TRUE(error.message().starts_with(
        "Trying to assign to variable with tensor with wrong shape. Expected [] got [2]"))
        << error.message();
  }
}

TEST(SessionVariables, BelongToTheSession) {
  const Graph graph = graph_of(kVariable);
  Session first(graph), second(graph);
  first.run("init");
  EXPECT_EQ(first.run("read:0").values<float>()[0], 1);
  try {
    second.run("read:0");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kFailedPrecondition);
    EXPECT_TRUE(error.message().starts_with("Attempting to use uninitialized value v"))
        << error.message();
  }
}

TEST(SessionVariables, ATensorThatWasFetchedNeverChanges) {
  Session session(graph_of(kVariable));
  session.run("init");
  const Tensor before = session.run("v:0");
  session.run("add");
  EXPECT_EQ(before.values<float>()[0], 1);
}

// As TensorFlow, where a reference, and an Identity of it, share the variable's buffer.
TEST(SessionVariables, AFetchedReferenceIsReadWhenTheRunIsDone) {
  Session session(graph_of(kVariable));
  session.run("init");
  const std::vector<Tensor> values = session.run({}, {"v:0", "add:0", "read:0"});
  EXPECT_EQ(values[0].values<float>()[0], 2);
  EXPECT_EQ(values[1].values<float>()[0], 2);
  EXPECT_EQ(values[2].values<float>()[0], 2);
}

TEST(SessionVariables, WhoTakesAReadValueSeesWhatWasDoneBeforeIt) {
  Session session(graph_of(std::string(kVariable) + R"(
    node { name: "late" op: "Neg" input: "read" input: "^add" attr { key: "T" value { type: DT_FLOAT } } }
  )"));
  session.run("init");
  EXPECT_EQ(session.run("late:0").values<float>()[0], -2);
}

// As in TensorFlow, where nothing but the pace of its threads says so.
TEST(SessionVariables, WhatOnlyReadsGoesBeforeWhatChanges) {
  GraphBuilder graph(standard_ops());
  const Variable v = make_variable(graph, 1.0, {.name = "v"});
  const Output changed = assign_add(v, 5.0);
  const Output before = graph.apply_op("Neg", {Input(v)}).output();
  const ScopeGuard waits = graph.control_dependencies({changed.op()});
  const Output after = graph.apply_op("Neg", {Input(v)}).output();
  Session session(graph);
  session.run(v.initializer());
  const std::vector<Tensor> values = session.run({}, {changed, after, before});
  EXPECT_EQ(values[0].values<float>()[0], 6);
  EXPECT_EQ(values[1].values<float>()[0], -6);
  EXPECT_EQ(values[2].values<float>()[0], -1);
}

TEST(SessionVariables, CanBeReadAndSetFromOutside) {
  Session session(graph_of(kVariable));
  EXPECT_FALSE(session.snapshot("v").has_value());
  EXPECT_TRUE(session.initialized_variables().empty());
  session.assign("v", Tensor::of<float>({2}, {3, 4}));
  EXPECT_EQ(session.initialized_variables(), std::vector<std::string>{"v"});
  EXPECT_EQ(session.run("read:0").values<float>()[1], 4);
  EXPECT_THROW(session.assign("v", Tensor::of<float>({3}, {3, 4, 5})), Error);
  EXPECT_THROW(session.assign("v", Tensor::of<std::int32_t>({2}, {3, 4})), Error);
  EXPECT_THROW(session.assign("one", Tensor::of<float>({2}, {3, 4})), Error);
}

}  // namespace
}  // namespace icecore::inline v0
