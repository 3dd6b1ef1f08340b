// The twin of 03_import_meta: a small network with variables of all kinds, named outputs and a
// step.
#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/checkpoint_state.h>
#include <icecore/math.h>
#include <icecore/meta_graph.h>
#include <icecore/saver.h>
#include <icecore/session.h>
#include <icecore/variable.h>

#include "twins/graph_compare.h"
#include "twins/script_folder.h"
#include "twins/values.h"

namespace icecore::inline v0 {
namespace {

// A variable's own assign() doesn't lock it, as tf.assign() does.
Operation assign_without_lock(const Variable& variable, const Input& value) {
  return variable.graph().apply_op("Assign", {Input(variable.ref()), value},
                                   {{"use_locking", false}});
}

TEST(ImportMeta, HasTheScriptsGraphsAndValues) {
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
  const Variable step = get_or_create_global_step(graph);
  const Variable seen = make_variable(graph, fill(graph, std::vector<int>{2}, 3),
                                      {.name = "seen", .trainable = false, .dtype = DType::kInt32});
  make_variable(graph, 2.5,
                {.name = "local_only",
                 .trainable = false,
                 .collections = {std::string(GraphKeys::kLocalVariables)}});
  graph.add_to_collection("outputs", {y});
  graph.add_to_collection("outputs", {h});
  graph.add_to_collection("hyper", {0.125});
  Saver saver(graph);
  std::vector<std::string> names;
  for (const Variable& variable : global_variables(graph)) names.push_back(variable.name());
  EXPECT_EQ(names, (std::vector<std::string>{"layer1/w:0", "layer1/b:0", "layer2/w:0",
                                             "global_step:0", "seen:0"}));

  const ScriptFolder folder("import_meta");
  const Tensor rows = Tensor::of(Shape({2, 3}), {1.0F, 2.0F, 3.0F, 0.0F, 0.0F, 1.0F});
  {
    Session session(graph);
    session.run(global_variables_initializer(graph));
    saver.save(session, "net", {.global_step = 10});
    const std::vector<Operation> changes = {
        assign_without_lock(global_variables(graph).at(1), std::vector<double>{1, -1}),
        assign(step, 20).op(), assign_without_lock(seen, std::vector<int>{4, 5})};
    for (const Operation& change : changes) session.run(change);
    saver.save(session, "net", {.global_step = 20});
    EXPECT_EQ(elements_text(session.run({{x, rows}}, y)), "2.5 0.75");
  }
  EXPECT_EQ(difference_from_file("../scripts/expected/03_import_meta/graphs/0.pb", graph), "");

  {
    GraphBuilder imported(standard_ops());
    Saver its_saver = import_meta_graph("net-20.meta", imported).value();
    Session session(imported);
    its_saver.restore(session, latest_checkpoint("./").value());
    EXPECT_EQ(elements_text(session.run({{"x:0", rows}}, "layer2/y:0")), "2.5 0.75");
    EXPECT_EQ(elements_text(session.run(*get_global_step(imported))), "20");
    EXPECT_EQ(imported.collection("outputs").size(), 2U);
    EXPECT_EQ(difference_from_file("../scripts/expected/03_import_meta/graphs/1.pb", imported), "");
  }
  GraphBuilder imported(standard_ops());
  Saver its_saver = import_meta_graph("./net-20.meta", imported, {.clear_devices = true}).value();
  Session session(imported);
  its_saver.restore(session, "./net-10");
  EXPECT_EQ(elements_text(session.run("layer1/b:0")), "0 0");
  const Output total =
      reduce_sum(imported, imported.get_tensor_by_name("layer1/h:0"), {.axis = 1, .name = "total"});
  const Tensor row = Tensor::of(Shape({1, 3}), {1.0F, 2.0F, 3.0F});
  EXPECT_EQ(elements_text(session.run({{"x:0", row}}, total)), "5");
  EXPECT_TRUE(its_saver.last_checkpoints().empty());
  EXPECT_EQ(difference_from_file("../scripts/expected/03_import_meta/graphs/2.pb", imported), "");
}

}  // namespace
}  // namespace icecore::inline v0
