// The twin of 01_save_plain: two variables and a counter, changed, and their product.
#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/checkpoint_state.h>
#include <icecore/math.h>
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

TEST(SavePlain, HasTheScriptsGraphFilesAndValues) {
  GraphBuilder graph(standard_ops());
  const Variable weights = make_variable(
      graph, Tensor::of(Shape({2, 2}), {1.5F, -2.25F, 0.125F, 4.0F}), {.name = "weights"});
  const Variable bias =
      make_variable(graph, Tensor::of(Shape({2}), {0.5F, -0.5F}), {.name = "bias"});
  const Variable counter = make_variable(graph, 7, {.name = "counter", .trainable = false});
  const Output bump = assign_add(counter, 5, "bump");
  const Operation zero = assign_without_lock(weights, zeros(graph, Shape({2, 2})));
  const Operation wipe = graph.group({zero, assign(bias, std::vector<double>{9, 9}).op()}, "wipe");
  const Output squared = matmul(graph, weights, weights);
  const Output product =
      graph.apply_op("Add", {Input(squared), Input(bias)}, {}, "product").output();
  Saver saver(graph);
  const Operation init = global_variables_initializer(graph);
  EXPECT_EQ(difference_from_file("../scripts/expected/01_save_plain/graphs/0.pb", graph), "");

  const ScriptFolder folder("save_plain");
  Session session(graph);
  session.run(init);
  EXPECT_EQ(elements_text(session.run(bump)), "12");
  EXPECT_EQ(elements_text(session.run(bump)), "17");
  EXPECT_EQ(elements_text(session.run(product)), "2.46875 -12.875 1.1875 15.2188");
  EXPECT_EQ(saver.save(session, "./my_model"), "./my_model");
  session.run(wipe);
  EXPECT_EQ(elements_text(session.run(weights)), "0 0 0 0");
  EXPECT_EQ(elements_text(session.run("bias:0")), "9 9");
  saver.restore(session, "./my_model");
  EXPECT_EQ(elements_text(session.run(weights)), "1.5 -2.25 0.125 4");
  EXPECT_EQ(elements_text(session.run("bias:0")), "0.5 -0.5");
  EXPECT_EQ(elements_text(session.run(counter)), "17");
  EXPECT_EQ(session.run(counter).dtype(), DType::kInt32);
  EXPECT_EQ(latest_checkpoint("./"), "./my_model");

  Session again(graph);
  saver.restore(again, "my_model");
  EXPECT_EQ(elements_text(again.run(product)), "2.46875 -12.875 1.1875 15.2188");
}

}  // namespace
}  // namespace icecore::inline v0
