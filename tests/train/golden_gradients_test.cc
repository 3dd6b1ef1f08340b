// Gradients against TensorFlow 1.15.5's values (tests/golden/op_cases, cases with grad=True).
#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/gradients.h>
#include <icecore/import_graph_def.h>
#include <icecore/session.h>

#include "finite_differences.h"
#include "graph/graph_data.h"
#include "ops/golden_family.h"

namespace icecore::inline v0 {
namespace {

class GoldenGradients : public testing::TestWithParam<std::string> {};

bool is_differentiable(DType dtype) {
  return dtype == DType::kFloat16 || dtype == DType::kFloat32 || dtype == DType::kFloat64 ||
         dtype == DType::kComplex64 || dtype == DType::kComplex128;
}

void check_case(GraphBuilder& graph, const GoldenFamily& family, const std::string& name) {
  const Operation op = graph.get_operation_by_name(name + "/op");
  SCOPED_TRACE(name + " (" + op.type() + ")");
  GradientsOptions options;
  std::vector<Output> ys, xs;
  for (const Output& output : op.outputs()) {
    if (!is_differentiable(output.dtype())) continue;
    // The generator numbers the gradients by their place among the outputs.
    options.grad_ys.push_back(
        graph.get_tensor_by_name(name + "/dy" + std::to_string(ys.size()) + ":0"));
    ys.push_back(output);
  }
  std::vector<int> places;
  for (int i = 0; i < op.num_inputs(); ++i) {
    if (!is_differentiable(op.input(i).dtype())) continue;
    xs.push_back(op.input(i));
    places.push_back(i);
  }
  std::vector<Gradient> found;
  try {
    found = gradients(graph, ys, xs, options);
  } catch (const Error& error) {
    ADD_FAILURE() << error.message();
    return;
  }
  Session session(graph);
  std::optional<double> tolerance;
  if (family.answers.contains(name + "/tolerance")) {
    tolerance = family.answers.read(name + "/tolerance").item<float>();
  }
  for (std::size_t i = 0; i < xs.size(); ++i) {
    const std::string key = name + "/grad" + std::to_string(places[i]);
    const bool none = std::holds_alternative<std::monostate>(found[i]);
    EXPECT_EQ(!none, family.answers.contains(key)) << "input " << places[i];
    if (none || !family.answers.contains(key)) continue;
    try {
      const Tensor mine = session.run(dense_gradient(graph, found[i], xs[i]));
      EXPECT_EQ(difference(mine, family.answers.read(key), tolerance), "") << "input " << places[i];
    } catch (const Error& error) {
      ADD_FAILURE() << "input " << places[i] << ": " << error.message();
    }
  }
}

TEST_P(GoldenGradients, AreTensorFlows) {
  const GoldenFamily family(GetParam());
  GraphBuilder graph;
  import_graph_def(graph, family.graph, {.name = ""});
  for (const std::size_t i : family.ops(false)) {
    const std::string node(family.graph.data().names[i]);
    const std::string name = node.substr(0, node.size() - 3);
    if (graph.find_operation(name + "/dy0")) check_case(graph, family, name);
  }
}

INSTANTIATE_TEST_SUITE_P(Families, GoldenGradients, testing::ValuesIn(golden_families()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace icecore::inline v0
