#include "graph/imported_nodes.h"

#include <icecore/error.h>

#include <algorithm>

#include "base/quoted.h"
#include "graph/builder_data.h"

namespace icecore::inline v0 {
namespace {

bool is_next_iteration(std::string_view op) {
  return op == "NextIteration" || op == "RefNextIteration";
}

}  // namespace

TensorId tensor_id(std::string_view text) {
  const InputName name = parse_input(text);
  return {name.node, name.control ? kControl : name.output};
}

bool is_merge(std::string_view op) {
  return op == "Merge" || op == "RefMerge";
}

void add_prefixes(std::string_view name, std::unordered_set<std::string>& prefixes) {
  for (std::size_t at = name.find('/'); at != std::string_view::npos; at = name.find('/', at + 1)) {
    prefixes.emplace(name.substr(0, at));
  }
}

void ImportedNodes::read(const GraphData& source) {
  nodes_.resize(source.nodes.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    ImportedNode& node = nodes_[i];
    node.def = decode_node(source.nodes[i]);
    const std::string name(node.def.name);
    if (!is_valid_node_name(name)) {
      refuse_as(Misuse::kValue, "Node " + quoted(name) + ": Node name contains invalid characters");
    }
    if (!by_name_.emplace(node.def.name, i).second) {
      refuse_as(Misuse::kValue, "Node " + quoted(name) + " is not unique");
    }
    if (node.def.op.empty()) {
      refuse_as(Misuse::kValue, "Node " + quoted(name) + " does not specify an operation");
    }
    for (const std::string_view input : node.def.inputs) {
      node.inputs.push_back(tensor_id(input));
      const bool after_control =
          node.inputs.size() > 1 && node.inputs[node.inputs.size() - 2].second == kControl;
      if (after_control && node.inputs.back().second != kControl) {
        refuse_as(
            Misuse::kValue,
            "Node " + quoted(name) + ": Control dependencies must come after regular dependencies");
      }
    }
    add_prefixes(node.def.name, prefixes_);
  }
}

void ImportedNodes::put_in_order(const std::function<bool(const TensorId&)>& is_mapped) {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    ImportedNode& node = nodes_[i];
    node.pending = node.inputs.size();
    if (is_merge(node.def.op)) {
      // A loop's Merge waits for one value only; the other comes around.
      std::size_t controls = 0;
      bool around = false;
      for (const TensorId& input : node.inputs) {
        if (input.second == kControl) ++controls;
        const std::size_t from = index_of(input.first);
        around = around || (input.second != kControl && from < nodes_.size() &&
                            is_next_iteration(nodes_[from].def.op));
      }
      if (around) node.pending = std::min(node.pending, controls + 1);
    }
    for (std::size_t k = 0; k < node.inputs.size(); ++k) {
      if (is_mapped(node.inputs[k])) {
        if (node.pending > 0) --node.pending;
        continue;
      }
      const std::size_t from = index_of(node.inputs[k].first);
      if (from == nodes_.size()) {
        refuse_as(Misuse::kValue, "Node " + quoted(node.def.name) + ": Unknown input node " +
                                      quoted(node.def.inputs[k]));
      }
      nodes_[from].consumers.push_back(i);
    }
    if (node.pending == 0) ready_.insert(i);
  }
}

std::optional<std::size_t> ImportedNodes::next() {
  if (ready_.empty()) return std::nullopt;
  const std::size_t index = *ready_.begin();
  ready_.erase(ready_.begin());
  ++given_;
  const ImportedNode& node = nodes_[index];
  for (const std::size_t consumer : node.consumers) {
    ImportedNode& waiting = nodes_[consumer];
    if (is_next_iteration(node.def.op) && is_merge(waiting.def.op)) continue;
    if (waiting.pending > 0 && --waiting.pending == 0) ready_.insert(consumer);
  }
  return index;
}

}  // namespace icecore::inline v0
