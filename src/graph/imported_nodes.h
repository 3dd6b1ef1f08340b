// The nodes of a graph that is imported, and in which order they are made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/graph_data.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {

constexpr int kControl = -1;  // The index of a control edge.

using TensorId = std::pair<std::string_view, std::int64_t>;

TensorId tensor_id(std::string_view text);

bool is_merge(std::string_view op);

// Adds "a" and "a/b" of "a/b/c".
void add_prefixes(std::string_view name, std::unordered_set<std::string>& prefixes);

struct ImportedNode {
  NodeDef def;
  std::vector<TensorId> inputs;
  std::vector<std::size_t> consumers;  // Of what isn't mapped.
  std::size_t pending = 0;
  int id = -1;  // In the graph that it is imported into.
};

// Numbered as they stand in the graph that is imported.
class ImportedNodes {
 public:
  // ValueError where a node has a wrong or second name, no op, or inputs in the wrong order.
  void read(const GraphData& source);
  // Before next(): finds out what waits for what. Inputs of which `is_mapped` is true are there
  // already; ValueError where another is no node's.
  void put_in_order(const std::function<bool(const TensorId&)>& is_mapped);
  // The first whose inputs were all given before; nothing where there is none. Of a loop's Merge
  // only what enters the loop counts.
  std::optional<std::size_t> next();
  // How many next() hasn't given.
  std::size_t left() const { return nodes_.size() - given_; }

  const std::vector<ImportedNode>& all() const { return nodes_; }
  ImportedNode& operator[](std::size_t index) { return nodes_[index]; }
  const ImportedNode& operator[](std::size_t index) const { return nodes_[index]; }
  bool has(std::string_view name) const { return by_name_.contains(name); }
  bool has_prefix(const std::string& name) const { return prefixes_.contains(name); }
  // How many there are where none has that name.
  std::size_t index_of(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nodes_.size() : found->second;
  }

 private:
  std::vector<ImportedNode> nodes_;
  std::unordered_map<std::string_view, std::size_t> by_name_;
  std::unordered_set<std::string> prefixes_;
  std::set<std::size_t> ready_;
  std::size_t given_ = 0;
};

}  // namespace icecore::inline v0
