// Loops that are built here, and run.
#include <gtest/gtest.h>
#include <icecore/case.h>
#include <icecore/control_flow.h>
#include <icecore/math.h>
#include <icecore/session.h>
#include <icecore/variable.h>

#include "graph/failure.h"

namespace icecore::inline v0 {
namespace {

using Outputs = std::vector<Output>;
using Inputs = std::vector<Input>;

Input below(GraphBuilder& graph, const Output& x, const Input& limit) {
  return graph.apply_op("Less", {x, limit}).output();
}

TEST(WhileLoop, GivesItsVariablesWhenTheConditionNoLongerHolds) {
  GraphBuilder graph;
  const Outputs end = while_loop(
      graph, [&](const Outputs& v) { return below(graph, v[0], 5); },
      [&](const Outputs& v) {
        return Inputs{v[0] + 1, v[1] * 2.0};
      },
      {0, 1.5});
  Session session(graph);
  const std::vector<Tensor> values = session.run({}, {end[0].name(), end[1].name()});
  EXPECT_EQ(values[0].item<std::int32_t>(), 5);
  EXPECT_EQ(values[1].item<float>(), 48);
}

TEST(WhileLoop, EndsAfterItsMostPasses) {
  GraphBuilder graph;
  const Outputs end = while_loop(
      graph, [&](const Outputs&) { return Input(graph.constant(Tensor::scalar(true))); },
      [&](const Outputs& v) { return Inputs{v[0] * 3}; }, {1}, {.maximum_iterations = 4});
  ASSERT_EQ(end.size(), 1U);
  EXPECT_EQ(Session(graph).run(end[0]).item<std::int32_t>(), 81);
}

TEST(WhileLoop, RunsInALoopAndInABranch) {
  GraphBuilder graph;
  const Output taken = graph.placeholder(DType::kBool, Shape(), "taken");
  const Output step = graph.constant(Tensor::scalar(3), "step");
  const Outputs end = cond(
      graph, taken,
      [&] {
        const Outputs sums = while_loop(
            graph, [&](const Outputs& v) { return below(graph, v[0], 4); },
            [&](const Outputs& v) {
              const Outputs inner = while_loop(
                  graph, [&](const Outputs& u) { return below(graph, u[0], v[0]); },
                  [&](const Outputs& u) {
                    return Inputs{u[0] + 1, u[1] + step};
                  },
                  {0, v[1]});
              return Inputs{v[0] + 1, inner[1]};
            },
            {0, 100});
        return std::vector<BranchResult>{Input(sums[1])};
      },
      [&] { return std::vector<BranchResult>{Input(step)}; });
  Session session(graph);
  const auto run = [&](bool value) {
    return session.run({{"taken:0", Tensor::scalar(value)}}, end[0].name()).item<std::int32_t>();
  };
  EXPECT_EQ(run(true), 100 + 3 * (0 + 1 + 2 + 3));
  EXPECT_EQ(run(false), 3);
}

TEST(WhileLoop, ReadsAVariableFromOutside) {
  GraphBuilder graph;
  const Variable w = get_variable(graph, "w", Tensor::scalar(0.5F));
  const Outputs end = while_loop(
      graph, [&](const Outputs& v) { return below(graph, v[0], 3.0); },
      [&](const Outputs& v) { return Inputs{v[0] + w}; }, {0.0});
  Session session(graph);
  session.run(w.initializer());
  EXPECT_EQ(session.run(end[0]).item<float>(), 3);
}

TEST(WhileLoop, RefusesWhatDoesNotFit) {
  GraphBuilder graph;
  const auto loop = [&](const LoopCondition& holds, const LoopBody& body, const Inputs& variables,
                        WhileLoopOptions options = {}) {
    return failure([&] { while_loop(graph, holds, body, variables, options); });
  };
  const LoopCondition few = [&](const Outputs& v) { return below(graph, v[0], 3); };
  const LoopCondition always = [&](const Outputs&) {
    return Input(graph.constant(Tensor::scalar(true)));
  };
  const LoopBody next = [&](const Outputs& v) { return Inputs{v[0] + 1}; };
  const LoopBody twice = [&](const Outputs& v) {
    return Inputs{graph.apply_op("ConcatV2", {Inputs{v[0], v[0]}, Input(0)}).output()};
  };
  const Output two = graph.constant(Tensor::of<float>({2}, {1, 2}), "two");
  EXPECT_EQ(loop(few, next, {}), "ValueError: No loop variables provided");
  EXPECT_EQ(loop(few, next, {0}, {.parallel_iterations = 0}),
            "TypeError: parallel_iterations must be a positive integer.");
  EXPECT_EQ(loop(few, next, {0}, {.maximum_iterations = Input(std::vector<int>{3})}),
            "ValueError: maximum_iterations must be a scalar, saw shape: (1,)");
  EXPECT_EQ(loop(few,
                 [](const Outputs& v) {
                   return Inputs{v[0], v[0]};
                 },
                 {0}),
            "ValueError: Number of inputs and outputs of body must match loop_vars: 1, 2");
  EXPECT_EQ(loop([](const Outputs& v) { return Input(v[0]); }, next, {0}),
            "TypeError: Input 'input' of 'LoopCond' Op has type int32 that does not match expected "
            "type of bool.");
  EXPECT_EQ(loop(always, twice, {two}, {.shape_invariants = {{3}}}),
            "ValueError: The shape invariant specified for two:0 is not compatible with the "
            "initial shape of the loop variable. It enters the loop with shape (2,), but the "
            "specified shape invariant is (3,).");
  EXPECT_EQ(loop(always, twice, {two}),
            "ValueError: Input tensor 'two:0' enters the loop with shape (2,), but has shape (4,) "
            "after one iteration. To allow the shape to vary across iterations, use the "
            "`shape_invariants` argument of tf.while_loop to specify a less-specific shape.");
  EXPECT_EQ(loop(few, [](const Outputs&) { return Inputs{1.5}; }, {0}),
            "TypeError: Cannot convert a tensor of type float32 to an input of type int32");
  EXPECT_TRUE(graph.current_name_scope().empty());
  EXPECT_EQ(graph.control_flow_context(), nullptr);
}

TEST(WhileLoop, KeepsItsInsideToItself) {
  GraphBuilder graph;
  Output inside;
  const Outputs end = while_loop(
      graph, [&](const Outputs& v) { return below(graph, v[0], 3); },
      [&](const Outputs& v) {
        inside = v[0];
        return Inputs{v[0] + 1};
      },
      {0});
  const int before = graph.num_operations();
  EXPECT_EQ(failure([&] { graph.identity(inside); }),
            "ValueError: Cannot use 'while/Identity' as input to 'Identity' because "
            "'while/Identity' is in a while loop.");
  EXPECT_EQ(failure([&] {
              while_loop(
                  graph, [&](const Outputs& v) { return below(graph, v[0], inside); },
                  [&](const Outputs& v) { return Inputs{v[0]}; }, {0});
            }),
            "ValueError: Cannot use 'while/Identity' as input to 'while_1/Less' because they are "
            "in different while loops.");
  EXPECT_GT(graph.num_operations(), before);  // Of the second loop, as far as it came.
  EXPECT_FALSE(is_fetchable(inside.op()));
  EXPECT_FALSE(is_feedable(inside));
  EXPECT_TRUE(is_fetchable(end[0].op()));
  EXPECT_TRUE(is_feedable(end[0]));
  Session session(graph);
  EXPECT_EQ(failure([&] { session.run(TensorName(inside)); }),
            "ValueError: Operation 'while/Identity' has been marked as not fetchable.");
  EXPECT_EQ(failure([&] {
              session.run({{inside, Tensor::scalar(1)}}, TensorName(end[0]));
            }),
            "ValueError: Tensor while/Identity:0 may not be fed.");
}

TEST(Case, TakesTheFirstBranchWhosePredicateHolds) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kInt32, Shape(), "x");
  const auto when = [&](int limit, int value) {
    return std::pair<Output, Branch>(graph.apply_op("Less", {x, limit}).output(), [&graph, value] {
      return std::vector<BranchResult>{Input(graph.constant(Tensor::scalar(value)))};
    });
  };
  const Output first = case_of(graph, {when(1, 10), when(2, 20)}).at(0);
  const Output only = case_of(graph, {when(1, 10), when(2, 20)},
                              {.default_fn = when(0, 30).second, .exclusive = true})
                          .at(0);
  Session session(graph);
  const auto run = [&](const Output& output, int value) {
    return session.run({{"x:0", Tensor::scalar(value)}}, output.name()).item<std::int32_t>();
  };
  EXPECT_EQ(run(first, 0), 10);
  EXPECT_EQ(run(first, 1), 20);
  EXPECT_NE(failure([&] { run(first, 2); }).find("None of conditions evaluated as True"),
            std::string::npos);
  EXPECT_EQ(run(only, 1), 20);
  EXPECT_EQ(run(only, 2), 30);
  EXPECT_NE(failure([&] { run(only, 0); }).find("more than 1 conditions"), std::string::npos);
}

}  // namespace
}  // namespace icecore::inline v0
