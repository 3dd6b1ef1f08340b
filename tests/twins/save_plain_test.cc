// The twin of 01_save_plain: two variables and a counter, changed, and their product.
#include <gtest/gtest.h>
#include <icecore/array.h>
#include <icecore/math.h>
#include <icecore/variable.h>

#include "twins/graph_compare.h"

namespace icecore::inline v0 {
namespace {

// A variable's own assign() doesn't lock it, as tf.assign() does.
Operation assign_without_lock(const Variable& variable, const Input& value) {
  return variable.graph().apply_op("Assign", {Input(variable.ref()), value},
                                   {{"use_locking", false}});
}

TEST(SavePlain, HasTheScriptsNodesUpToTheSaver) {
  GraphBuilder graph(standard_ops());
  const Variable weights = make_variable(
      graph, Tensor::of(Shape({2, 2}), {1.5F, -2.25F, 0.125F, 4.0F}), {.name = "weights"});
  const Variable bias =
      make_variable(graph, Tensor::of(Shape({2}), {0.5F, -0.5F}), {.name = "bias"});
  const Variable counter = make_variable(graph, 7, {.name = "counter", .trainable = false});
  assign_add(counter, 5, "bump");
  const Operation zero = assign_without_lock(weights, zeros(graph, Shape({2, 2})));
  graph.group({zero, assign(bias, std::vector<double>{9, 9}).op()}, "wipe");
  const Output product = matmul(graph, weights, weights);
  graph.apply_op("Add", {Input(product), Input(bias)}, {}, "product");
  EXPECT_EQ(difference_from_start_of_file("scripts/01_save_plain/0.pb", graph), "");
}

}  // namespace
}  // namespace icecore::inline v0
