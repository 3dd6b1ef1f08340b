#include "model/saver_rows.h"

#include <icecore/error.h>
#include <icecore/tensor.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "base/quoted.h"
#include "graph/attr_codec.h"
#include "graph/constant_values.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/tensor_def.h"

namespace icecore::inline v0 {
namespace {

// A Saver puts an Identity, a Reshape and a copy to another device on the way at most.
constexpr int kMostSteps = 16;

class Nodes {
 public:
  explicit Nodes(const Graph& graph) : graph_(graph) {}

  std::optional<std::size_t> find(std::string_view name) const { return graph_.find(name); }
  NodeDef at(std::size_t index) const { return decode_node(graph_.data().nodes[index]); }
  std::optional<NodeDef> node(std::string_view name) const {
    const auto found = find(name);
    return found ? std::optional(at(*found)) : std::nullopt;
  }

  // The strings of a constant, of which `row` is wanted.
  std::string string_at(std::string_view input, std::size_t row) {
    const std::string name(parse_input(input).node);
    auto known = constants_.find(name);
    if (known == constants_.end()) known = constants_.emplace(name, strings_of(name)).first;
    const std::span<const std::string> strings = known->second.strings();
    if (row >= strings.size()) {
      throw Error(Code::kDataLoss, "the saver's nodes name row " + std::to_string(row) + " of " +
                                       quoted(name) + ", which has " +
                                       std::to_string(strings.size()));
    }
    return strings[row];
  }

 private:
  Tensor strings_of(const std::string& name) const {
    if (const auto found = node(name)) {
      const std::optional<Span> tensor = attr_tensor(found->attr("value"));
      if (tensor && tensor_facts(*tensor).dtype == DType::kString) return decode_tensor(*tensor);
    }
    throw Error(Code::kDataLoss, "the names that the saver's nodes take, " + quoted(name) +
                                     ", aren't a constant of strings");
  }

  const Graph& graph_;
  std::map<std::string, Tensor> constants_;
};

bool bool_attr(const Span* value, bool otherwise) {
  if (value == nullptr) return otherwise;
  const AttrValue decoded = decode_attr(*value, "bool");
  const bool* const flag = std::get_if<bool>(&decoded);
  return flag == nullptr ? otherwise : *flag;
}

std::vector<DType> types_attr(const Span* value) {
  if (value == nullptr) return {};
  const AttrValue decoded = decode_attr(*value, "list(type)");
  const auto* const types = std::get_if<std::vector<DType>>(&decoded);
  return types == nullptr ? std::vector<DType>() : *types;
}

// The variable whose value an input is, and whether it is a resource variable.
std::optional<std::pair<std::string, bool>> variable_of(const Nodes& nodes, InputName input) {
  for (int step = 0; step < kMostSteps; ++step) {
    const auto node = nodes.node(input.node);
    if (!node) return std::nullopt;
    if (is_variable(node->op)) {
      return std::pair(std::string(node->name), node->op == "VarHandleOp");
    }
    const bool passes = node->op == "Identity" || node->op == "ReadVariableOp";
    if (!passes || node->inputs.empty()) return std::nullopt;
    input = parse_input(node->inputs[0]);
  }
  return std::nullopt;
}

std::string tensor_name(const InputName& input) {
  return std::string(input.node) + ":" + std::to_string(input.output);
}

class SaveWalk {
 public:
  explicit SaveWalk(const Graph& graph) : nodes_(graph) {}

  std::vector<SaveRow> from(std::string_view save_tensor) && {
    const std::vector<std::size_t> saves = saves_behind(parse_input(save_tensor).node);
    if (saves.empty()) {
      throw Error(Code::kNotFound, quoted(save_tensor) + " depends on no op that saves");
    }
    if (saves.size() > 1) {
      throw Error(Code::kUnimplemented,
                  "the Saver of " + quoted(save_tensor) + " writes " +
                      std::to_string(saves.size()) +
                      " shards, one a device; Icecore writes one: make a Saver without sharded");
    }
    return rows_of(nodes_.at(saves[0]));
  }

 private:
  std::vector<std::size_t> saves_behind(std::string_view start) {
    if (!nodes_.find(start)) {
      throw Error(Code::kNotFound,
                  "the graph lacks " + quoted(start) + ", by which its Saver would save");
    }
    std::vector<std::size_t> saves;
    std::vector<std::string_view> queue = {start};
    while (!queue.empty()) {
      const std::string_view name = queue.back();
      queue.pop_back();
      const auto found = nodes_.find(name);
      if (!found || !seen_.insert(*found).second) continue;
      const NodeDef node = nodes_.at(*found);
      if (node.op == "SaveV2") {
        saves.push_back(*found);
        continue;
      }
      if (node.op == "SaveSlices" || node.op == "Save") {
        throw Error(Code::kUnimplemented, quoted(name) +
                                              " writes the V1 format, which Icecore only reads: "
                                              "make a Saver of version V2");
      }
      for (const std::string_view input : node.inputs) queue.push_back(parse_input(input).node);
    }
    return saves;
  }

  std::vector<SaveRow> rows_of(const NodeDef& save) {
    constexpr std::size_t kFirstTensor = 3;
    std::vector<SaveRow> rows;
    if (save.inputs.size() < kFirstTensor) {
      throw Error(Code::kDataLoss, quoted(save.name) + " has too few inputs");
    }
    for (std::size_t i = kFirstTensor; i < save.inputs.size(); ++i) {
      const InputName input = parse_input(save.inputs[i]);
      if (input.control) break;
      SaveRow row;
      row.key = nodes_.string_at(save.inputs[1], i - kFirstTensor);
      row.shape_and_slice = nodes_.string_at(save.inputs[2], i - kFirstTensor);
      row.tensor = tensor_name(input);
      if (auto variable = variable_of(nodes_, input)) {
        row.variable = std::move(variable->first);
        row.is_resource = variable->second;
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

  Nodes nodes_;
  std::set<std::size_t> seen_;
};

class RestoreWalk {
 public:
  RestoreWalk(const Graph& graph, std::string_view restore_op) : nodes_(graph) {
    std::vector<std::string_view> queue = {restore_op};
    while (!queue.empty()) {
      const std::string_view name = queue.back();
      queue.pop_back();
      const auto found = nodes_.find(name);
      if (found && seen_.insert(*found).second) visit(*found, queue);
    }
  }

  // By variable.
  std::unordered_map<std::string, RestoredRow> assigned() && {
    std::unordered_map<std::string, RestoredRow> rows;
    for (auto& [place, row] : rows_) rows.insert_or_assign(place.variable, std::move(row));
    return rows;
  }

  RestorePlan plan() && {
    RestorePlan plan;
    std::ranges::sort(others_);
    for (const std::size_t index : others_) {
      const NodeDef node = nodes_.at(index);
      if (adds_rows_of(node)) plan.targets.emplace_back(node.name);
    }
    for (auto& [place, row] : rows_) plan.rows.push_back(std::move(row));
    return plan;
  }

 private:
  // Where a row is in the graph, and which variable takes it.
  struct Place {
    std::size_t reader = 0;
    std::int64_t output = 0;
    std::string variable;
    auto operator<=>(const Place&) const = default;
  };

  void visit(std::size_t index, std::vector<std::string_view>& queue) {
    const NodeDef node = nodes_.at(index);
    bool takes_data = false;
    for (const std::string_view input : node.inputs) {
      const InputName parsed = parse_input(input);
      if (parsed.control) queue.push_back(parsed.node);
      takes_data |= !parsed.control;
    }
    if (!takes_data) return;
    const bool assigns = node.op == "Assign" || node.op == "AssignVariableOp";
    if (!assigns || node.inputs.size() < 2 || !add_assignment(node)) others_.push_back(index);
  }

  bool add_assignment(const NodeDef& assign) {
    const auto variable = nodes_.node(parse_input(assign.inputs[0]).node);
    if (!variable || !is_variable(variable->op)) return false;
    RestoredRow row;
    row.variable = variable->name;
    row.variable_shape = attr_shape(variable->attr("shape"));
    row.validate_shape = bool_attr(assign.attr("validate_shape"), true);
    InputName source = parse_input(assign.inputs[1]);
    for (int step = 0; step < kMostSteps; ++step) {
      const auto found = nodes_.find(source.node);
      if (!found) return false;
      const NodeDef node = nodes_.at(*found);
      const bool passes = node.op == "Identity" || node.op == "Reshape";
      if (!passes || node.inputs.empty()) return add_row(*found, node, source, std::move(row));
      row.reshape |= node.op == "Reshape";
      source = parse_input(node.inputs[0]);
    }
    return false;
  }

  // False where the node doesn't read a checkpoint.
  bool add_row(std::size_t index, const NodeDef& reader, const InputName& source, RestoredRow row) {
    const bool one_tensor = reader.op == "Restore" || reader.op == "RestoreSlice";
    if ((reader.op != "RestoreV2" && !one_tensor) || reader.inputs.size() < 2) return false;
    const auto number = static_cast<std::size_t>(one_tensor ? 0 : source.output);
    row.key = nodes_.string_at(reader.inputs[1], number);
    if (reader.op != "Restore" && reader.inputs.size() > 2) {
      row.shape_and_slice = nodes_.string_at(reader.inputs[2], number);
    }
    if (one_tensor) {
      row.dtype = attr_type(reader.attr("dt")).value_or(DType::kInvalid);
    } else if (const std::vector<DType> dtypes = types_attr(reader.attr("dtypes"));
               number < dtypes.size()) {
      row.dtype = dtypes[number];
    }
    row.tensor = tensor_name(source);
    Place place{index, source.output, row.variable};
    rows_.insert_or_assign(std::move(place), std::move(row));
    return true;
  }

  // A node that is to be run, with what it reads fed; false where it reads nothing.
  bool adds_rows_of(const NodeDef& target) {
    std::vector<InputName> queue;
    for (const std::string_view input : target.inputs) queue.push_back(parse_input(input));
    std::set<std::string> seen;
    bool reads = false;
    while (!queue.empty()) {
      const InputName input = queue.back();
      queue.pop_back();
      if (input.control || !seen.insert(tensor_name(input)).second) continue;
      const auto found = nodes_.find(input.node);
      if (!found) continue;
      const NodeDef node = nodes_.at(*found);
      if (add_row(*found, node, input, {})) {
        reads = true;
        continue;
      }
      for (const std::string_view next : node.inputs) queue.push_back(parse_input(next));
    }
    return reads;
  }

  Nodes nodes_;
  std::set<std::size_t> seen_;
  std::map<Place, RestoredRow> rows_;
  std::vector<std::size_t> others_;  // Nodes that take data and assign it to no variable.
};

}  // namespace

std::vector<SaveRow> save_rows(const Graph& graph, std::string_view save_tensor) {
  return SaveWalk(graph).from(save_tensor);
}

RestorePlan restore_plan(const Graph& graph, std::string_view restore_op) {
  if (!graph.find(restore_op)) {
    throw Error(Code::kNotFound,
                "the graph lacks " + quoted(restore_op) + ", by which its Saver would restore");
  }
  return RestoreWalk(graph, restore_op).plan();
}

std::unordered_map<std::string, RestoredRow> restore_rows(const MetaGraph& meta) {
  const std::string restore_op = meta.saver ? meta.saver->restore_op_name : "save/restore_all";
  return RestoreWalk(meta.graph, restore_op).assigned();
}

std::optional<std::string> variable_behind(const Graph& graph, std::string_view tensor) {
  auto found = variable_of(Nodes(graph), parse_input(tensor));
  return found ? std::optional(std::move(found->first)) : std::nullopt;
}

}  // namespace icecore::inline v0
