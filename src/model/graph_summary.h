// What a person wants to know of a graph first.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/meta_graph.h"

namespace icecore::inline v0 {

struct NodeSummary {
  std::string name, op;
  std::optional<DType> dtype;
  std::optional<Shape> shape;
};

struct VariableSummary {
  std::string name;  // Of the node.
  std::optional<DType> dtype;
  std::optional<Shape> shape;
  // Whether it stands in the collection of trainable variables; nothing in a bare GraphDef.
  std::optional<bool> trainable;
};

struct GraphSummary {
  std::size_t nodes = 0;
  std::map<std::string, std::size_t> ops;  // As count_ops().
  // Placeholders, but for those that a Saver feeds its file name through.
  std::vector<NodeSummary> inputs;
  // Likely outputs: nodes whose value no other node takes and that depend on an input (in a graph
  // without inputs: on anything), leaving out what is run for its effect: assignments, saving,
  // summaries, assertions, groups; and what TensorFlow's functions leave behind: gradients, the
  // switches of a tf.cond, variables and their readers.
  std::vector<NodeSummary> outputs;
  std::vector<VariableSummary> variables;  // In the graph's order.
};

ICECORE_API GraphSummary summarize(const MetaGraph& meta);

}  // namespace icecore::inline v0
