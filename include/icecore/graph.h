// A TensorFlow graph: the nodes of a GraphDef, as the file has them.
#pragma once

#include <icecore/export.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

struct GraphData;

// One node, decoded.
struct ICECORE_API GraphNode {
  std::string name;
  std::string op;                   // "Conv2D"
  std::string device;               // "" where none was asked for.
  std::vector<std::string> inputs;  // As the file writes them: "a", "a:1", control inputs "^a".
};

// Cheap to copy: copies share the nodes, and so does what a transform makes of a graph. Nodes keep
// the order of the file. Nothing of a node is checked against an op's signature: graphs with custom
// ops, contrib ops and PyFunc are as good as any.
//
// Large constants stay in the file that the graph was loaded from, which must not change meanwhile.
//
// Threads: const functions may be called from any thread.
class ICECORE_API Graph {
 public:
  Graph();  // No nodes.

  std::size_t size() const;
  // The node with that index, 0 ≤ index < size().
  GraphNode node(std::size_t index) const;
  // In the file's order.
  std::vector<GraphNode> nodes() const;
  // The index of the node of that name; nothing where there is none.
  std::optional<std::size_t> find(std::string_view name) const;

  // For the modules above; not part of the installed API's promises.
  explicit Graph(std::shared_ptr<const GraphData> data) : data_(std::move(data)) {}
  const GraphData& data() const { return *data_; }

 private:
  std::shared_ptr<const GraphData> data_;
};

}  // namespace icecore::inline v0
