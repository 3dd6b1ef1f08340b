// Nodes that gradients() adds, and those that TensorFlow adds, as text.
#pragma once

#include <icecore/graph_builder.h>

#include <fstream>
#include <map>
#include <string>

namespace icecore::inline v0 {

// A line for each node from number `first` on: its name, its op, what it takes and what it waits
// for.
inline std::string added_nodes(const GraphBuilder& graph, int first) {
  std::string text;
  for (int i = first; i < graph.num_operations(); ++i) {
    const Operation node = graph.operation(i);
    text += node.name() + " " + node.type() + " ";
    const char* between = "";
    for (const Output& input : node.inputs()) {
      text += between + input.name();
      between = ",";
    }
    text += " ";
    between = "";
    for (const Operation& input : node.control_inputs()) {
      text += between + ("^" + input.name());
      between = ",";
    }
    text += "\n";
  }
  return text;
}

// Of tests/data/golden/NAME.txt: by what follows "== " in a line, the lines behind it.
inline std::map<std::string, std::string> golden_parts(const std::string& name) {
  std::ifstream file(ICECORE_TEST_DATA "/golden/" + name + ".txt");
  std::map<std::string, std::string> parts;
  std::string line, title;
  while (std::getline(file, line)) {
    if (line.starts_with("== ")) {
      title = line.substr(3);
    } else {
      parts[title] += line + "\n";
    }
  }
  return parts;
}

}  // namespace icecore::inline v0
