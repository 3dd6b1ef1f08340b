// Icecore's leg of a training that is handed from one program to another.
//
//   relay build resource|reference PREFIX      builds a network with Adam, and saves it at step 0
//   relay train META CHECKPOINT FEEDS STEPS PREFIX
//
// `train` imports the graph, restores the checkpoint, runs the operation of the collection
// "train_op" so many times with rows global_step, global_step + 1, … of the tensors `x` and `y` in
// the checkpoint FEEDS, prints the loss of each step, and saves.
#include <icecore/icecore.h>

#include <cstdio>
#include <string>

using namespace icecore;

namespace {

void build(bool use_resource, const std::string& prefix) {
  GraphBuilder graph;
  graph.set_random_seed(11);
  const ScopeGuard scope = variable_scope(graph, "net", {.use_resource = use_resource});
  const Output x = graph.placeholder(DType::kFloat32, {-1, 8, 8, 1}, "x");
  const Output y = graph.placeholder(DType::kInt32, {-1}, "y");
  const layers::Activation tanh = layers::activation("Tanh");
  Output h = layers::conv2d(graph, x, 8, {3, 3}, {.padding = "SAME", .activation = tanh});
  h = layers::max_pooling2d(graph, h, {2, 2}, {2, 2});
  h = layers::dense(graph, layers::flatten(graph, h), 24, {.activation = tanh});
  const Output logits = layers::dense(graph, h, 10);
  const Output loss = reduce_mean(graph, sparse_softmax_cross_entropy_with_logits(graph, y, logits),
                                  {.name = "loss"});
  AdamOptimizer(0.002).minimize(loss, {.global_step = get_or_create_global_step(graph)});
  graph.add_to_collection("relay", {x});
  graph.add_to_collection("relay", {y});
  graph.add_to_collection("relay", {loss});
  Saver saver(graph);
  Session session(graph);
  session.run(global_variables_initializer(graph));
  saver.save(session, prefix, {.global_step = 0});
}

Tensor row(const Tensor& rows, std::int64_t i) {
  const std::vector<std::int64_t> dims(rows.shape().dims().begin() + 1, rows.shape().dims().end());
  Tensor one(rows.dtype(), Shape(dims));
  const auto size = static_cast<std::size_t>(one.byte_size());
  std::ranges::copy(rows.bytes().subspan(static_cast<std::size_t>(i) * size, size),
                    one.mutable_bytes().begin());
  return one;
}

void train(const std::string& meta, const std::string& checkpoint, const std::string& feeds,
           int steps, const std::string& prefix) {
  GraphBuilder graph;
  std::optional<Saver> saver = import_meta_graph(meta, graph);
  Session session(graph, {.intra_op_threads = 1});
  saver->restore(session, checkpoint);
  const Checkpoint data = Checkpoint::open(feeds);
  const Tensor xs = data.read("x"), ys = data.read("y");
  const std::vector<CollectionItem> named = graph.collection("relay");
  const Output x = std::get<Output>(named.at(0).value), y = std::get<Output>(named.at(1).value);
  const Output loss = std::get<Output>(named.at(2).value);
  const Operation update = std::get<Operation>(graph.collection("train_op").at(0).value);
  const Variable global_step = get_global_step(graph).value();
  const auto begin = session.run(global_step).item<std::int64_t>();
  for (std::int64_t step = begin; step < begin + steps; ++step) {
    const Tensor value =
        session.run({{x, row(xs, step)}, {y, row(ys, step)}}, {loss}, {update}).at(0);
    std::printf("%.9g\n", static_cast<double>(value.item<float>()));
  }
  saver->save(session, prefix, {.global_step = global_step});
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (words.size() == 3 && words[0] == "build") {
      build(words[1] == "resource", words[2]);
    } else if (words.size() == 6 && words[0] == "train") {
      train(words[1], words[2], words[3], std::stoi(words[4]), words[5]);
    } else {
      std::fprintf(stderr, "see the head of relay.cc\n");
      return 2;
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
