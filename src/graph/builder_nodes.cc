// Adding nodes to a builder's graph, and writing them anew.
#include <icecore/control_flow.h>
#include <icecore/error.h>

#include <algorithm>

#include "base/quoted.h"
#include "graph/attr_codec.h"
#include "graph/builder_data.h"
#include "graph/node_def.h"
#include "graph/type_text.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

void append_attr(Piece& node, std::string_view key, const Span& value) {
  Piece entry;
  entry.text(1, key).message(2, value);
  node.message(pb::NodeDef::attr, entry);
}

Span encode(const BuilderData& graph, std::string_view name, std::string_view op,
            const std::vector<Endpoint>& inputs, const std::vector<int>& control_inputs,
            std::string_view device, const EncodedAttrs& attrs) {
  Piece node;
  node.text(pb::NodeDef::name, name).text(pb::NodeDef::op, op);
  for (const Endpoint& input : inputs) node.text(pb::NodeDef::input, input_text(graph, input));
  if (control_inputs.size() == 1) {
    node.text(pb::NodeDef::input, "^" + graph.node(control_inputs[0]).name);
  } else if (!control_inputs.empty()) {
    std::vector<std::string_view> names;
    for (const int id : control_inputs) names.push_back(graph.node(id).name);
    std::ranges::sort(names);
    for (const std::string_view input : names) {
      node.text(pb::NodeDef::input, "^" + std::string(input));
    }
  }
  node.text_if_any(pb::NodeDef::device, device);
  for (const auto& [key, value] : attrs) append_attr(node, key, value);
  return node.finish();
}

// Of a loop's inside only the loop itself may know, and the loops in it
// (control_flow_util.CheckInputFromValidContext).
void check_contexts(const Operation& op) {
  const std::shared_ptr<ControlFlowContext> context = op.control_flow_context();
  ControlFlowContext* const loop = context == nullptr ? nullptr : context->while_context();
  const std::string type = op.type();
  const bool may_stand_outside =
      type == "Enter" || type == "RefEnter" || type == "Switch" || type == "RefSwitch";
  for (const Output& input : op.inputs()) {
    const std::shared_ptr<ControlFlowContext> from = output_context(input.op());
    if (from == nullptr || from == context) continue;
    ControlFlowContext* const from_loop = from->while_context();
    if (from_loop == nullptr) continue;
    if (loop == nullptr ? may_stand_outside : from_loop->contains(loop)) continue;
    const std::string name = input.op().name();
    refuse_as(Misuse::kValue, "Cannot use " + quoted(name) + " as input to " + quoted(op.name()) +
                                  " because " +
                                  (loop == nullptr ? quoted(name) + " is in a while loop."
                                                   : "they are in different while loops."));
  }
}

void check_inputs(const BuilderData& graph, const NodeInfo& info,
                  const std::vector<Endpoint>& inputs) {
  if (info.inputs().size() != inputs.size()) {
    refuse_as(Misuse::kValue, "the op " + quoted(info.op()) + " takes " +
                                  std::to_string(info.inputs().size()) + " inputs, and " +
                                  quoted(info.name()) + " has " + std::to_string(inputs.size()));
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].node < 0 || inputs[i].node >= static_cast<int>(graph.nodes.size())) continue;
    const BuilderNode& from = graph.node(inputs[i].node);
    const ArgType actual = from.info->outputs().at(static_cast<std::size_t>(inputs[i].index));
    const ArgType wanted = info.inputs()[i];
    if (actual.dtype == wanted.dtype && (actual.is_reference || !wanted.is_reference)) continue;
    refuse_as(Misuse::kValue, "Input " + std::to_string(i) + " of node " + info.name() +
                                  " was passed " + type_text(actual) + " from " + from.name + ":" +
                                  std::to_string(inputs[i].index) + " incompatible with expected " +
                                  type_text(wanted) + ".");
  }
}

}  // namespace

std::string input_text(const BuilderData& graph, const Endpoint& endpoint) {
  const std::string& name = graph.node(endpoint.node).name;
  return endpoint.index == 0 ? name : name + ":" + std::to_string(endpoint.index);
}

void BuilderData::check_not_finalized() const {
  if (finalized) refuse_as(Misuse::kRuntime, "Graph is finalized and cannot be modified.");
}

const std::vector<std::optional<Span>>& BuilderData::defaults_of(
    const std::shared_ptr<const OpSignature>& signature) {
  const auto found = defaults.find(signature.get());
  if (found != defaults.end()) return found->second;
  std::vector<std::optional<Span>> encoded;
  for (const AttrSignature& attr : signature->attrs) {
    encoded.emplace_back();
    if (attr.default_value) {
      encoded.back() = encode_attr(parse_default(*attr.default_value, attr.kind)).finish();
    }
  }
  kept_signatures.push_back(signature);
  return defaults.emplace(signature.get(), std::move(encoded)).first->second;
}

int BuilderData::append(NewNode made) {
  if (by_name.contains(made.name)) {
    refuse_as(Misuse::kValue, "Duplicate node name in graph: " + quoted(made.name));
  }
  BuilderNode node;
  node.encoded = encode(*this, made.name, made.signature->name, made.inputs, made.control_inputs,
                        made.device, made.attrs);
  node.info.emplace(node.encoded, made.signature);
  check_inputs(*this, *node.info, made.inputs);
  node.name = std::move(made.name);
  node.device = std::move(made.device);
  node.signature = std::move(made.signature);
  node.inputs = std::move(made.inputs);
  node.control_inputs = std::move(made.control_inputs);
  node.shapes.assign(node.info->outputs().size(), Shape::unknown_rank());
  const int id = static_cast<int>(nodes.size());
  nodes.push_back(std::move(node));
  const BuilderNode& added = nodes.back();
  by_name.emplace(added.name, id);
  for (const Endpoint& input : added.inputs) this->node(input.node).consumers.push_back(id);
  touch();
  return id;
}

void BuilderData::drop_from(std::size_t id) {
  while (nodes.size() > id) {
    const int last = static_cast<int>(nodes.size()) - 1;
    for (const Endpoint& input : nodes.back().inputs) {
      if (input.node <= last) std::erase(node(input.node).consumers, last);
    }
    by_name.erase(nodes.back().name);
    nodes.pop_back();
  }
  touch();
}

int BuilderData::create(NewNode made) {
  check_not_finalized();
  if (!is_valid_node_name(made.name)) {
    refuse_as(Misuse::kValue, quoted(made.name) + " is not a valid node name");
  }
  ++last_id;
  made.control_inputs = control_inputs_for(made.inputs);
  std::vector<std::string> storage;
  apply_scopes(made, storage);
  const int id = append(std::move(made));
  GraphBuilder graph(shared_from_this());
  node(id).context = context;
  try {
    infer_shapes(id);
    check_contexts(graph.operation(id));
  } catch (...) {
    drop_from(static_cast<std::size_t>(id));
    throw;
  }
  if (context != nullptr) context->add_op(graph, graph.operation(id));
  record_seen(id);
  return id;
}

void BuilderData::reencode(int id, const EncodedAttrs& changed) {
  BuilderNode& node = this->node(id);
  const NodeDef old = decode_node(node.encoded);
  EncodedAttrs attrs;
  for (const auto& [key, value] : old.attrs) {
    const bool replaced = std::ranges::any_of(
        changed, [&, k = std::string_view(key)](const auto& attr) { return attr.first == k; });
    if (!replaced) attrs.emplace_back(key, value);
  }
  for (const auto& attr : changed) {
    if (!attr.second.empty()) attrs.push_back(attr);
  }
  Span encoded = encode(*this, node.name, node.signature->name, node.inputs, node.control_inputs,
                        node.device, attrs);
  NodeInfo info(encoded, node.signature);
  node.info = std::move(info);
  node.encoded = std::move(encoded);
  touch();
}

}  // namespace icecore::inline v0
