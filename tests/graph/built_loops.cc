// The loops of tests/golden/builder_graphs.py.
#include <icecore/control_flow.h>

#include "graph/built_graphs.h"

namespace icecore::inline v0 {
namespace {

using Outputs = std::vector<Output>;
using Inputs = std::vector<Input>;

Output less(GraphBuilder& g, const Input& x, const Input& y) {
  return g.apply_op("Less", {x, y}).output();
}

Output add(GraphBuilder& g, const Input& x, const Input& y) {
  return g.apply_op("AddV2", {x, y}).output();
}

Output mul(GraphBuilder& g, const Input& x, const Input& y) {
  return g.apply_op("Mul", {x, y}).output();
}

Output scalar(GraphBuilder& g, float value, std::string_view name = "Const") {
  return g.constant(Tensor::scalar(value), name);
}

}  // namespace

void build_loops(GraphBuilder& g) {
  const Output x = g.placeholder(DType::kFloat32, {-1, 2}, "x");
  const Output step = g.constant(Tensor::scalar(2), "step");
  while_loop(
      g, [&](const Outputs& v) { return Input(less(g, v[0], 10)); },
      [&](const Outputs& v) { return Inputs{add(g, v[0], step)}; }, {0});
  {
    const ScopeGuard before = g.control_dependencies({g.no_op("before")});
    const Tensor row = Tensor::of<float>({1, 2}, {1, 2});
    while_loop(
        g, [&](const Outputs& v) { return Input(less(g, v[0], 3)); },
        [&](const Outputs& v) {
          const Output next = add(g, v[0], 1);
          return Inputs{next, g.apply_op("ConcatV2", {Inputs{v[1], x, row}, Input(0)}).output()};
        },
        {g.constant(Tensor::scalar(0), "i"), x},
        {.shape_invariants = {Shape(), {-1, 2}}, .parallel_iterations = 3, .name = "grow"});
  }
  while_loop(
      g, [&](const Outputs&) { return Input(g.constant(Tensor::scalar(true))); },
      [&](const Outputs& v) { return Inputs{mul(g, v[0], 2.0)}; }, {1.0},
      {.back_prop = false, .maximum_iterations = 5, .name = "counted"});
}

void build_loops_in_loops(GraphBuilder& g) {
  const Output x = scalar(g, 1, "x");
  const Output w = g.placeholder(DType::kFloat32, {}, "w");
  const Outputs outer = while_loop(
      g, [&](const Outputs& v) { return Input(less(g, v[0], 4)); },
      [&](const Outputs& v) {
        const Output i = v[0], y = v[1];
        const Operation last = g.no_op("last");
        const Output next = add(g, i, 1);
        return Inputs{next, while_loop(
                                g, [&](const Outputs& u) { return Input(less(g, u[0], 7)); },
                                [&](const Outputs& u) {
                                  Output a;
                                  {
                                    const ScopeGuard after = g.control_dependencies({last, y.op()});
                                    a = scalar(g, 3, "a");
                                  }
                                  const Output j = add(g, u[0], i);
                                  const Output z = add(g, u[1], w);
                                  return Inputs{j, mul(g, z, add(g, a, x))};
                                },
                                {0, y})
                                .at(1)};
      },
      {0, x}, {.name = "outer"});
  mul(g, outer[1], w);
  while_loop(
      g, [&](const Outputs& v) { return Input(less(g, v[0], 4)); },
      [&](const Outputs& v) {
        while_loop(
            g, [&](const Outputs& u) { return Input(less(g, u[0], w)); },
            [&](const Outputs& u) { return Inputs{add(g, u[0], x)}; }, {w});
        return Inputs{add(g, v[0], 1)};
      },
      {outer[0]});
}

void build_loops_and_branches(GraphBuilder& g) {
  const Output x = scalar(g, 1, "x");
  const Output p = g.placeholder(DType::kBool, {}, "p");
  while_loop(
      g, [&](const Outputs& v) { return Input(less(g, v[0], 4)); },
      [&](const Outputs& v) {
        const Outputs z = cond(
            g, less(g, v[1], x), [&] { return std::vector<BranchResult>{Input(mul(g, v[1], x))}; },
            [&] { return std::vector<BranchResult>{Input(scalar(g, 7))}; });
        return Inputs{add(g, v[0], 1), z[0]};
      },
      {0, x});
  cond(
      g, p,
      [&] {
        const Outputs y = while_loop(
            g, [&](const Outputs& v) { return Input(less(g, v[0], x)); },
            [&](const Outputs& v) { return Inputs{add(g, v[0], 1.0)}; }, {x});
        return std::vector<BranchResult>{Input(y[0])};
      },
      [&] { return std::vector<BranchResult>{Input(x)}; }, "choice");
  cond(
      g, p,
      [&] {
        const Outputs y = while_loop(
            g, [&](const Outputs&) { return Input(p); },
            [&](const Outputs& v) {
              return Inputs{
                  cond(
                      g, p, [&] { return std::vector<BranchResult>{Input(add(g, v[0], 1))}; },
                      [&] {
                        return std::vector<BranchResult>{Input(g.constant(Tensor::scalar(2)))};
                      })
                      .at(0)};
            },
            {g.constant(Tensor::scalar(0), "zero")});
        return std::vector<BranchResult>{Input(y[0])};
      },
      [&] { return std::vector<BranchResult>{Input(g.constant(Tensor::scalar(5)))}; }, "deep");
}

void build_loops_over_references(GraphBuilder& g) {
  const Output v =
      g.apply_op("VariableV2", {}, {{"shape", Shape()}, {"dtype", DType::kFloat32}}, "v").output();
  while_loop(
      g, [&](const Outputs& u) { return Input(less(g, u[0], 10.0)); },
      [&](const Outputs& u) {
        return Inputs{g.apply_op("AssignAdd", {v, u[0]}).output()};
      },
      {1.0});
  const Outputs y = while_loop(
      g, [&](const Outputs& u) { return Input(less(g, u[0], 3.0)); },
      [&](const Outputs& u) {
        return Inputs{g.apply_op("AssignAdd", {u[0], 1.0}).output()};
      },
      {v}, {.name = "by_reference"});
  const ScopeGuard after = g.control_dependencies({y[0].op()});
  g.no_op("after");
}

void build_tuples(GraphBuilder& g) {
  const Output a = scalar(g, 1, "a"), b = scalar(g, 2, "b");
  tuple(g, {b, a});
  tuple(g, {a}, "one", {b.op()});
}

}  // namespace icecore::inline v0
