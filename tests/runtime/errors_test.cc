#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/session.h>
#include <icecore/variable.h>

#include <functional>

#include "runtime/expect_error.h"
#include "runtime/graph_text.h"

namespace icecore::inline v0 {
namespace {

TEST(SessionErrors, AFetchThatIsntThereIsNamedWithTheNearest) {
  GraphBuilder graph;
  graph.constant(Tensor::scalar(1.0F), "logits");
  Session session(graph);
  expect_error(Code::kNotFound, "nearest: 'logits'", [&] { session.run("logit:0"); });
  expect_error(Code::kNotFound, "has no 'zz'", [&] { session.run("zz"); });
  expect_error(Code::kNotFound, "'logits:1' isn't there: the operation has 1 output",
               [&] { session.run("logits:1"); });
  // Said before what keeps the node from running.
  graph.identity(graph.placeholder(DType::kFloat32, Shape(), "x"), "y");
  expect_error(Code::kNotFound, "'y:7' isn't there", [&] { session.run("y:7"); });
  expect_error(Code::kNotFound, "nope", [&] { session.run({{"nope:0", Tensor()}}, "logits:0"); });
  expect_error(Code::kNotFound, "nearest: 'logits'", [&] {
    session.run({{"lgoits:0", Tensor()}}, "y:0");
  });
}

TEST(SessionErrors, EmptyHandlesAreRefused) {
  GraphBuilder graph;
  const Output y = graph.identity(graph.placeholder(DType::kFloat32, Shape(), "x"), "y");
  Session session(graph);
  const auto expect_empty = [](const std::string& what, const std::function<void()>& act) {
    expect_error(Code::kInvalidArgument, "an empty " + what, act);
  };
  expect_empty("Output", [&] { session.run(Output()); });
  expect_empty("Operation", [&] { session.run(Operation()); });
  expect_empty("Output", [&] { session.run({{Output(), Tensor::scalar(1.0F)}}, y); });
  expect_empty("Output", [&] { session.run({}, {y, Output()}); });
  expect_empty("Operation", [&] { session.run({}, {}, {Operation()}); });
  expect_empty("Output", [] { Output().op(); });
  expect_empty("Output", [] { Output().shape(); });
  expect_empty("Operation", [] { Operation().outputs(); });
  expect_empty("Operation", [] { Operation().graph(); });
}

TEST(SessionErrors, ANameThatIsManyNamesJoinedIsNoneOfThem) {
  GraphBuilder graph;
  graph.identity(graph.placeholder(DType::kFloat32, Shape(), "x"), "y");
  graph.identity(graph.placeholder(DType::kFloat32, Shape(), "z"), "w");
  Session session(graph);
  const Tensor one = Tensor::scalar(1.0F);
  EXPECT_EQ(session.run({{"x:0", one}, {"z:0", one}}, {"y:0", "w:0"}).size(), 2U);
  for (const std::string between : {"\n", "\t", ";", ":", ","}) {
    const std::string fed = "x:0" + between + "z:0", fetched = "y:0" + between + "w:0";
    EXPECT_THROW(session.run({{fed, one}}, {"y:0", "w:0"}), Error);
    EXPECT_THROW(session.run({{"x:0", one}, {"z:0", one}}, {fetched}), Error);
  }
}

TEST(SessionErrors, APlaceholderThatIsntFedIsNamed) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, Shape({-1, 2}), "x");
  graph.identity(x, "y");
  Session session(graph);
  expect_error(Code::kInvalidArgument,
               "You must feed a value for placeholder tensor 'x' with dtype float and shape [?,2]",
               [&] { session.run("y:0"); });
}

TEST(SessionErrors, AFeedMustHaveTheTensorsDtypeAndShape) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, Shape({-1, 2}), "x");
  Session session(graph);
  expect_error(Code::kInvalidArgument,
               "Cannot feed value of shape (3, 3) for Tensor 'x:0', which has shape '(?, 2)'", [&] {
                 session.run({{"x:0", Tensor(DType::kFloat32, Shape({3, 3}))}}, x);
               });
  expect_error(Code::kInvalidArgument, "whose dtype is float32", [&] {
    session.run({{"x:0", Tensor(DType::kInt32, Shape({3, 2}))}}, x);
  });
}

TEST(SessionErrors, AllOpsWithoutKernelsAreNamedAtOnceAndOnlyWhereTheyWouldRun) {
  const Graph graph = graph_of(R"(
    node { name: "a" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
           attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape {} float_val: 1 } } } }
    node { name: "z" op: "ZeroOut" input: "a" }
    node { name: "y" op: "MyOp" input: "z" }
    node { name: "good" op: "Identity" input: "a" attr { key: "T" value { type: DT_FLOAT } } })");
  Session session(graph);
  EXPECT_EQ(session.run("good:0").item<float>(), 1);
  expect_error(Code::kUnimplemented, "MyOp ('y'), ZeroOut ('z')", [&] { session.run("y:0"); });
}

TEST(SessionErrors, AnErrorOfAKernelNamesTheNode) {
  GraphBuilder graph;
  const Output yes = graph.constant(Tensor::scalar(false), "no");
  graph.apply_op("Assert", {Input(yes), std::vector<Input>{Input("what I know")}}, {}, "check");
  Session session(graph);
  expect_error(Code::kInvalidArgument, "assertion failed: [what I know]",
               [&] { session.run("check"); });
  expect_error(Code::kInvalidArgument, "[[node check (op Assert)]]", [&] { session.run("check"); });
}

TEST(SessionErrors, StringsDontGrowBeyondTheMemoryLimit) {
  GraphBuilder graph;
  Output text = graph.constant(Tensor::scalar(std::string(100, 'a')), "text");
  for (int i = 0; i < 12; ++i) {
    text = graph.apply_op("StringJoin", {std::vector<Input>{Input(text), Input(text)}}).output();
  }
  Session session(graph, {.memory_limit = 1 << 18});
  expect_error(Code::kResourceExhausted, "no memory for a tensor of 409600 bytes",
               [&] { session.run(text); });
  EXPECT_EQ(session.run("StringJoin_10:0").strings()[0].size(), 204800U);
}

TEST(SessionErrors, WhatAKernelRefusesIsNoMisuse) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, Shape::unknown_rank(), "x");
  const std::vector<std::int64_t> whole = {1, 1, 1, 1}, large = {1, 9, 9, 1}, deep = {2, 1, 1, 1};
  graph.apply_op("AvgPool", {x}, {{"ksize", large}, {"strides", whole}, {"padding", "VALID"}}, "y");
  graph.apply_op("Conv2D", {x, x}, {{"strides", deep}, {"padding", "SAME"}}, "z");
  Session session(graph);
  const Tensor image(DType::kFloat32, Shape({1, 2, 2, 1}));
  for (const std::string name : {"y:0", "z:0"}) {
    try {
      session.run({{"x:0", image}}, name);
      FAIL() << name;
    } catch (const Error& error) {
      EXPECT_EQ(code_name(error.code()), "INVALID_ARGUMENT") << error.message();
      EXPECT_EQ(error.misuse(), Misuse::kNone) << error.message();
    }
  }
}

TEST(SessionErrors, OpsForVectorsAndScalarsAreRefusedOthersWhileTheGraphIsBuilt) {
  GraphBuilder graph;
  EXPECT_THROW(graph.apply_op("PrintV2", {Input(Tensor::of<std::string>({1}, {"a"}))}), Error);
  const Output ref =
      graph.apply_op("VariableV2", {}, {{"shape", Shape{3}}, {"dtype", DType::kFloat32}}).output();
  const Tensor indices = Tensor::of<std::int32_t>({1}, {0});
  EXPECT_THROW(graph.apply_op("ScatterNdAdd", {Input(ref), Input(indices), Input(1.0F)}), Error);
}

TEST(SessionErrors, AnEmptyGraphAndAClosedSessionSaySo) {
  GraphBuilder graph;
  Session empty(graph);
  expect_error(Code::kFailedPrecondition, "The Session graph is empty", [&] { empty.run("a:0"); });
  graph.constant(Tensor::scalar(1.0F), "a");
  empty.close();
  expect_error(Code::kFailedPrecondition, "Attempted to use a closed Session",
               [&] { empty.run("a:0"); });
  get_variable(graph, "v", Shape());
  expect_error(Code::kFailedPrecondition, "Attempted to use a closed Session",
               [&] { empty.snapshot("v"); });
  expect_error(Code::kFailedPrecondition, "Attempted to use a closed Session",
               [&] { empty.assign("v", Tensor::scalar(1.0F)); });
}

TEST(SessionErrors, AGraphThatWaitsForItselfEndsWithAnError) {
  const Graph graph = graph_of(R"(
    node { name: "a" op: "Identity" input: "b" attr { key: "T" value { type: DT_FLOAT } } }
    node { name: "b" op: "Identity" input: "a" attr { key: "T" value { type: DT_FLOAT } } })");
  Session session(graph);
  expect_error(Code::kInvalidArgument, "wait for itself", [&] { session.run("a:0"); });
}

TEST(SessionErrors, AMissingInputIsNamed) {
  const Graph graph = graph_of(
      R"(node { name: "a" op: "Identity" input: "gone" attr { key: "T" value { type: DT_FLOAT } } })");
  Session session(graph);
  expect_error(Code::kInvalidArgument, "has the input 'gone'", [&] { session.run("a:0"); });
}

}  // namespace
}  // namespace icecore::inline v0
