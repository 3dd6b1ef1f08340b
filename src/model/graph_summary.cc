#include "model/graph_summary.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "graph/functions.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {
namespace {

// Ops that are run for what they do, not for what they give.
bool is_run_for_its_effect(std::string_view op) {
  static constexpr std::array<std::string_view, 17> kWhole = {"NoOp",
                                                              "Assert",
                                                              "Save",
                                                              "SaveV2",
                                                              "SaveSlices",
                                                              "RestoreV2",
                                                              "Restore",
                                                              "RestoreSlice",
                                                              "MergeV2Checkpoints",
                                                              "Print",
                                                              "CountUpTo",
                                                              "ControlTrigger",
                                                              "Abort",
                                                              "WriteFile",
                                                              "QueueEnqueueV2",
                                                              "QueueCloseV2",
                                                              "QueueEnqueueManyV2"};
  static constexpr std::array<std::string_view, 9> kBeginnings = {
      "Assign",  "Apply",           "SparseApply", "ResourceApply",  "ResourceSparseApply",
      "Scatter", "ResourceScatter", "Initialize",  "DestroyResource"};
  // Scatter ops on variables give the variable; ScatterNd makes a tensor.
  if (op == "ScatterNd") return false;
  return std::find(kWhole.begin(), kWhole.end(), op) != kWhole.end() ||
         std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view start) { return op.starts_with(start); }) ||
         op.ends_with("Summary") || op.ends_with("SummaryV2");
}

// Ends that TensorFlow's own functions leave behind: of tf.gradients, of a tf.cond's switches, of
// the checks in tf.losses, and a variable's own readers.
bool is_scaffolding(const NodeDef& node) {
  std::string_view rest = node.name;
  for (std::size_t slash = 0; slash != std::string_view::npos;) {
    slash = rest.find('/');
    const std::string_view scope = rest.substr(0, slash);
    if (scope == "gradients" || scope.starts_with("gradients_")) return true;
    if (scope.starts_with("assert_")) return true;
    if (slash != std::string_view::npos) rest.remove_prefix(slash + 1);
  }
  if (node.op == "VarIsInitializedOp" || node.op == "ReadVariableOp" || is_variable(node.op)) {
    return true;
  }
  return node.op == "Identity" &&
         (rest == "switch_t" || rest == "switch_f" || rest == "pred_id" || rest == "read");
}

std::optional<DType> result_type(const NodeDef& node) {
  for (const char* key : {"dtype", "T", "output_type", "DstT", "Tparams"}) {
    if (const auto dtype = attr_type(node.attr(key))) return dtype;
  }
  return std::nullopt;
}

// In graphs of producers before this one (frozen graphs of TensorFlow 1 among them, which name
// none) a placeholder's scalar shape stood for an unknown one.
constexpr std::int64_t kScalarPlaceholders = 22;

NodeSummary summarize_node(const NodeDef& node, std::int64_t producer) {
  std::optional<Shape> shape = attr_shape(node.attr("shape"));
  const bool placeholder = node.op == "Placeholder";
  if (placeholder && shape == Shape() && producer < kScalarPlaceholders) {
    shape = Shape::unknown_rank();
  }
  return {std::string(node.name), std::string(node.op), result_type(node), std::move(shape)};
}

class Summarizer {
 public:
  explicit Summarizer(const MetaGraph& meta) : meta_(meta), graph_(meta.graph) {
    nodes_.reserve(graph_.size());
    for (const Span& node : graph_.data().nodes) nodes_.push_back(decode_node(node));
    consumers_.resize(graph_.size());
    is_consumed_.resize(graph_.size());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      for (const std::string_view input : nodes_[i].inputs) {
        const InputName parsed = parse_input(input);
        const std::optional<std::size_t> source = graph_.find(parsed.node);
        if (!source) continue;
        consumers_[*source].push_back(i);
        if (!parsed.control) is_consumed_[*source] = true;
      }
    }
    find_saver_inputs();
  }

  GraphSummary run() && {
    GraphSummary summary;
    summary.nodes = graph_.size();
    const std::int64_t producer = producer_version(graph_);
    summary.ops = count_ops(graph_);
    std::vector<std::size_t> inputs;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (is_input(i)) {
        inputs.push_back(i);
        summary.inputs.push_back(summarize_node(nodes_[i], producer));
      }
    }
    const std::vector<bool> depends = depends_on(inputs);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!is_consumed_[i] && depends[i] && !is_run_for_its_effect(nodes_[i].op) &&
          !is_scaffolding(nodes_[i]) && !is_input(i)) {
        summary.outputs.push_back(summarize_node(nodes_[i], producer));
      }
    }
    summary.variables = variables();
    return summary;
  }

 private:
  bool is_input(std::size_t i) const {
    const std::string_view op = nodes_[i].op;
    if (op == "Placeholder" || op == "PlaceholderV2") return true;
    return op == "PlaceholderWithDefault" && !feeds_a_saver_[i];
  }

  // A Saver's file name ends in save and restore ops, over another such placeholder or by joining
  // strings: found from there, backwards.
  void find_saver_inputs() {
    feeds_a_saver_.resize(nodes_.size());
    std::vector<std::size_t> queue;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const std::string_view op = nodes_[i].op;
      if (op.starts_with("Save") || op.starts_with("Restore")) queue.push_back(i);
    }
    while (!queue.empty()) {
      const NodeDef& node = nodes_[queue.back()];
      queue.pop_back();
      for (const std::string_view input : node.inputs) {
        const std::optional<std::size_t> source = graph_.find(parse_input(input).node);
        if (!source || feeds_a_saver_[*source]) continue;
        const std::string_view op = nodes_[*source].op;
        if (op != "PlaceholderWithDefault" && op != "StringJoin" && op != "ShardedFilename" &&
            op != "Identity") {
          continue;
        }
        feeds_a_saver_[*source] = true;
        queue.push_back(*source);
      }
    }
  }

  // Without inputs everything counts.
  std::vector<bool> depends_on(const std::vector<std::size_t>& inputs) const {
    std::vector<bool> depends(nodes_.size(), inputs.empty());
    std::vector<std::size_t> queue = inputs;
    while (!queue.empty()) {
      const std::size_t at = queue.back();
      queue.pop_back();
      if (depends[at]) continue;
      depends[at] = true;
      queue.insert(queue.end(), consumers_[at].begin(), consumers_[at].end());
    }
    return depends;
  }

  std::vector<VariableSummary> variables() const {
    std::unordered_set<std::string_view> trainable;
    if (meta_.trainable_variables) {
      for (const VariableDef& variable : *meta_.trainable_variables) {
        trainable.insert(parse_input(variable.variable_name).node);
      }
    }
    const bool known = meta_.variables || meta_.trainable_variables;
    std::vector<VariableSummary> all;
    for (const NodeDef& node : nodes_) {
      if (!is_variable(node.op)) continue;
      VariableSummary variable{std::string(node.name), attr_type(node.attr("dtype")),
                               attr_shape(node.attr("shape")), std::nullopt};
      if (known) variable.trainable = trainable.contains(node.name);
      all.push_back(std::move(variable));
    }
    return all;
  }

  const MetaGraph& meta_;
  const Graph& graph_;
  std::vector<NodeDef> nodes_;
  std::vector<std::vector<std::size_t>> consumers_;  // Over control inputs too.
  std::vector<bool> is_consumed_;                    // Some node takes its value.
  std::vector<bool> feeds_a_saver_;
};

}  // namespace

GraphSummary summarize(const MetaGraph& meta) {
  return Summarizer(meta).run();
}

}  // namespace icecore::inline v0
