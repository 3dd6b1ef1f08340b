// Trains a small convolutional network on the digits, saves it every few steps, and goes on from
// the newest checkpoint where it was stopped, by whatever.
//
//   train_digits --dir /tmp/run --data tests/data/digits/digits
//
// Killed and started again as often as one likes, it ends with the same variables, bit for bit, as
// when nothing disturbs it: the checkpoint holds all that the next step depends on (the optimizer's
// slots and the step are variables, too), a step's images depend on the step alone, and a Session
// computes the same on the same number of threads.
#include <icecore/icecore.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "digits.h"
#include "options.h"

using namespace icecore;

namespace {

constexpr std::int64_t kBatch = 32;

struct Model {
  Output images, labels, logits, loss;
  Variable step;
  Operation train;
};

std::unique_ptr<Optimizer> make_optimizer(const std::string& name) {
  if (name == "sgd") return std::make_unique<GradientDescentOptimizer>(0.1);
  if (name == "momentum") return std::make_unique<MomentumOptimizer>(0.02, 0.9);
  if (name == "adam") return std::make_unique<AdamOptimizer>(0.003);
  throw std::invalid_argument("--optimizer is sgd, momentum or adam");
}

Model build(GraphBuilder& graph, const std::string& optimizer) {
  const layers::Activation relu = layers::activation("Relu");
  const Output images = graph.placeholder(DType::kFloat32, {-1, 8, 8, 1}, "images");
  const Output labels = graph.placeholder(DType::kInt32, {-1}, "labels");
  Output h = layers::conv2d(graph, images, 8, {3, 3},
                            {.padding = "SAME", .activation = relu, .name = "conv1"});
  h = layers::max_pooling2d(graph, h, {2, 2}, {2, 2}, {.name = "pool1"});
  h = layers::conv2d(graph, h, 16, {3, 3},
                     {.padding = "SAME", .activation = relu, .name = "conv2"});
  h = layers::max_pooling2d(graph, h, {2, 2}, {2, 2}, {.name = "pool2"});
  h = layers::dense(graph, layers::flatten(graph, h), 32, {.activation = relu, .name = "hidden"});
  const Output logits = layers::dense(graph, h, 10, {.name = "logits"});
  const Output loss = losses::sparse_softmax_cross_entropy(graph, labels, logits);
  const Variable step = get_or_create_global_step(graph);
  const Operation train = make_optimizer(optimizer)->minimize(loss, {.global_step = step});
  return {images, labels, logits, loss, step, train};
}

// Restores the newest checkpoint of the folder, or begins anew.
void begin(const std::string& folder, Saver& saver, Session& session, GraphBuilder& graph,
           const Operation& initialize) {
  const std::optional<CheckpointState> state = get_checkpoint_state(folder);
  if (!state) {
    session.run(initialize);
    return;
  }
  const std::optional<std::string> newest = latest_checkpoint(folder);
  if (!newest) {
    throw std::runtime_error("the checkpoint that " + folder + "/checkpoint names isn't there");
  }
  saver.restore(session, *newest);
  saver.recover_last_checkpoints(state->all_model_checkpoint_paths);
  std::printf("resumed at %lld\n",
              static_cast<long long>(session.run(*get_global_step(graph)).item<std::int64_t>()));
}

void run(const Options& options) {
  const Digits digits(options.text("data"));
  const std::string folder = options.text("dir");
  const std::int64_t steps = options.number("steps", 0), every = options.number("save-every", 1);
  const std::int64_t stop = options.number("stop-in-save");

  GraphBuilder graph;
  graph.set_random_seed(options.number("seed"));
  const Model model = build(graph, options.text("optimizer"));
  std::int64_t step = -1;
  Saver saver(graph, {.clock = [&step, stop] {
                // Within a save the Saver asks for the time when it has written the values and the
                // graph, and before the state file tells of them.
                if (step == stop) std::this_thread::sleep_for(std::chrono::hours(1));
                const auto now = std::chrono::system_clock::now().time_since_epoch();
                return std::chrono::duration<double>(now).count();
              }});
  const Operation initialize = global_variables_initializer(graph);
  Session session(graph, {.intra_op_threads = options.number("threads", 0)});
  begin(folder, saver, session, graph, initialize);

  step = session.run(model.step).item<std::int64_t>();
  while (step < steps) {
    const Batch batch = digits.training_batch(step, kBatch);
    const Tensor loss = session.run({{model.images, batch.images}, {model.labels, batch.labels}},
                                    {model.loss}, {model.train})[0];
    ++step;
    std::printf("step %lld loss %.6f\n", static_cast<long long>(step),
                static_cast<double>(loss.item<float>()));
    if (step % every == 0 || step == steps) {
      std::printf("saving %lld\n", static_cast<long long>(step));
      saver.save(session, folder + "/model", {.global_step = step});
      std::printf("saved %lld\n", static_cast<long long>(step));
    }
  }
  const Batch test = digits.test_batch();
  std::printf("accuracy %.4f\n",
              accuracy(session.run({{model.images, test.images}}, model.logits), test.labels));
}

}  // namespace

int main(int argc, char** argv) {
  // Who reads along sees each line at once.
  std::setvbuf(stdout, nullptr, _IOLBF, 4096);
  try {
    run(Options(argc, argv,
                {{"data", "tests/data/digits/digits"},
                 {"dir", "."},
                 {"optimizer", "adam"},
                 {"steps", "200"},
                 {"save-every", "10"},
                 {"threads", "1"},
                 {"seed", "1"},
                 // Wait for ever within the save of that step, for who wants to kill it there.
                 {"stop-in-save", "-2"}}));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
