#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/session.h>
#include <icecore/shape_context.h>

#include "runtime/graph_text.h"

namespace icecore::inline v0 {
namespace {

// Ops of the test: i + 1, i < 10.
void plus_one(ShapeContext&) {}

OpSet ops_of_tests() {
  OpSet ops = standard_ops();
  ops.add_signature("PlusOne(x: int32) -> (y: int32)");
  ops.add_signature("BelowTen(x: int32) -> (y: bool)");
  static const OpImplementation table[] = {
      {"PlusOne", plus_one,
       [](const NodeInfo&) {
         return Kernel([](KernelContext& c) {
           c.set_output(0, Tensor::scalar(c.input(0).item<std::int32_t>() + 1));
         });
       }},
      {"BelowTen", plus_one,
       [](const NodeInfo&) {
         return Kernel([](KernelContext& c) {
           c.set_output(0, Tensor::scalar(c.input(0).item<std::int32_t>() < 10));
         });
       }},
  };
  ops.add(table);
  return ops;
}

const char* const kSwitch = R"(
  node { name: "p" op: "Placeholder" attr { key: "dtype" value { type: DT_BOOL } } }
  node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_INT32 } } }
  node { name: "s" op: "Switch" input: "x" input: "p" attr { key: "T" value { type: DT_INT32 } } }
  node { name: "plus" op: "PlusOne" input: "s:1" }
  node { name: "m" op: "Merge" input: "s" input: "plus" attr { key: "T" value { type: DT_INT32 } }
         attr { key: "N" value { i: 2 } } })";

TEST(ControlFlow, MergeGivesTheBranchThatWasTaken) {
  Session session(graph_of(kSwitch), ops_of_tests());
  const auto run = [&](bool p) {
    return session.run({{"p", Tensor::scalar(p)}, {"x", Tensor::scalar(5)}}, {"m:0", "m:1"});
  };
  EXPECT_EQ(run(true)[0].item<std::int32_t>(), 6);
  EXPECT_EQ(run(true)[1].item<std::int32_t>(), 1);
  EXPECT_EQ(run(false)[0].item<std::int32_t>(), 5);
  EXPECT_EQ(run(false)[1].item<std::int32_t>(), 0);
}

TEST(ControlFlow, WhatLiesInTheOtherBranchCantBeFetched) {
  Session session(graph_of(kSwitch), ops_of_tests());
  EXPECT_THROW(session.run({{"p", Tensor::scalar(false)}, {"x", Tensor::scalar(5)}}, "plus:0"),
               Error);
}

// while i < 10: i += 1, perhaps not at all.
std::string loop(const std::string& start) {
  return R"(
  node { name: "enter" op: "Enter" input: ")" +
         start + R"(" attr { key: "T" value { type: DT_INT32 } }
         attr { key: "frame_name" value { s: "loop" } } }
  node { name: "merge" op: "Merge" input: "enter" input: "next" attr { key: "T" value { type: DT_INT32 } }
         attr { key: "N" value { i: 2 } } }
  node { name: "less" op: "BelowTen" input: "merge" }
  node { name: "cond" op: "LoopCond" input: "less" }
  node { name: "switch" op: "Switch" input: "merge" input: "cond" attr { key: "T" value { type: DT_INT32 } } }
  node { name: "body" op: "PlusOne" input: "switch:1" }
  node { name: "next" op: "NextIteration" input: "body" attr { key: "T" value { type: DT_INT32 } } }
  node { name: "exit" op: "Exit" input: "switch" attr { key: "T" value { type: DT_INT32 } } })";
}

TEST(ControlFlow, ALoopRunsUntilItsConditionIsFalse) {
  Session session(
      graph_of(
          R"(node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_INT32 } } })" +
          loop("x")),
      ops_of_tests());
  EXPECT_EQ(session.run({{"x", Tensor::scalar(-500)}}, "exit:0").item<std::int32_t>(), 10);
  EXPECT_EQ(session.run({{"x", Tensor::scalar(12)}}, "exit:0").item<std::int32_t>(), 12);
}

TEST(ControlFlow, ALoopInABranchThatIsntTakenIsDead) {
  Session session(graph_of(std::string(kSwitch) + loop("s:1") + R"(
    node { name: "after" op: "Merge" input: "s" input: "exit" attr { key: "T" value { type: DT_INT32 } }
           attr { key: "N" value { i: 2 } } })"),
                  ops_of_tests());
  const auto run = [&](bool p) {
    return session.run({{"p", Tensor::scalar(p)}, {"x", Tensor::scalar(3)}}, "after:0")
        .item<std::int32_t>();
  };
  EXPECT_EQ(run(false), 3);
  EXPECT_EQ(run(true), 10);
}

TEST(ControlFlow, ANodeInTwoLoopsIsRefused) {
  const std::string other = R"(
    node { name: "e1" op: "Enter" input: "c" attr { key: "T" value { type: DT_INT32 } } attr { key: "frame_name" value { s: "one" } } }
    node { name: "e2" op: "Enter" input: "c" attr { key: "T" value { type: DT_INT32 } } attr { key: "frame_name" value { s: "two" } } }
    node { name: "both" op: "Merge" input: "e1" input: "e2" attr { key: "T" value { type: DT_INT32 } } attr { key: "N" value { i: 2 } } }
    node { name: "c" op: "Const" attr { key: "dtype" value { type: DT_INT32 } }
           attr { key: "value" value { tensor { dtype: DT_INT32 tensor_shape {} int_val: 1 } } } })";
  Session session(graph_of(other), ops_of_tests());
  try {
    session.run("both:0");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("Invalid loop structure"), std::string::npos);
  }
}

}  // namespace
}  // namespace icecore::inline v0
