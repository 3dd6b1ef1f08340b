// A graph that this program builds, restored from a checkpoint without a graph: values go to the
// variables of the same names.
//
//   build_and_restore /tmp/folder
#include <icecore/icecore.h>

#include <iostream>

using namespace icecore;

namespace {

Output build(GraphBuilder& graph) {
  const Output x = graph.placeholder(DType::kFloat32, {-1, 2}, "x");
  const Initializer initial = random_uniform_initializer();
  const Output h =
      layers::dense(graph, x, 3, {.activation = layers::activation("Tanh"), .name = "hidden"});
  return layers::dense(graph, h, 1, {.kernel_initializer = initial, .name = "out"});
}

const Tensor kPoint = Tensor::of(Shape({1, 2}), {0.5F, -0.25F});

}  // namespace

int main(int argc, char** argv) {
  const std::string prefix = std::string(argc > 1 ? argv[1] : ".") + "/model";
  try {
    std::string path;
    Tensor before;
    {
      GraphBuilder graph;
      const Output y = build(graph);
      Session session(graph);
      session.run(global_variables_initializer(graph));
      before = session.run({{"x:0", kPoint}}, y);
      path = Saver(graph).save(session, prefix, {.global_step = 7, .write_meta_graph = false});
    }
    GraphBuilder graph;
    const Output y = build(graph);
    Session session(graph);
    Saver(graph).restore(session, path);
    const Tensor after = session.run({{"x:0", kPoint}}, y);
    std::cout << (before.item<float>() == after.item<float>() ? "the same" : "another") << " value";
    for (const Variable& variable : trainable_variables(graph)) std::cout << ' ' << variable.name();
    std::cout << '\n';
  } catch (const Error& error) {
    std::cerr << code_name(error.code()) << ": " << error.message() << '\n';
    return 1;
  }
  return 0;
}
