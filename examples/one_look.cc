// The API in one look: a checkpoint read, a model frozen, imported, restored, looked at, run and
// saved.
//
//   one_look tests/data/models/a3c-ppyht2 /tmp/folder
#include <fmt/format.h>
#include <icecore/fmt.h>
#include <icecore/icecore.h>

#include <filesystem>

using namespace icecore;

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: one_look MODEL FOLDER\n");
    return 2;
  }
  const std::string model = argv[1], prefix = model + "/model.ckpt", folder = argv[2];
  try {
    std::filesystem::create_directories(folder);

    Checkpoint ckpt = Checkpoint::open(prefix);
    for (const VariableInfo& v : ckpt.variables())
      fmt::print("{} {} {}\n", v.name, v.dtype, v.shape);
    Tensor w = ckpt.read("output_layer/kernel");
    fmt::print("{} bytes\n", w.byte_size());

    freeze_graph({.input_graph = prefix + ".meta",
                  .input_checkpoint = prefix,
                  .output_node_names = {"outputs/Softmax"},
                  .output_graph = folder + "/frozen.pb"});

    GraphBuilder graph;
    std::optional<Saver> saver = import_meta_graph(prefix + ".meta", graph);
    Session session(graph);
    saver->restore(session, latest_checkpoint(model).value());
    for (const Variable& v : trainable_variables(graph)) {
      fmt::print("{}\n{}\n", v.name(), session.run(v));
    }
    for (const Operation& op : graph.operations()) fmt::print("{}\n", op.name());
    const Tensor state = Tensor::of<float>({1, 4}, {0.1F, 0.2F, 0.3F, 0.4F});
    std::vector<Tensor> out =
        session.run({{"inputs/input_states:0", state}}, {"outputs/Softmax:0"});
    fmt::print("probabilities {}\n", out[0]);
    fmt::print("saved {}\n", saver->save(session, folder + "/model.ckpt", {.global_step = 2000}));
  } catch (const Error& error) {
    fmt::print(stderr, "{}: {}\n", code_name(error.code()), error.message());
    return 1;
  }
  return 0;
}
