// Fine-tunes a model that TensorFlow trained: all but its last layer is kept, a new one is trained
// for another task, and the result saved and frozen.
//
//   fine_tune --trunk tests/data/digits/trunk-200 --data tests/data/digits/digits --dir /tmp/tuned
//
// The trunk tells the digits 0 to 4 apart; the new head knows all ten.
#include <icecore/icecore.h>

#include <cstdio>
#include <string>

#include "digits.h"
#include "options.h"

using namespace icecore;

namespace {

// The model's variables without those of its last layer, and without the step, which begins anew.
SaveableList trunk_variables(const GraphBuilder& graph) {
  SaveableList variables;
  for (const Variable& variable : trainable_variables(graph)) {
    if (!variable.name().starts_with("few/")) variables.emplace_back(variable);
  }
  return variables;
}

void run(const Options& options) {
  const std::string trunk = options.text("trunk"), folder = options.text("dir");
  const int steps = options.number("steps", 0), threads = options.number("threads", 0);
  const Digits digits(options.text("data"));
  GraphBuilder graph;
  graph.set_random_seed(1);
  import_meta_graph(trunk + ".meta", graph);
  Saver pretrained(graph, {.var_list = trunk_variables(graph), .name = "pretrained"});

  const Output images = graph.get_tensor_by_name("x:0");
  const Output hidden = graph.get_tensor_by_name("hidden/Relu:0");
  const Output labels = graph.placeholder(DType::kInt32, {-1}, "digits");
  const Output logits = layers::dense(graph, hidden, 10, {.name = "head"});
  const Output probabilities = ops::softmax(graph, logits, "probabilities");
  const Output loss = losses::sparse_softmax_cross_entropy(graph, labels, logits);
  const Variable step = make_variable(graph, 0, {.name = "tuned_steps", .trainable = false});
  std::vector<Variable> tuned;
  for (const Variable& variable : trainable_variables(graph)) {
    if (!variable.name().starts_with("few/")) tuned.push_back(variable);
  }
  MomentumOptimizer optimizer(0.02, 0.9);
  const Operation train = optimizer.minimize(loss, {.global_step = step, .var_list = tuned});

  Saver saver(graph);
  Session session(graph, {.intra_op_threads = threads});
  session.run(global_variables_initializer(graph));
  pretrained.restore(session, trunk);

  const Batch test = digits.test_batch();
  const auto tested = [&] {
    return accuracy(session.run({{images, test.images}}, probabilities), test.labels);
  };
  std::printf("before: accuracy %.4f\n", tested());
  for (std::int64_t i = 0; i < steps; ++i) {
    const Batch batch = digits.training_batch(i, 32);
    session.run({{images, batch.images}, {labels, batch.labels}}, {}, {train});
  }
  std::printf("after %d steps: accuracy %.4f\n", session.run(step).item<std::int32_t>(), tested());
  const std::string path = saver.save(session, folder + "/tuned", {.global_step = step});
  const FreezeResult frozen = freeze_graph({.input_graph = path + ".meta",
                                            .input_checkpoint = path,
                                            .output_node_names = {"probabilities"},
                                            .output_graph = folder + "/tuned.pb"});
  std::printf("saved %s, froze %zu variables\n", path.c_str(), frozen.variables);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(Options(argc, argv,
                {{"trunk", "tests/data/digits/trunk-200"},
                 {"data", "tests/data/digits/digits"},
                 {"dir", "."},
                 {"steps", "200"},
                 {"threads", "1"}}));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
