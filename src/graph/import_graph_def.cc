// As importer.py and the GraphConstructor behind it do it.
#include <icecore/control_flow.h>
#include <icecore/error.h>
#include <icecore/import_graph_def.h>

#include <algorithm>
#include <set>

#include "base/quoted.h"
#include "graph/builder_data.h"
#include "graph/graph_data.h"
#include "graph/import_node.h"
#include "graph/imported_nodes.h"
#include "graph/imported_ops.h"
#include "graph/node_def.h"

namespace icecore::inline v0 {
namespace {

std::string id_text(const TensorId& id) {
  return id.second == kControl ? "^" + std::string(id.first)
                               : std::string(id.first) + ":" + std::to_string(id.second);
}

// One import.
class Import {
 public:
  Import(GraphBuilder& graph, const Graph& source, const ImportOptions& options)
      : graph_(graph), data_(graph.data()), source_(source.data()), options_(options) {}

  std::vector<std::variant<Output, Operation>> run();

 private:
  // An input of a Merge that comes from a node that is made later.
  struct BackEdge {
    int id;
    std::size_t input;
    TensorId from;
  };

  void read_options();
  void check_all_known() const;
  void check_groups(const NodeDef& node, const ImportedAttrs& attrs) const;
  void note_existing_names();
  void make(std::size_t index);
  std::vector<Endpoint> data_inputs(const ImportedNode& node, std::vector<BackEdge>& back_edges);
  std::vector<int> control_inputs(const ImportedNode& node) const;
  std::string unique_name(std::string name);
  std::string final_device(std::string_view original) const;
  void add_back_edges();
  void process_new();
  std::vector<std::variant<Output, Operation>> gather() const;
  void check_map_is_used() const;

  const Output* mapped(const TensorId& id) const {
    const auto found = input_map_.find(id);
    return found == input_map_.end() ? nullptr : &found->second;
  }

  GraphBuilder& graph_;
  BuilderData& data_;
  const GraphData& source_;
  const ImportOptions& options_;
  ImportedOps ops_{data_};  // Undone unless kept.
  std::string prefix_;      // "import/", or "".
  std::map<TensorId, Output> input_map_;
  std::set<TensorId> used_;
  ImportedNodes nodes_;
  std::unordered_set<std::string> existing_prefixes_;
  std::unordered_map<std::string, std::string> renamed_;
  std::vector<BackEdge> back_edges_;
  std::vector<std::pair<int, std::vector<std::string>>> colocated_;
  std::vector<int> made_;
};

void Import::read_options() {
  for (const auto& [key, output] : options_.input_map) {
    if (!output.valid() || output.op().graph() != graph_) {
      refuse_as(Misuse::kValue,
                "the tensor that " + quoted(key) + " is mapped to is not an element of this graph");
    }
    input_map_.emplace(tensor_id(key), output);
  }
}

void Import::check_all_known() const {
  std::map<std::string_view, std::string_view> unknown;  // The first node of each op.
  for (const ImportedNode& node : nodes_.all()) {
    if (data_.ops.signature(node.def.op) == nullptr) unknown.emplace(node.def.op, node.def.name);
  }
  if (unknown.empty()) return;
  std::string message = "Op type not registered " + quoted(unknown.begin()->first) +
                        " in binary running on this machine. The node " +
                        quoted(unknown.begin()->second) + " uses it";
  if (unknown.size() > 1) {
    message += "; not registered either:";
    for (auto op = std::next(unknown.begin()); op != unknown.end(); ++op) {
      message += (op == std::next(unknown.begin()) ? " " : ", ") + std::string(op->first);
    }
  }
  throw Error(Code::kNotFound, message +
                                   ". Its OpDef in producer_op_list, of a meta graph in its "
                                   "stripped_op_list, makes an op known that is not run; so does "
                                   "OpSet::add_signature() in C++.");
}

void Import::check_groups(const NodeDef& node, const ImportedAttrs& attrs) const {
  for (const std::string& group : attrs.groups) {
    if (nodes_.has(group)) continue;
    refuse_as(Misuse::kValue, "Node " + quoted(node.name) +
                                  " expects to be colocated with unknown node " + quoted(group));
  }
}

void Import::note_existing_names() {
  for (const BuilderNode& node : data_.nodes) add_prefixes(node.name, existing_prefixes_);
}

std::string Import::unique_name(std::string name) {
  const auto exists = [&](const std::string& candidate) {
    return data_.by_name.contains(candidate) || existing_prefixes_.contains(candidate);
  };
  if (!exists(name)) return name;
  std::string unique;
  int count = 0;
  do {
    unique = name + "_" + std::to_string(++count);
  } while (exists(unique) || nodes_.has(unique) || nodes_.has_prefix(unique));
  renamed_.emplace(std::move(name), unique);
  return unique;
}

std::vector<Endpoint> Import::data_inputs(const ImportedNode& node,
                                          std::vector<BackEdge>& back_edges) {
  std::vector<Endpoint> inputs;
  std::optional<Endpoint> known;
  for (const TensorId& input : node.inputs) {
    if (input.second == kControl) continue;
    if (const Output* output = mapped(input)) {
      used_.insert(input);
      inputs.push_back({output->op().id(), output->index()});
      known = inputs.back();
      continue;
    }
    const ImportedNode& from = nodes_[nodes_.index_of(input.first)];
    if (from.id < 0) {
      if (!is_merge(node.def.op)) {
        refuse_as(Misuse::kValue,
                  "Node " + quoted(node.def.name) +
                      " had a back edge, but only Merge nodes can have back edges.");
      }
      back_edges.push_back({-1, inputs.size(), input});
      inputs.push_back({});
      continue;
    }
    const auto outputs = data_.node(from.id).shapes.size();
    if (input.second >= static_cast<std::int64_t>(outputs)) {
      refuse_as(Misuse::kValue,
                "Node " + quoted(node.def.name) + ": Connecting to invalid output " +
                    std::to_string(input.second) + " of source node " + std::string(input.first) +
                    " which has " + std::to_string(outputs) + " outputs.");
    }
    inputs.push_back({from.id, static_cast<int>(input.second)});
    known = inputs.back();
  }
  // Until the node behind a back edge is there, the edge comes from another input.
  for (const BackEdge& edge : back_edges) {
    if (!known) {
      refuse_as(Misuse::kValue, "Node " + quoted(node.def.name) + ": all inputs are back edges");
    }
    inputs[edge.input] = *known;
  }
  return inputs;
}

std::vector<int> Import::control_inputs(const ImportedNode& node) const {
  std::map<std::string_view, int> sorted;
  for (const TensorId& input : node.inputs) {
    if (input.second != kControl) continue;
    if (const Output* output = mapped(input)) {
      sorted.emplace(input.first, output->op().id());
    } else if (const int id = nodes_[nodes_.index_of(input.first)].id; id >= 0) {
      sorted.emplace(input.first, id);
    } else {
      refuse_as(Misuse::kValue, "Node " + quoted(node.def.name) + " had a back edge from " +
                                    quoted(input.first) + ", but only values can come around");
    }
  }
  std::vector<int> ids;
  for (const auto& [name, id] : sorted) {
    if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
  }
  // Scopes add theirs whatever the node's inputs depend on.
  for (const auto& scope : data_.control) {
    for (const int id : scope->inputs) {
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
  }
  return ids;
}

// The node's own device within the device scopes.
std::string Import::final_device(std::string_view original) const {
  DeviceName device = DeviceName::parse(original);
  for (auto name = data_.devices.rbegin(); name != data_.devices.rend() && *name; ++name) {
    device = device.merged_into(**name);
  }
  return device.text();
}

void Import::make(std::size_t index) {
  ImportedNode& node = nodes_[index];
  for (const TensorId& input : node.inputs) {
    if (input.second == kControl && mapped(input) != nullptr) used_.insert(input);
  }
  std::vector<BackEdge> back_edges;
  NewNode made;
  made.inputs = data_inputs(node, back_edges);
  made.control_inputs = control_inputs(node);
  made.name = unique_name(prefix_ + std::string(node.def.name));
  made.signature = data_.ops.signature(node.def.op);
  ImportedAttrs attrs = import_attrs(data_, ops_, node.def, made.signature, prefix_);
  check_groups(node.def, attrs);
  made.attrs = std::move(attrs.kept);
  // Devices come last, as importer.py does it; scopes add attributes and groups.
  std::vector<std::string> storage;
  auto devices = std::exchange(data_.devices, {});
  data_.apply_scopes(made, storage);
  data_.devices = std::move(devices);
  std::vector<std::string> colocated = colocation_names(made.attrs, made.name);
  made.device = colocated.empty() ? final_device(node.def.device) : std::string();

  ++data_.last_id;
  node.id = data_.append(std::move(made));
  made_.push_back(node.id);
  std::vector<std::size_t> unknown;
  for (BackEdge& edge : back_edges) {
    edge.id = node.id;
    unknown.push_back(edge.input);
    back_edges_.push_back(edge);
  }
  data_.infer_shapes(node.id, unknown);
  set_stored_shapes(data_, node.id, attrs);
  if (!colocated.empty()) colocated_.emplace_back(node.id, std::move(colocated));
}

void Import::add_back_edges() {
  for (const BackEdge& edge : back_edges_) {
    const int from = nodes_[nodes_.index_of(edge.from.first)].id;
    graph_.update_input(graph_.operation(edge.id), static_cast<int>(edge.input),
                        graph_.operation(from).output(static_cast<int>(edge.from.second)));
  }
  // Groups are named as the file names them; only now is it known which of them were renamed.
  if (renamed_.empty()) return;
  for (const int id : made_) rename_groups(data_, id, renamed_);
}

void Import::process_new() {
  for (auto& [id, groups] : colocated_) {
    for (std::string& group : groups) {
      if (const auto renamed = renamed_.find(group); renamed != renamed_.end()) {
        group = renamed->second;
      }
    }
  }
  for (const auto& [id, groups] : colocated_) {
    for (const std::string& group : groups) {
      const auto found = data_.by_name.find(group);
      if (found == data_.by_name.end()) {
        refuse_as(Misuse::kValue,
                  "Specified colocation to an op that does not exist during import: " + group +
                      " in " + data_.node(id).name);
      }
      const std::string& device = data_.node(found->second).device;
      if (device.empty()) continue;
      data_.node(id).device = DeviceName::parse(device).text();
      data_.reencode(id);
      break;
    }
  }
  for (const int id : made_) {
    std::string key = data_.node(id).name;
    for (char& c : key) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    data_.names_in_use.emplace(std::move(key), 1);
    data_.record_seen(id);
    data_.node(id).context = data_.context;
  }
  if (data_.context == nullptr) return;
  for (const int id : made_) data_.context->add_op(graph_, graph_.operation(id));
}

void Import::check_map_is_used() const {
  std::string missing;
  for (const auto& [id, output] : input_map_) {
    if (used_.contains(id)) continue;
    const std::size_t index = nodes_.index_of(id.first);
    if (index < nodes_.all().size() &&
        id.second < static_cast<std::int64_t>(data_.node(nodes_[index].id).shapes.size())) {
      continue;
    }
    if (!missing.empty()) missing += ", ";
    missing += id_text(id);
  }
  if (missing.empty()) return;
  refuse_as(Misuse::kValue,
            "Attempted to map inputs that were not found in graph_def: [" + missing + "]");
}

std::vector<std::variant<Output, Operation>> Import::gather() const {
  std::vector<std::variant<Output, Operation>> elements;
  for (const std::string& name : options_.return_elements) {
    const bool is_tensor = name.find(':') != std::string::npos;
    const TensorId id = tensor_id(name);
    if (const Output* output = is_tensor ? mapped(id) : nullptr) {
      elements.emplace_back(*output);
      continue;
    }
    const std::size_t index = nodes_.index_of(id.first);
    if (index == nodes_.all().size()) {
      refuse_as(Misuse::kValue, std::string("Requested return ") +
                                    (is_tensor ? "tensor " : "node ") + quoted(name) +
                                    " not found in graph def");
    }
    const Operation operation = graph_.operation(nodes_[index].id);
    if (!is_tensor) {
      elements.emplace_back(operation);
      continue;
    }
    if (id.second >= operation.num_outputs()) {
      refuse_as(Misuse::kValue, "Invalid return output " + std::to_string(id.second) + " of node " +
                                    quoted(id.first) + ", which has " +
                                    std::to_string(operation.num_outputs()) + " output(s)");
    }
    elements.emplace_back(operation.output(static_cast<int>(id.second)));
  }
  return elements;
}

std::vector<std::variant<Output, Operation>> Import::run() {
  data_.check_not_finalized();
  read_options();
  {
    const ScopeGuard scope = graph_.name_scope(options_.name);
    prefix_ = scope.name();
  }
  ops_.read(source_, options_.producer_op_list);
  nodes_.read(source_);
  check_all_known();
  nodes_.put_in_order([&](const TensorId& id) { return mapped(id) != nullptr; });
  note_existing_names();
  const std::size_t before = data_.nodes.size();
  try {
    while (const std::optional<std::size_t> index = nodes_.next()) make(*index);
    if (const std::size_t left = nodes_.left(); left > 0) {
      refuse_as(Misuse::kValue, std::to_string(left) + " nodes in a cycle");
    }
    add_back_edges();
    check_map_is_used();
    auto elements = gather();
    process_new();
    ops_.keep();
    return elements;
  } catch (...) {
    data_.drop_from(before);
    throw;
  }
}

}  // namespace

std::vector<std::variant<Output, Operation>> import_graph_def(GraphBuilder& graph,
                                                              const Graph& graph_def,
                                                              const ImportOptions& options) {
  return Import(graph, graph_def, options).run();
}

}  // namespace icecore::inline v0
