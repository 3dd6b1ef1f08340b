// Gradients of branches, and beside loops.
#include <gtest/gtest.h>
#include <icecore/control_flow.h>
#include <icecore/gradients.h>
#include <icecore/math.h>
#include <icecore/session.h>
#include <icecore/variable.h>

#include "graph/failure.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

using Outputs = std::vector<Output>;
using Inputs = std::vector<Input>;

Output node(GraphBuilder& graph, std::string_view op, const std::vector<OpInput>& inputs) {
  return graph.apply_op(op, inputs).output();
}

Output choose(GraphBuilder& graph, const Output& pred, const std::function<Output()>& when_true,
              const std::function<Output()>& when_false, std::string_view name = "cond") {
  return cond(
             graph, pred, [&] { return std::vector<BranchResult>{Input(when_true())}; },
             [&] { return std::vector<BranchResult>{Input(when_false())}; }, name)
      .at(0);
}

// The twin of make_gradients_of_conds in tests/golden/built_graphs.py.
TEST(BranchGradients, AreMadeAsByTensorFlow) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, {2}, "x");
  const Output w = graph.constant(Tensor::of<float>({2}, {3, 4}), "w");
  const Output p = graph.placeholder(DType::kBool, {}, "p");
  const Output q = graph.placeholder(DType::kBool, {}, "q");
  const auto product = [&] { return node(graph, "Mul", {x, w}); };
  const Output y = choose(graph, p, product, [&] { return node(graph, "Square", {x}); });
  gradients(graph, {y}, {x, w});
  const Output nested = choose(
      graph, p, [&] { return choose(graph, q, product, [&] { return x; }); },
      [&] { return node(graph, "Exp", {x}); }, "nested");
  GradientsOptions options;
  options.colocate_gradients_with_ops = true;
  gradients(graph, {nested}, {x, w}, options);
  options.colocate_gradients_with_ops = false;
  options.gate_gradients = true;
  gradients(graph, {nested, node(graph, "Mul", {y, x})}, {x}, options);
  const Variable r =
      get_variable(graph, "r", Tensor::of<float>({2}, {1, 2}), {.use_resource = true});
  gradients(graph,
            {choose(
                graph, p,
                [&] {
                  return node(graph, "Mul", {r, x});
                },
                [&] { return x; }, "variable")},
            {r.ref()});
  const Output table = graph.placeholder(DType::kFloat32, {-1, 2}, "table");
  gradients(graph,
            {choose(
                graph, p,
                [&] {
                  return node(graph, "GatherV2", {table, std::vector<int>{1, 0, 1}, 0});
                },
                [&] {
                  return node(graph, "Mul", {table, 2.0});
                },
                "rows")},
            {table});
  EXPECT_EQ(difference_from_file("golden/built/gradients_of_conds.pb", graph), "");
}

// The twin of make_gradients_of_switches.
TEST(BranchGradients, OfSwitchesOutsideOfABranchAreTensorFlows) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, {2}, "x");
  const Output p = graph.placeholder(DType::kBool, {}, "p");
  const Operation sides = graph.apply_op("Switch", {x, p});
  const Output squared = node(graph, "Square", {sides.output(0)});
  const Output merged = merge(graph, {squared, node(graph, "Exp", {sides.output(1)})}).first;
  gradients(graph, {merged}, {x});
  gradients(graph, {node(graph, "Square", {sides.output(1)})}, {x});
  EXPECT_EQ(difference_from_file("golden/built/gradients_of_switches.pb", graph), "");
}

// The twin of make_gradients_beside_loops.
TEST(BranchGradients, BesideLoopsAndWithinAPassAreTensorFlows) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, {2}, "x");
  const Output count = while_loop(
                           graph,
                           [&](const Outputs& v) {
                             return Input(node(graph, "Less", {v[0], 3}));
                           },
                           [&](const Outputs& v) { return Inputs{v[0] + 1}; }, {0})
                           .at(0);
  const Output w = graph.constant(Tensor::of<float>({2}, {1, 2}), "w");
  const Output product = node(graph, "Mul", {x, w});
  const Output y = node(graph, "Mul", {product, cast(graph, count, DType::kFloat32)});
  gradients(graph, {y}, {x, w});
  const Outputs end = while_loop(
      graph,
      [&](const Outputs& v) {
        return Input(node(graph, "Less", {v[0], 2}));
      },
      [&](const Outputs& v) {
        const Output z = v[1];
        const Output squared = node(graph, "Square", {z});
        const std::vector<Gradient> found =
            gradients(graph, {node(graph, "Mul", {squared, w})}, {z, w});
        const Output next = v[0] + 1;
        return Inputs{next, z - std::get<Output>(found[0]) * std::get<Output>(found[1])};
      },
      {0, x}, {.name = "inside"});
  EXPECT_EQ(difference_from_file("golden/built/gradients_beside_loops.pb", graph), "");

  // z - 2 z w * z²
  const Tensor values =
      Session(graph).run({{"x:0", Tensor::of<float>({2}, {0.5, -1})}}, end[1].name());
  const auto pass = [](float z, float factor) { return z - 2 * z * factor * z * z; };
  EXPECT_FLOAT_EQ(values.values<float>()[0], pass(pass(0.5F, 1), 1));
  EXPECT_FLOAT_EQ(values.values<float>()[1], pass(pass(-1, 2), 2));
}

TEST(BranchGradients, FlowThroughTheBranchThatIsTaken) {
  GraphBuilder graph;
  const Output x = graph.constant(Tensor::of<float>({2}, {2, 3}), "x");
  const Output w = graph.constant(Tensor::of<float>({2}, {5, 7}), "w");
  const Output p = graph.placeholder(DType::kBool, {}, "p");
  const Output y = choose(
      graph, p,
      [&] {
        return node(graph, "Mul", {x, w});
      },
      [&] { return node(graph, "Square", {x}); });
  const std::vector<Gradient> found = gradients(graph, {y}, {x, w});
  Session session(graph);
  const auto run = [&](std::size_t i, bool taken) {
    const Tensor value =
        session.run({{"p:0", Tensor::scalar(taken)}}, std::get<Output>(found[i]).name());
    return std::vector<float>(value.values<float>().begin(), value.values<float>().end());
  };
  EXPECT_EQ(run(0, true), (std::vector<float>{5, 7}));
  EXPECT_EQ(run(0, false), (std::vector<float>{4, 6}));
  EXPECT_EQ(run(1, true), (std::vector<float>{2, 3}));
  EXPECT_EQ(run(1, false), (std::vector<float>{0, 0}));
}

TEST(BranchGradients, ThroughLoopsAreRefused) {
  GraphBuilder graph;
  const Output x = graph.constant(Tensor::scalar(2.F), "x");
  const auto loop = [&](const LoopBody& body) {
    return while_loop(graph,
                      [&](const Outputs& v) {
                        return Input(node(graph, "Less", {v[0], 9.0}));
                      },
                      body, {x})
        .at(0);
  };
  const Output end = loop([&](const Outputs& v) { return Inputs{v[0] * 2.0}; });
  EXPECT_EQ(failure([&] { gradients(graph, {end}, {x}); }),
            "UNIMPLEMENTED: gradients through while loops aren't there yet: the loop "
            "'while/while_context', whose result is 'while/Exit', lies between what is "
            "differentiated and the variables");
  EXPECT_EQ(failure([&] {
              loop([&](const Outputs& v) {
                gradients(graph, {node(graph, "Square", {v[0]})}, {x});
                return Inputs{v[0]};
              });
            }),
            "ValueError: Cannot compute gradient inside while loop with respect to op 'x'. We do "
            "not support taking the gradient wrt or through the initial value of a loop variable. "
            "Gradients can be computed through loop invariants or wrt the input parameters to the "
            "loop body.");
}

}  // namespace
}  // namespace icecore::inline v0
