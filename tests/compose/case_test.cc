#include <gtest/gtest.h>
#include <icecore/case.h>
#include <icecore/math.h>

#include "graph/failure.h"
#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

template <typename T>
Branch giving(GraphBuilder& graph, T value) {
  return [&graph, value] {
    return std::vector<BranchResult>{Input(graph.constant(Tensor::scalar(value)))};
  };
}

// The twin of make_cases in tests/golden/built_graphs.py.
TEST(Cases, AreMadeAsByTensorFlow) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kInt32, Shape(), "x");
  std::vector<Output> is;
  for (const char* name : {"p", "q", "r"}) {
    is.push_back(graph.apply_op("Equal", {x, static_cast<int>(is.size())}, {}, name).output());
  }
  case_of(graph, {{is[0], giving(graph, 1)}, {is[1], giving(graph, 2)}},
          {.default_fn = giving(graph, 3)});
  case_of(graph,
          {{is[0], giving(graph, 1.F)}, {is[1], giving(graph, 2.F)}, {is[2], giving(graph, 3.F)}},
          {.exclusive = true, .name = "surely"});
  case_of(graph, {{is[0], giving(graph, 1)}, {is[1], giving(graph, 2)}},
          {.default_fn = giving(graph, 3), .exclusive = true, .name = "defaulted"});
  assert_that(graph, is[0], {"plain", x}, 5);
  assert_that(graph, reduce_all(graph, is[1]), {1.5}, 3, "guarded");
  EXPECT_EQ(difference_from_file("golden/built/cases.pb", graph), "");
}

TEST(Cases, HaveBoolsToDecide) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kInt32, Shape(), "x");
  EXPECT_EQ(failure([&] {
              case_of(graph, {{x, giving(graph, 1)}});
            }),
            "TypeError: pred must be Tensor of type bool: x:0");
}

}  // namespace
}  // namespace icecore::inline v0
