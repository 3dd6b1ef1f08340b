#include "freeze/resource_chains.h"

#include <icecore/error.h>

#include <algorithm>
#include <array>
#include <vector>

#include "graph/graph_data.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {
namespace {

bool passes_handles_on(std::string_view op) {
  static constexpr std::array<std::string_view, 6> kOps = {"Identity", "Switch",        "Merge",
                                                           "Enter",    "NextIteration", "Exit"};
  return std::find(kOps.begin(), kOps.end(), op) != kOps.end();
}

}  // namespace

std::unordered_map<std::string_view, DType> resource_chains(const Graph& graph) {
  std::unordered_map<std::string_view, DType> chains;
  for (const Span& encoded : graph.data().nodes) {
    const NodeDef reader = decode_node(encoded);
    if (reader.op != "ReadVariableOp" && reader.op != "ResourceGather") continue;
    const DType dtype = attr_type(reader.attr("dtype")).value_or(DType::kInvalid);
    std::vector<std::string_view> queue(reader.inputs.begin(),
                                        reader.inputs.begin() + (reader.inputs.empty() ? 0 : 1));
    while (!queue.empty()) {
      const std::string_view name = parse_input(queue.back()).node;
      queue.pop_back();
      const std::optional<std::size_t> found = graph.find(name);
      NodeDef source;
      source.name = name;
      source.op = "nothing";
      if (found) source = decode_node(graph.data().nodes[*found]);
      if (source.op == "VarHandleOp") continue;
      if (!passes_handles_on(source.op)) {
        throw Error(Code::kUnimplemented,
                    "'" + std::string(reader.name) + "' (" + std::string(reader.op) +
                        ") reads a variable through '" + std::string(source.name) + "' (" +
                        std::string(source.op) + "), where its handle can't be followed");
      }
      if (!chains.emplace(source.name, dtype).second) continue;
      // A Merge has as many data inputs as ways lead to it; a loop's comes back to itself.
      for (const std::string_view input : source.inputs) {
        if (!parse_input(input).control) queue.push_back(input);
        if (source.op != "Merge") break;
      }
    }
  }
  return chains;
}

}  // namespace icecore::inline v0
