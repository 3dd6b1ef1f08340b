// Freezes a model: the part of its graph that the outputs need, with the checkpoint's values as
// constants.
//
//   M=tests/data/models/v1-srcnn
//   freeze_model $M/SRCNN.model-2550000.meta $M/SRCNN.model-2550000 add_2 frozen.pb
//
// The graph may be a .meta file, a GraphDef or a SavedModel folder, binary or text. Weights are
// streamed from the checkpoint into the result, checksums verified on the way: memory does not grow
// with the model.
#include <icecore/icecore.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: freeze_model GRAPH CHECKPOINT OUTPUT_NODE FROZEN_GRAPH\n";
    return 2;
  }
  try {
    const icecore::FreezeResult frozen = icecore::freeze_graph({.input_graph = argv[1],
                                                                .input_checkpoint = argv[2],
                                                                .output_node_names = {argv[3]},
                                                                .output_graph = argv[4]});
    for (const std::string& warning : frozen.warnings) std::cerr << "warning: " << warning << '\n';
    std::cout << "froze " << frozen.variables << " variables, wrote " << frozen.bytes << " bytes\n";
  } catch (const icecore::Error& error) {
    std::cerr << code_name(error.code()) << ": " << error.message() << '\n';
    return 2;
  }
  return 0;
}
