// Names all operations of a graph, and what each takes.
//
//   list_operations tests/data/models/v1-srcnn/SRCNN.model-2550000.meta
//
// The path may be a GraphDef, a .meta, a SavedModel's folder, or a checkpoint that has its .meta
// beside it. Ops that no TensorFlow knows are as good as any: nothing is run.
#include <icecore/icecore.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: list_operations GRAPH\n";
    return 2;
  }
  try {
    const icecore::Graph graph = icecore::load_graph(argv[1]);
    for (const icecore::GraphNode& node : graph.nodes()) {
      std::cout << node.name << ' ' << node.op;
      for (const std::string& input : node.inputs) std::cout << ' ' << input;
      std::cout << '\n';
    }
  } catch (const icecore::Error& error) {
    std::cerr << code_name(error.code()) << ": " << error.message() << '\n';
    return 2;
  }
  return 0;
}
