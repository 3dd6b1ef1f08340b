#include "model/restore_rows.h"

#include <icecore/error.h>

#include <set>

#include "graph/constant_values.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/tensor_def.h"

namespace icecore::inline v0 {
namespace {

class RowWalk {
 public:
  explicit RowWalk(const Graph& graph) : graph_(graph) {}

  std::unordered_map<std::string, RestoreRow> from(std::string_view restore_op) && {
    std::vector<std::string_view> queue = {restore_op};
    while (!queue.empty()) {
      const std::string_view name = queue.back();
      queue.pop_back();
      const std::optional<std::size_t> found = graph_.find(name);
      if (!found || !seen_.insert(*found).second) continue;
      const NodeDef node = at(*found);
      if (node.op == "Assign" || node.op == "AssignVariableOp") add_row(node);
      for (const std::string_view input : node.inputs) {
        const InputName parsed = parse_input(input);
        if (parsed.control) queue.push_back(parsed.node);
      }
    }
    return std::move(rows_);
  }

 private:
  NodeDef at(std::size_t index) const { return decode_node(graph_.data().nodes[index]); }

  // Through the nodes that a Saver puts between RestoreV2 and the assignment.
  void add_row(const NodeDef& assign) {
    if (assign.inputs.size() < 2) return;
    InputName source = parse_input(assign.inputs[1]);
    // A Saver puts an Identity and a Reshape there at most.
    constexpr int kMostSteps = 16;
    for (int step = 0; step < kMostSteps; ++step) {
      const std::optional<std::size_t> found = graph_.find(source.node);
      if (!found) return;
      const NodeDef node = at(*found);
      const bool passes = node.op == "Identity" || node.op == "Reshape";
      if (passes && !node.inputs.empty()) {
        source = parse_input(node.inputs[0]);
        continue;
      }
      const bool one_tensor = node.op == "Restore" || node.op == "RestoreSlice";
      if ((node.op != "RestoreV2" && !one_tensor) || node.inputs.size() < 2) return;
      const bool has_slices = node.op != "Restore" && node.inputs.size() > 2;
      const auto row = static_cast<std::size_t>(one_tensor ? 0 : source.output);
      RestoreRow result;
      result.key = string_at(node.inputs[1], row);
      if (has_slices) result.shape_and_slice = string_at(node.inputs[2], row);
      rows_.insert_or_assign(std::string(parse_input(assign.inputs[0]).node), std::move(result));
      return;
    }
  }

  std::string string_at(std::string_view input, std::size_t row) {
    const std::string name(parse_input(input).node);
    auto known = constants_.find(name);
    if (known == constants_.end()) {
      known = constants_.emplace(name, string_constant(name)).first;
    }
    const std::span<const std::string> strings = known->second.strings();
    if (row >= strings.size()) {
      throw Error(Code::kDataLoss, "the restore op reads row " + std::to_string(row) + " of '" +
                                       name + "', which has " + std::to_string(strings.size()));
    }
    return strings[row];
  }

  Tensor string_constant(const std::string& name) const {
    const std::optional<std::size_t> found = graph_.find(name);
    if (found) {
      const NodeDef node = at(*found);
      const std::optional<Span> tensor = attr_tensor(node.attr("value"));
      if (tensor && tensor_facts(*tensor).dtype == DType::kString) return decode_tensor(*tensor);
    }
    throw Error(Code::kDataLoss, "the names that the restore op reads, '" + name +
                                     "', aren't a constant of strings");
  }

  const Graph& graph_;
  std::set<std::size_t> seen_;
  std::unordered_map<std::string, Tensor> constants_;
  std::unordered_map<std::string, RestoreRow> rows_;
};

}  // namespace

std::unordered_map<std::string, RestoreRow> restore_rows(const MetaGraph& meta) {
  return RowWalk(meta.graph).from(meta.saver ? meta.saver->restore_op_name : "save/restore_all");
}

}  // namespace icecore::inline v0
