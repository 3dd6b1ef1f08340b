// A graph that calls a function of this program, and that function among the outputs of a frozen
// graph: the file says that it is called, not what it does, so who runs the file registers it.
//
//   host_function /tmp/folder
#include <icecore/icecore.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>

using namespace icecore;

namespace {

// The largest first.
std::vector<Tensor> sorted(std::span<const Tensor> inputs) {
  Tensor result(DType::kFloat32, inputs[0].shape());
  std::ranges::copy(inputs[0].values<float>(), result.mutable_values<float>().begin());
  std::ranges::sort(result.mutable_values<float>(), std::greater<>());
  return {result};
}

void run(const std::string& folder) {
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, {-1}, "x");
  const Variable scale = get_variable(graph, "scale", Tensor::scalar(2.0F));
  const ScopeGuard rois = graph.name_scope("rois");
  const Output ranked =
      graph
          .apply_op("PyFunc", {std::vector<Input>{x * scale}},
                    {{"token", "pyfunc_0"}, {"Tout", std::vector{DType::kFloat32}}})
          .output();
  Saver saver(graph);
  Session session(graph, {.host_functions = {{"pyfunc_0", sorted}}});
  session.run(global_variables_initializer(graph));
  std::filesystem::create_directories(folder);
  const std::string checkpoint = saver.save(session, folder + "/model");
  const std::string text = write_graph(graph, folder, "graph.pbtxt");

  const std::string output = ranked.op().name();  // "rois/PyFunc"
  freeze_graph(text, "", false, checkpoint, output, "save/restore_all", "save/Const:0",
               folder + "/frozen.pb", false, "");

  GraphBuilder loaded;
  import_graph_def(loaded, load_graph(folder + "/frozen.pb"), {.name = ""});
  Session deployed(loaded);
  deployed.set_host_function(output, sorted);  // By the node's name, or its token.
  const Tensor values = Tensor::of(Shape({3}), {1.F, 5.F, 3.F});
  const Tensor out = deployed.run({{"x:0", values}}, output + ":0");
  std::printf("%s gives %s\n", output.c_str(), to_string(out).c_str());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(argc > 1 ? argv[1] : ".");
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
