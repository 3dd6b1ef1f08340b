// What all optimizers share: slots, collections, arguments, errors; graphs against TensorFlow
// 1.15.5's (tests/golden/training.py).
#include <gtest/gtest.h>
#include <icecore/gradients.h>
#include <icecore/math.h>
#include <icecore/meta_graph.h>
#include <icecore/moving_average.h>
#include <icecore/ops.h>
#include <icecore/optimizers.h>
#include <icecore/saver.h>

#include <algorithm>

#include "graph/failure.h"
#include "io/memory_file_system.h"
#include "train/training_golden.h"

namespace icecore::inline v0 {
namespace {

using Names = std::vector<std::string>;

Names names_of(const std::vector<Variable>& variables) {
  Names names;
  for (const Variable& variable : variables) names.push_back(variable.name());
  return names;
}

void train_in_doubles(bool use_resource) {
  const std::string name = use_resource ? "doubles_resource" : "doubles_ref";
  GraphBuilder graph(standard_ops());
  const Output loss = golden_network(graph, use_resource, DType::kFloat64);
  const Output rate =
      graph.apply_op("PlaceholderWithDefault", {Input(0.05F)}, {{"shape", Shape({})}}, "rate")
          .output();
  std::vector<Operation> trains;
  if (!use_resource) trains.push_back(GradientDescentOptimizer(rate).minimize(loss));
  trains.push_back(MomentumOptimizer(rate, 0.5).minimize(loss));
  trains.push_back(RmsPropOptimizer(rate).minimize(loss));
  trains.push_back(AdagradOptimizer(rate).minimize(loss));
  trains.push_back(AdamOptimizer(rate).minimize(loss));
  add_random_op(graph, 1);
  EXPECT_EQ(difference_from_golden(name, graph), "");
  EXPECT_EQ(difference_after_training(name, graph, 1, trains), "");
}

TEST(Optimizers, CastToTheTypeOfReferenceVariables) {
  train_in_doubles(false);
}

TEST(Optimizers, CastToTheTypeOfResourceVariables) {
  train_in_doubles(true);
}

TEST(Optimizers, OfOneKindCountOnInTheNamesOfSlots) {
  GraphBuilder graph(standard_ops());
  const Output loss = golden_network(graph, false);
  const Variable step = get_variable(graph, "step", Tensor::scalar(std::int64_t{0}),
                                     {.trainable = false, .use_resource = true});
  AdamOptimizer first(0.1), second(0.1);
  std::vector<Operation> trains = {first.minimize(loss, {.global_step = step})};
  std::vector<Variable> some = trainable_variables(graph);
  some.erase(some.begin());
  {
    const ScopeGuard scope = variable_scope(graph, "second");
    trains.push_back(second.minimize(loss, {.var_list = some}));
  }
  {
    const ScopeGuard scope = graph.name_scope("third");
    trains.push_back(MomentumOptimizer(0.1, 0.9, {.name = "Adam"}).minimize(loss));
  }
  EXPECT_EQ(difference_from_golden("two_of_a_kind", graph), "");
  EXPECT_EQ(difference_after_training("two_of_a_kind", graph, 2, trains), "");

  EXPECT_EQ(second.get_slot(some[0], "v")->name(), "second/net/w/Adam_1:0");
  EXPECT_EQ(second.get_slot(trainable_variables(graph)[0], "v"), std::nullopt);
  EXPECT_EQ(second.get_slot(some[0], "momentum"), std::nullopt);
  EXPECT_EQ(second.get_slot_names(), (Names{"m", "v"}));
  EXPECT_EQ(names_of(second.variables(graph)),
            (Names{"second/beta1_power:0", "second/beta2_power:0", "second/net/b/Adam:0",
                   "second/net/b/Adam_1:0", "second/net/w/Adam:0", "second/net/w/Adam_1:0"}));
  EXPECT_TRUE(second.variables(GraphBuilder(standard_ops())).empty());
  Names collected;
  for (const CollectionItem& item : graph.collection(GraphKeys::kTrainOp)) {
    collected.push_back(std::get<Operation>(item.value).name());
  }
  EXPECT_EQ(collected, (Names{"Adam", "second/Adam", "third/Adam"}));
}

TEST(Optimizers, GateGradientsAsAsked) {
  GraphBuilder graph(standard_ops());
  const Output loss = golden_network(graph, false);
  for (const GateGradients gate :
       {GateGradients::kNone, GateGradients::kOp, GateGradients::kGraph}) {
    GradientDescentOptimizer(0.1).minimize(loss, {.gate_gradients = gate});
  }
  GradientDescentOptimizer descent(0.1);
  const Output half = graph.constant(Tensor::scalar(0.5F));
  const Operation train =
      descent.minimize(loss, {.colocate_gradients_with_ops = true, .grad_loss = half});
  EXPECT_EQ(difference_from_golden("gates", graph), "");
  EXPECT_EQ(difference_after_training("gates", graph, 1, {train}), "");
}

TEST(Optimizers, GivePartsOfVariablesSlotsThatAreParts) {
  GraphBuilder graph(standard_ops());
  std::optional<PartitionedVariable> p;
  {
    const ScopeGuard scope =
        variable_scope(graph, "net", {.partitioner = fixed_size_partitioner(2)});
    p = get_partitioned_variable(graph, "p", Shape({4, 2}), {.initializer = ones_initializer()});
  }
  const Output loss = reduce_sum(graph, ops::square(graph, p->as_tensor()));
  std::vector<Operation> trains;
  MomentumOptimizer momentum(0.1, 0.9);
  AdagradOptimizer adagrad(0.1, {.initial_accumulator_value = 0.5});
  {
    const ScopeGuard scope = variable_scope(graph, "outer");
    trains.push_back(momentum.minimize(loss));
  }
  trains.push_back(adagrad.minimize(loss));
  EXPECT_EQ(difference_from_golden("partitioned_slots", graph), "");
  EXPECT_EQ(difference_after_training("partitioned_slots", graph, 2, trains), "");
  const Variable slot = *adagrad.get_slot(p->parts[1], "accumulator");
  EXPECT_EQ(slot.data().save_slice->full_name, "net/p/Adagrad");
  EXPECT_EQ(slot.data().save_slice->spec(), "4 2 2,2:0,2");
}

TEST(Optimizers, MakeSlotsOfVariablesWhoseShapeIsUnknown) {
  GraphBuilder graph(standard_ops());
  const Output start = graph
                           .apply_op("PlaceholderWithDefault", {Input(std::vector<float>{1, 2})},
                                     {{"shape", Shape({-1})}}, "start")
                           .output();
  const Variable v = make_variable(graph, start, {.name = "v", .validate_shape = false});
  const Output loss = reduce_sum(graph, ops::square(graph, v));
  const std::vector<Operation> trains = {MomentumOptimizer(0.1, 0.9).minimize(loss),
                                         RmsPropOptimizer(0.1, {.centered = true}).minimize(loss),
                                         AdagradOptimizer(0.1).minimize(loss)};
  EXPECT_EQ(difference_from_golden("unknown_shapes", graph), "");
  EXPECT_EQ(difference_after_training("unknown_shapes", graph, 2, trains), "");
}

TEST(Optimizers, GoOnFromAMetaGraphAndACheckpoint) {
  MemoryFileSystem files;
  GraphBuilder graph(standard_ops());
  const Output loss = golden_network(graph, true);
  const Operation train = AdamOptimizer(0.1).minimize(loss);
  ExponentialMovingAverage(0.9).apply(graph);
  Saver saver(graph, {.files = &files});
  Session session(graph);
  for (const Variable& v : global_variables(graph)) session.run(v.initializer());
  session.run(train);
  saver.save(session, "model");

  GraphBuilder imported(standard_ops());
  Saver its_saver = import_meta_graph("model.meta", imported, {.saver = {.files = &files}}).value();
  EXPECT_EQ(names_of(global_variables(imported)), names_of(global_variables(graph)));
  EXPECT_EQ(names_of(trainable_variables(imported)), names_of(trainable_variables(graph)));
  EXPECT_EQ(imported.collection(GraphKeys::kMovingAverageVariables).size(), 3U);
  const auto its_train = std::get<Operation>(imported.collection(GraphKeys::kTrainOp).at(0).value);
  EXPECT_EQ(its_train.name(), "Adam");
  Session resumed(imported);
  its_saver.restore(resumed, "model");
  resumed.run(its_train);
  session.run(train);
  for (const Variable& v : global_variables(graph)) {
    const Tensor expected = session.run(v), found = resumed.run(v.value_name());
    EXPECT_TRUE(std::ranges::equal(expected.bytes(), found.bytes())) << v.name();
  }
}

TEST(Optimizers, SayWhatTheyCantTrain) {
  GraphBuilder graph(standard_ops());
  const Output loss = graph.constant(Tensor::scalar(1.0F), "loss");
  GradientDescentOptimizer descent(0.1);
  EXPECT_EQ(failure([&] { descent.minimize(loss); }), "ValueError: No variables to optimize.");
  const Variable v = make_variable(graph, std::vector<double>{1, 2}, {.name = "v"});
  make_variable(graph, 1.0, {.name = "r", .use_resource = true});
  EXPECT_EQ(failure([&] { descent.minimize(loss); }),
            "ValueError: No gradients provided for any variable, check your graph for ops that do "
            "not support "
            "gradients, between variables [\"<tf.Variable 'v:0' shape=(2,) dtype=float32_ref>\", "
            "\"<tf.Variable 'r:0' shape=() dtype=float32>\"] and loss Tensor(\"loss:0\", "
            "shape=(), dtype=float32).");
  EXPECT_EQ(failure([&] { descent.apply_gradients({}); }), "ValueError: No variables provided.");
  EXPECT_EQ(failure([&] {
              descent.apply_gradients({{{}, v}});
            }),
            "ValueError: No gradients provided for any variable: [\"<tf.Variable 'v:0' shape=(2,) "
            "dtype=float32_ref>\"].");
  EXPECT_EQ(
      failure([&] { descent.minimize(graph.constant(Tensor::scalar(1), "n")); }),
      "ValueError: Invalid type tf.int32 for n:0, expected: [tf.float32, tf.float64, tf.float16, "
      "tf.bfloat16].");
  EXPECT_EQ(failure([] { AdamOptimizer(0.1).minimize(Output()); }),
            "ValueError: the loss is an empty Output, of no graph");
  EXPECT_EQ(failure([&] { AdamOptimizer(0.1, {.name = ""}); }),
            "ValueError: Must specify the optimizer name");
  EXPECT_EQ(failure([&] { AdagradOptimizer(0.1, {.initial_accumulator_value = 0}); }),
            "ValueError: initial_accumulator_value must be positive: 0.0");
}

TEST(Gradients, NameWhatIsNoTensorOfTheGraph) {
  GraphBuilder graph(standard_ops()), other(standard_ops());
  const Output x = graph.constant(Tensor::scalar(1.0F), "x"), y = graph.identity(x, "y");
  const Output z = other.constant(Tensor::scalar(1.0F), "z");
  const int before = graph.num_operations();
  EXPECT_EQ(failure([&] {
              gradients(graph, {y, Output()}, {x});
            }),
            "ValueError: ys[1] is an empty Output, of no graph");
  EXPECT_EQ(failure([&] { gradients(graph, {y}, {Output()}); }),
            "ValueError: xs[0] is an empty Output, of no graph");
  GradientsOptions options;
  options.grad_ys = {Output()};
  EXPECT_EQ(failure([&] { gradients(graph, {y}, {x}, options); }),
            "ValueError: grad_ys[0] is an empty Output, of no graph");
  options = {};
  options.stop_gradients = {Output()};
  EXPECT_EQ(failure([&] { gradients(graph, {y}, {x}, options); }),
            "ValueError: stop_gradients[0] is an empty Output, of no graph");
  EXPECT_EQ(failure([&] { gradients(graph, {z}, {x}); }),
            "ValueError: ys[0], 'z:0', is a tensor of another graph");
  EXPECT_EQ(graph.num_operations(), before) << "nothing was added before that was known";
}

}  // namespace
}  // namespace icecore::inline v0
