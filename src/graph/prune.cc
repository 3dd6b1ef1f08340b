#include "graph/prune.h"

#include <icecore/error.h>

#include <algorithm>
#include <string_view>

#include "base/nearest.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kColocationPrefix = "loc:@";

void check_outputs(const Graph& graph, const std::vector<std::string>& outputs) {
  std::string missing;
  for (const std::string& output : outputs) {
    if (graph.find(output)) continue;
    if (!missing.empty()) missing += "; ";
    missing += "no node '" + output + "' in the graph";
    const auto nearest = nearest_names(output, graph.data().names, 3);
    for (std::size_t i = 0; i < nearest.size(); ++i) {
      const GraphNode candidate = graph.node(*graph.find(nearest[i]));
      missing += (i == 0 ? " (nearest: '" : ", '") + candidate.name + "' " + candidate.op;
    }
    if (!nearest.empty()) missing += ')';
  }
  if (!missing.empty()) throw Error(Code::kNotFound, missing);
}

}  // namespace

Graph prune(const Graph& graph, const std::vector<std::string>& outputs) {
  check_outputs(graph, outputs);
  const GraphData& data = graph.data();
  std::vector<bool> kept(graph.size(), false);
  std::vector<std::size_t> queue;
  const auto keep = [&](std::size_t index) {
    if (kept[index]) return;
    kept[index] = true;
    queue.push_back(index);
  };
  for (const std::string& output : outputs) keep(*graph.find(output));
  while (!queue.empty()) {
    const NodeDef node = decode_node(data.nodes[queue.back()]);
    queue.pop_back();
    const auto need = [&](std::string_view name, const char* how) {
      const std::optional<std::size_t> found = graph.find(name);
      if (!found) {
        throw Error(Code::kDataLoss, "node '" + std::string(node.name) + "' " + how + " '" +
                                         std::string(name) + "', which isn't in the graph");
      }
      keep(*found);
    };
    for (const std::string_view input : node.inputs) need(parse_input(input).node, "takes");
    for (const std::string& group : attr_strings(node.attr("_class"))) {
      if (group.starts_with(kColocationPrefix)) {
        need(std::string_view(group).substr(kColocationPrefix.size()), "is colocated with");
      }
    }
  }
  std::vector<Span> nodes;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    if (kept[i]) nodes.push_back(data.nodes[i]);
  }
  return make_graph(std::move(nodes), data.others);
}

}  // namespace icecore::inline v0
