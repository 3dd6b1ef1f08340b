// What is known before anything runs.
#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/session.h>

#include <atomic>
#include <new>
#include <stdexcept>

#include "runtime/expect_error.h"
#include "runtime/graph_text.h"

namespace icecore::inline v0 {
namespace {

std::atomic<int> times_run = 0;

OpSet ops_of_tests() {
  OpSet ops = standard_ops();
  ops.add_signature("Count() -> (y: int32)");
  ops.add_signature("RunsOutOfMemory() -> ()");
  ops.add_signature("ThrowsSomething() -> ()");
  ops.add_signature("HasNoKernelForThat() -> ()");
  static const OpImplementation table[] = {
      {"Count", nullptr,
       [](const NodeInfo&) {
         return Kernel([](KernelContext& c) { c.set_output(0, Tensor::scalar(++times_run)); });
       }},
      {"RunsOutOfMemory", nullptr,
       [](const NodeInfo&) { return Kernel([](KernelContext&) { throw std::bad_alloc(); }); }},
      {"ThrowsSomething", nullptr,
       [](const NodeInfo&) {
         return Kernel([](KernelContext&) { throw std::out_of_range("index 7"); });
       }},
      {"HasNoKernelForThat", nullptr,
       [](const NodeInfo&) -> Kernel { throw Error(Code::kUnimplemented, "only on Sundays"); }},
  };
  ops.add(table);
  return ops;
}

const std::string kPlaceholders = R"(
  node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }
  node { name: "z" op: "Placeholder" attr { key: "dtype" value { type: DT_INT64 } }
         attr { key: "shape" value { shape { dim { size: 3 } } } } })";

TEST(Plan, PlaceholdersThatArentFedAreNamedAllAtOnceBeforeAnythingRuns) {
  const Graph graph = graph_of(kPlaceholders + R"(
    node { name: "count" op: "Count" }
    node { name: "all" op: "NoOp" input: "^count" input: "^x" input: "^z" })");
  Session session(graph, ops_of_tests());
  times_run = 0;
  expect_error(Code::kInvalidArgument,
               "You must feed a value for placeholder tensor 'x' with dtype float\n"
               "You must feed a value for placeholder tensor 'z' with dtype int64 and shape [3]",
               [&] { session.run("all"); });
  EXPECT_EQ(times_run, 0);
  // Fed ones have nothing to wait for.
  const std::vector<Feed> feeds = {{"x", Tensor::scalar(1.0F)},
                                   {"z", Tensor(DType::kInt64, Shape({3}))}};
  session.run(feeds, {}, {"all", "x"});
  EXPECT_EQ(session.run(feeds, "z").dtype(), Tensor().dtype());
  EXPECT_EQ(times_run, 1);
}

TEST(Plan, APlaceholderInABranchMayBeUnfedWhereTheBranchIsntTaken) {
  const Graph graph = graph_of(kPlaceholders + R"(
    node { name: "p" op: "Placeholder" attr { key: "dtype" value { type: DT_BOOL } } }
    node { name: "switch" op: "Switch" input: "p" input: "p" attr { key: "T" value { type: DT_BOOL } } }
    node { name: "taken" op: "Identity" input: "switch:1" attr { key: "T" value { type: DT_BOOL } } }
    node { name: "inside" op: "Placeholder" input: "^taken" attr { key: "dtype" value { type: DT_FLOAT } } }
    node { name: "other" op: "Identity" input: "x" attr { key: "T" value { type: DT_FLOAT } } }
    node { name: "m" op: "Merge" input: "inside" input: "other" attr { key: "T" value { type: DT_FLOAT } }
           attr { key: "N" value { i: 2 } } })");
  Session session(graph);
  const auto run = [&](bool p) {
    return session.run({{"p", Tensor::scalar(p)}, {"x", Tensor::scalar(2.0F)}}, "m:1");
  };
  EXPECT_EQ(run(false).item<std::int32_t>(), 1);
}

TEST(Plan, EdgesMustHaveTheTypesOfBothEnds) {
  const Graph graph = graph_of(kPlaceholders + R"(
    node { name: "y" op: "Identity" input: "x" attr { key: "T" value { type: DT_INT32 } } }
    node { name: "s" op: "Switch" input: "x" input: "x" attr { key: "T" value { type: DT_FLOAT } } }
    node { name: "a" op: "RefIdentity" input: "x" attr { key: "T" value { type: DT_FLOAT } } }
    node { name: "c" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
           attr { key: "value" value { tensor { dtype: DT_INT32 tensor_shape {} int_val: 1 } } } })");
  Session session(graph);
  expect_error(Code::kInvalidArgument,
               "Input 0 of node y was passed float from x:0 incompatible with expected int32.",
               [&] {
                 session.run({{"x", Tensor::scalar(1.0F)}}, "y:0");
               });
  expect_error(Code::kInvalidArgument, "Input 1 of node s was passed float from x:0", [&] {
    session.run({{"x", Tensor::scalar(1.0F)}}, "s:0");
  });
  expect_error(Code::kInvalidArgument, "incompatible with expected float_ref", [&] {
    session.run({{"x", Tensor::scalar(1.0F)}}, "a:0");
  });
  expect_error(Code::kInvalidArgument, "Type mismatch between value (int32) and dtype (float)",
               [&] { session.run("c:0"); });
}

TEST(Plan, WhatStandsForAnUnknownOpIsFedWithWhatItsConsumersTake) {
  const Graph graph = graph_of(R"(
    node { name: "custom" op: "NobodyKnows" }
    node { name: "y" op: "Identity" input: "custom" attr { key: "T" value { type: DT_INT32 } } })");
  Session session(graph);
  EXPECT_EQ(session.run({{"custom", Tensor::scalar(4)}}, "y:0").item<std::int32_t>(), 4);
  expect_error(Code::kInvalidArgument, "whose dtype is int32", [&] {
    session.run({{"custom", Tensor::scalar(4.0F)}}, "y:0");
  });
}

TEST(Plan, ACircleIsRefusedAlsoWhereOnlyItsEffectIsWanted) {
  const Graph graph = graph_of(R"(
    node { name: "c" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
           attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape {} float_val: 1 } } } }
    node { name: "a" op: "Identity" input: "c" input: "^b" attr { key: "T" value { type: DT_FLOAT } } }
    node { name: "b" op: "Identity" input: "a" attr { key: "T" value { type: DT_FLOAT } } })");
  Session session(graph);
  expect_error(Code::kInvalidArgument, "'a' would wait for itself", [&] { session.run("b"); });
}

// A loop of the name "l"; `n` keeps the nodes of several apart.
std::string loop(const std::string& n) {
  const std::string type = R"( attr { key: "T" value { type: DT_BOOL } })";
  return R"(node { name: "enter)" + n + R"(" op: "Enter" input: "p")" + type +
         R"( attr { key: "frame_name" value { s: "l" } } }
    node { name: "merge)" +
         n + R"(" op: "Merge" input: "enter)" + n + R"(" input: "next)" + n + "\"" + type +
         R"( attr { key: "N" value { i: 2 } } }
    node { name: "cond)" +
         n + R"(" op: "LoopCond" input: "merge)" + n + R"(" }
    node { name: "switch)" +
         n + R"(" op: "Switch" input: "merge)" + n + R"(" input: "cond)" + n + "\"" + type + R"( }
    node { name: "not)" +
         n + R"(" op: "LogicalNot" input: "switch)" + n + R"(:1" }
    node { name: "next)" +
         n + R"(" op: "NextIteration" input: "not)" + n + "\"" + type + R"( }
    node { name: "exit)" +
         n + R"(" op: "Exit" input: "switch)" + n + "\"" + type + " }\n";
}

TEST(Plan, LoopsMustBeLoops) {
  const Graph graph = graph_of(
      R"(node { name: "p" op: "Placeholder" attr { key: "dtype" value { type: DT_BOOL } } })" +
      loop("1") + loop("2") + R"(
      node { name: "both" op: "NoOp" input: "^exit1" input: "^exit2" }
      node { name: "lost" op: "NextIteration" input: "p" attr { key: "T" value { type: DT_BOOL } } }
      node { name: "left" op: "Exit" input: "p" attr { key: "T" value { type: DT_BOOL } } })");
  Session session(graph);
  const std::vector<Feed> feeds = {{"p", Tensor::scalar(true)}};
  EXPECT_FALSE(session.run(feeds, "exit1:0").item<bool>());
  expect_error(Code::kInvalidArgument, "Invalid loop structure: 'cond2' is a second condition",
               [&] { session.run(feeds, "both"); });
  expect_error(Code::kInvalidArgument, "'lost' stands outside of any loop",
               [&] { session.run(feeds, "lost"); });
  expect_error(Code::kInvalidArgument, "'left' stands outside of any loop",
               [&] { session.run(feeds, "left:0"); });
  expect_error(Code::kInvalidArgument, "Operation 'not1' has been marked as not fetchable",
               [&] { session.run(feeds, "not1:0"); });
  session.run(feeds, "not1");  // For its effect it may be run.
}

TEST(Plan, AKernelThatCantBeMadeIsAmongThoseThatAreMissing) {
  const Graph graph = graph_of(R"(
    node { name: "a" op: "HasNoKernelForThat" }
    node { name: "b" op: "NobodyKnows" input: "^a" })");
  Session session(graph, ops_of_tests());
  expect_error(Code::kUnimplemented,
               "HasNoKernelForThat (only on Sundays) ('a'), NobodyKnows ('b')",
               [&] { session.run("b"); });
}

TEST(Plan, WhateverAKernelThrowsBecomesAnError) {
  const Graph graph = graph_of(R"(
    node { name: "a" op: "RunsOutOfMemory" }
    node { name: "b" op: "ThrowsSomething" }
    node { name: "c" op: "Abort" attr { key: "error_msg" value { s: "enough" } } })");
  Session session(graph, ops_of_tests());
  expect_error(Code::kResourceExhausted, "no memory left\n\t [[node a (op RunsOutOfMemory)]]",
               [&] { session.run("a"); });
  expect_error(Code::kInternal, "index 7\n\t [[node b (op ThrowsSomething)]]",
               [&] { session.run("b"); });
  expect_error(Code::kAborted, "enough", [&] { session.run("c"); });
}

TEST(Plan, ANodeThatChangesAfterARunStaysAsItWasForTheSession) {
  GraphBuilder graph;
  const Output a = graph.constant(Tensor::scalar(1), "a");
  const Output b = graph.constant(Tensor::scalar(2), "b");
  const Output y = graph.identity(a, "y");
  Session session(graph);
  session.run("a:0");
  graph.update_input(y.op(), 0, b);
  EXPECT_EQ(session.run(y).item<std::int32_t>(), 1);
  EXPECT_EQ(Session(graph).run(y).item<std::int32_t>(), 2);
}

}  // namespace
}  // namespace icecore::inline v0
