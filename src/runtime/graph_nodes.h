// A graph's nodes as a Session needs them: which node feeds which.
#pragma once

#include <icecore/graph.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// Output `output` of the node with that index in the graph; -1 is the node itself (control).
struct NodeOutput {
  int node = -1;
  int output = 0;
  bool operator==(const NodeOutput&) const = default;
};

// Looks nodes up and takes their inputs apart, each node when it is first asked for.
class GraphNodes {
 public:
  explicit GraphNodes(Graph graph);

  const Graph& graph() const { return graph_; }
  int size() const { return static_cast<int>(graph_.size()); }

  std::string_view name(int node) const;
  // Data inputs in order, then control inputs (output -1). INVALID_ARGUMENT where one names no
  // node.
  const std::vector<NodeOutput>& inputs(int node);

  // What a tensor's name means: "x:0", or "x" for output 0. NOT_FOUND with the nearest names.
  NodeOutput find_tensor(const std::string& name) const;
  // The node of that name; NOT_FOUND as above.
  int find_node(const std::string& name) const;

 private:
  [[noreturn]] void refuse(const std::string& name, const std::string& node) const;

  Graph graph_;
  std::vector<std::optional<std::vector<NodeOutput>>> inputs_;
};

}  // namespace icecore::inline v0
