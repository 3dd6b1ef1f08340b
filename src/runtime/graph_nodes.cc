#include "runtime/graph_nodes.h"

#include <icecore/error.h>

#include "base/nearest.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {

GraphNodes::GraphNodes(Graph graph) : graph_(std::move(graph)), inputs_(graph_.size()) {}

std::string_view GraphNodes::name(int node) const {
  return graph_.data().names[static_cast<std::size_t>(node)];
}

const std::vector<NodeOutput>& GraphNodes::inputs(int node) {
  std::optional<std::vector<NodeOutput>>& inputs = inputs_[static_cast<std::size_t>(node)];
  if (inputs) return *inputs;
  std::vector<NodeOutput> found, controls;
  for (const std::string_view input :
       decode_node(graph_.data().nodes[static_cast<std::size_t>(node)]).inputs) {
    const InputName parsed = parse_input(input);
    const std::optional<std::size_t> source = graph_.find(parsed.node);
    constexpr std::int64_t kMostOutputs = 1 << 20;
    if (!source || parsed.output > kMostOutputs) {
      throw Error(Code::kInvalidArgument, "node '" + std::string(name(node)) + "' has the input '" +
                                              std::string(input) + "', which the graph lacks");
    }
    if (parsed.control) {
      controls.push_back({static_cast<int>(*source), -1});
    } else {
      found.push_back({static_cast<int>(*source), static_cast<int>(parsed.output)});
    }
  }
  found.insert(found.end(), controls.begin(), controls.end());
  inputs = std::move(found);
  return *inputs;
}

void GraphNodes::refuse(const std::string& name, const std::string& node) const {
  std::string message = "the graph has no '" + name + "'";
  const char* before = "; nearest: '";
  for (const std::string& near : nearest_names(node, graph_.data().names, 3)) {
    message += before + near + "'";
    before = ", '";
  }
  throw Error(Code::kNotFound, message);
}

NodeOutput GraphNodes::find_tensor(const std::string& name) const {
  const InputName parsed = parse_input(name);
  const std::optional<std::size_t> node = parsed.control ? std::nullopt : graph_.find(parsed.node);
  if (!node || parsed.output > (1 << 20)) refuse(name, std::string(parsed.node));
  return {static_cast<int>(*node), static_cast<int>(parsed.output)};
}

int GraphNodes::find_node(const std::string& name) const {
  const std::optional<std::size_t> node = graph_.find(name);
  if (!node) refuse(name, name);
  return static_cast<int>(*node);
}

}  // namespace icecore::inline v0
