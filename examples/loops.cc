// A loop and a branch in a graph: the steps that a number takes to 1 in Collatz's game.
//
//   loops
#include <icecore/icecore.h>
#include <icecore/session.h>

#include <iostream>

using namespace icecore;

int main() {
  GraphBuilder graph;
  const Output start = graph.placeholder(DType::kInt32, Shape(), "start");
  const auto node = [&](const char* op, const Input& x, const Input& y) {
    return graph.apply_op(op, {x, y}).output();
  };
  const std::vector<Output> end = while_loop(
      graph, [&](const std::vector<Output>& v) { return Input(node("Greater", v[0], 1)); },
      [&](const std::vector<Output>& v) {
        const Output &number = v[0], &steps = v[1];
        const std::vector<Output> next = cond(
            graph, node("Equal", node("FloorMod", number, 2), 0),
            [&] { return std::vector<BranchResult>{Input(node("FloorDiv", number, 2))}; },
            [&] { return std::vector<BranchResult>{Input(number * 3 + 1)}; });
        return std::vector<Input>{next[0], steps + 1};
      },
      {start, 0}, {.maximum_iterations = 1000});

  Session session(graph);
  const Tensor steps = session.run({{start, Tensor::scalar(27)}}, end[1]);
  std::cout << steps.item<std::int32_t>() << " steps\n";
}
