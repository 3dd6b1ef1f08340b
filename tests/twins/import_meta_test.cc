// The twin of 03_import_meta: a small network with variables of all kinds, named outputs and a
// step.
#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/math.h>
#include <icecore/session.h>
#include <icecore/variable.h>

#include "twins/graph_compare.h"
#include "twins/values.h"

namespace icecore::inline v0 {
namespace {

TEST(ImportMeta, HasTheScriptsNodesAndValuesUpToTheSaver) {
  GraphBuilder graph(standard_ops());
  const Output x = graph.placeholder(DType::kFloat32, {-1, 3}, "x");
  Output h, y;
  {
    const ScopeGuard layer = variable_scope(graph, "layer1");
    const Variable w = get_variable(graph, "w", Shape({3, 2}),
                                    {.initializer = constant_initializer(
                                         Tensor::of(Shape({6}), {.1F, .2F, .3F, .4F, .5F, .6F}))});
    const Variable b = get_variable(graph, "b", Shape({2}), {.initializer = zeros_initializer()});
    const Output sum = matmul(graph, x, w) + b;
    h = graph.apply_op("Relu", {Input(sum)}, {}, "h").output();
  }
  {
    const ScopeGuard layer = graph.name_scope("layer2");
    const Variable w = make_variable(graph, ones(graph, Shape({2, 1})) * 0.5, {.name = "w"});
    y = matmul(graph, h, w, {.name = "y"});
  }
  get_or_create_global_step(graph);
  make_variable(graph, fill(graph, std::vector<int>{2}, 3),
                {.name = "seen", .trainable = false, .dtype = DType::kInt32});
  make_variable(graph, 2.5,
                {.name = "local_only",
                 .trainable = false,
                 .collections = {std::string(GraphKeys::kLocalVariables)}});
  graph.add_to_collection("outputs", {y});
  graph.add_to_collection("outputs", {h});
  graph.add_to_collection("hyper", {0.125});
  EXPECT_EQ(difference_from_start_of_file("scripts/03_import_meta/0.pb", graph), "");

  std::vector<std::string> names;
  for (const Variable& variable : global_variables(graph)) names.push_back(variable.name());
  EXPECT_EQ(names, (std::vector<std::string>{"layer1/w:0", "layer1/b:0", "layer2/w:0",
                                             "global_step:0", "seen:0"}));

  Session session(graph);
  session.run(global_variables_initializer(graph));
  session.run(assign(global_variables(graph).at(1), std::vector<double>{1, -1}));
  const Tensor rows = Tensor::of(Shape({2, 3}), {1.0F, 2.0F, 3.0F, 0.0F, 0.0F, 1.0F});
  EXPECT_EQ(elements_text(session.run({{x, rows}}, y)), "2.5 0.75");
}

}  // namespace
}  // namespace icecore::inline v0
