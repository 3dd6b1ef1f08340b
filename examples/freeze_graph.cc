// A graph written as text, frozen by freeze_graph with its ten arguments, loaded again and run:
// what a TensorFlow script of the same steps prints, this prints.
//
//   cd /tmp/somewhere && freeze_graph
#include <icecore/icecore.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "files_here.h"
#include "numpy_random.h"
#include "python_text.h"

using namespace icecore;

namespace {

void print(const std::string& text) {
  std::printf("%s\n", text.c_str());
}

void print_rows(const char* name, const Tensor& table) {
  const auto columns = static_cast<std::size_t>(table.shape().dim(1));
  for (std::size_t i = 0; i < table.values<float>().size(); ++i) {
    if (i % columns == 0) std::printf("%s", name);
    std::printf(" %.6f", static_cast<double>(table.values<float>()[i]));
    if (i % columns + 1 == columns) std::printf("\n");
  }
}

struct Model {
  GraphBuilder graph;
  Output probs, label;
};

Model build(NumpyRandom& random) {
  const Tensor w1_values = random.uniform(-1, 1, Shape({6, 8}));
  const Tensor w2_values = random.uniform(-1, 1, Shape({8, 3}));
  GraphBuilder graph;
  const Output x = graph.placeholder(DType::kFloat32, {-1, 6}, "input");
  const Output h = [&] {
    const ScopeGuard hidden = variable_scope(graph, "hidden");
    const Variable w = get_variable(graph, "weights", w1_values);
    const Variable b =
        get_variable(graph, "biases", Shape({8}), {.initializer = constant_initializer(0.1)});
    return ops::tanh(graph, xw_plus_b(graph, x, w, b), "activation");
  }();
  const Output logits = [&] {
    const ScopeGuard out = variable_scope(graph, "out");
    const Variable w = get_variable(graph, "weights", w2_values);
    const Variable b =
        get_variable(graph, "biases", Shape({3}), {.initializer = zeros_initializer()});
    return bias_add(graph, matmul(graph, h, w), b, "logits");
  }();
  const Output probs = ops::softmax(graph, logits, "probs");
  const Output label = ops::arg_max(graph, probs, 1, {}, "label");
  make_variable(graph, zeros(graph, Shape({50})), {.name = "unused"});
  return {graph, probs, label};
}

void print_frozen(const Graph& frozen) {
  for (const GraphNode& node : frozen.nodes()) {
    print("frozen " + node.name + " " + node.op + " " + as_python(node.inputs));
  }
}

// Half of the frozen graph's input is known here: it is mapped to a constant.
void import_mapped(const Graph& frozen, const Tensor& data) {
  GraphBuilder graph;
  const Tensor two = Tensor::of(Shape({2, 6}), data.values<float>().first(12));
  const auto elements = import_graph_def(
      graph, frozen,
      {.input_map = {{"input", graph.constant(two)}}, .return_elements = {"out/logits:0"}});
  const Output logits = std::get<Output>(elements[0]);
  print("mapped " + logits.name() + " " + as_python(logits.shape()) + " " + logits.op().type());
  Session session(graph);
  print_rows("logits", session.run(logits));
  std::vector<std::string> names;
  for (const Operation& op : graph.operations()) names.push_back(op.name());
  print(as_python(names));
}

void run() {
  NumpyRandom random(4);
  Model model = build(random);
  Saver saver(model.graph);
  const Tensor data = random.normal(Shape({5, 6}));
  Session session(model.graph);
  session.run(global_variables_initializer(model.graph));
  const std::vector<Tensor> want = session.run({{"input", data}}, {model.probs, model.label});
  std::filesystem::create_directory("ckpt");
  const std::string checkpoint = saver.save(session, "ckpt/model", {.global_step = 3});
  print("graph written to " + write_graph(model.graph, "pb/pb_model", "model.pb"));
  print_rows("probs", want[0]);
  print("label " + as_python(want[1]));

  const Graph frozen = freeze_graph("pb/pb_model/model.pb", "", false, checkpoint, "probs,label",
                                    "save/restore_all", "save/Const:0", "pb/frozen.pb", false, "");
  print("returned GraphDef " + std::to_string(frozen.size()));
  print_frozen(load_graph("pb/frozen.pb"));

  GraphBuilder graph;
  import_graph_def(graph, load_graph("pb/frozen.pb"), {.name = ""});
  Session deployed(graph);
  const std::vector<Tensor> got = deployed.run({{"input:0", data}}, {"probs:0", "label:0"});
  const bool same_probs = std::ranges::equal(got[0].values<float>(), want[0].values<float>());
  const bool same_label = as_python(got[1]) == as_python(want[1]);
  print(std::string("equal ") + (same_probs ? "True" : "False") +
        (same_label ? " True" : " False"));
  print("frozen value " + as_python(deployed.run("hidden/biases:0")));
  import_mapped(frozen, data);
  print(as_python(files_in("pb")) + " " + as_python(files_in("ckpt")));
}

}  // namespace

int main() {
  try {
    run();
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
