// Runs training steps of an imported graph and says how many it ran in a second.
//
//   train_lenet PREFIX THREADS BATCH STEPS     PREFIX.meta has `x` [?,28,28,1], `y` and "train_op"
//
// What train_lenet.py times beside TensorFlow's Session.
#include <icecore/icecore.h>

#include <chrono>
#include <cstdio>
#include <string>

using namespace icecore;

namespace {

void run(const std::string& prefix, int threads, std::int64_t batch, int steps) {
  GraphBuilder graph;
  std::optional<Saver> saver = import_meta_graph(prefix + ".meta", graph);
  Session session(graph, {.intra_op_threads = threads});
  saver->restore(session, prefix);
  Tensor images(DType::kFloat32, {batch, 28, 28, 1}), labels(DType::kInt32, {batch});
  std::uint32_t state = 1;
  for (float& pixel : images.mutable_values<float>()) {
    state = state * 1664525 + 1013904223;
    pixel = static_cast<float>(state >> 8) / 16777216.0F;
  }
  for (std::int32_t& label : labels.mutable_values<std::int32_t>()) {
    state = state * 1664525 + 1013904223;
    label = static_cast<std::int32_t>((state >> 8) % 10);
  }
  const std::vector<Feed> feeds = {{"x:0", images}, {"y:0", labels}};
  const Operation train = std::get<Operation>(graph.collection("train_op").at(0).value);
  for (int i = 0; i < 5; ++i) session.run(feeds, {}, {train});
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < steps; ++i) session.run(feeds, {}, {train});
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::printf("%.3f\n", steps / seconds.count());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 5) throw std::invalid_argument("train_lenet PREFIX THREADS BATCH STEPS");
    run(argv[1], std::stoi(argv[2]), std::stoi(argv[3]), std::stoi(argv[4]));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
