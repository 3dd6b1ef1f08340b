// Graph.create_op: a node of given inputs.
#include <algorithm>

#include "base/quoted.h"
#include "graph/attr_codec.h"
#include "graph/attr_values.h"
#include "graph/builder_data.h"

namespace icecore::inline v0 {
namespace {

struct Inference {
  const OpSignature& signature;
  std::vector<std::optional<AttrValue>> values;  // One for each attribute.

  std::optional<AttrValue>& value(std::string_view attr) {
    for (std::size_t i = 0; i < signature.attrs.size(); ++i) {
      if (signature.attrs[i].name == attr) return values[i];
    }
    refuse_as(Misuse::kValue,
              "the op " + quoted(signature.name) + " has no attribute " + quoted(attr));
  }
};

// How many tensors an argument takes, of those that are left.
std::size_t argument_size(Inference& inference, std::size_t argument, std::size_t left) {
  const std::vector<ArgSignature>& inputs = inference.signature.inputs;
  const ArgSignature& arg = inputs[argument];
  if (!arg.is_list()) return 1;
  std::optional<AttrValue>& size =
      inference.value(arg.number_attr.empty() ? arg.type_list_attr : arg.number_attr);
  if (size) {
    if (const auto* n = std::get_if<std::int64_t>(&*size)) {
      return *n < 0 ? 0 : static_cast<std::size_t>(*n);
    }
    if (const auto* types = std::get_if<std::vector<DType>>(&*size)) return types->size();
  }
  // What the arguments behind it leave.
  std::size_t behind = 0;
  for (std::size_t i = argument + 1; i < inputs.size(); ++i) {
    behind += inputs[i].is_list() ? argument_size(inference, i, 0) : 1;
  }
  return left > behind ? left - behind : 0;
}

void infer(Inference& inference, const BuilderData& graph, const std::vector<Endpoint>& inputs,
           std::string_view node) {
  std::size_t at = 0;
  const auto type_of = [&](std::size_t i) {
    return graph.node(inputs[i].node)
        .info->outputs()
        .at(static_cast<std::size_t>(inputs[i].index))
        .dtype;
  };
  for (std::size_t argument = 0; argument < inference.signature.inputs.size(); ++argument) {
    const ArgSignature& arg = inference.signature.inputs[argument];
    const std::size_t size = argument_size(inference, argument, inputs.size() - at);
    if (size > inputs.size() - at) {
      refuse_as(Misuse::kValue, "the op " + quoted(inference.signature.name) +
                                    " takes more inputs than the " + std::to_string(inputs.size()) +
                                    " that " + quoted(node) + " is given");
    }
    if (!arg.number_attr.empty()) {
      std::optional<AttrValue>& number = inference.value(arg.number_attr);
      if (!number) number = static_cast<std::int64_t>(size);
    }
    if (!arg.type_attr.empty() && size > 0) {
      std::optional<AttrValue>& type = inference.value(arg.type_attr);
      if (!type) type = type_of(at);
    }
    if (!arg.type_list_attr.empty()) {
      std::optional<AttrValue>& list = inference.value(arg.type_list_attr);
      if (!list) {
        std::vector<DType> types;
        for (std::size_t i = 0; i < size; ++i) types.push_back(type_of(at + i));
        list = std::move(types);
      }
    }
    at += size;
  }
  if (at != inputs.size()) {
    refuse_as(Misuse::kValue, "the op " + quoted(inference.signature.name) + " takes " +
                                  std::to_string(at) + " inputs, and " + quoted(node) +
                                  " is given " + std::to_string(inputs.size()));
  }
}

}  // namespace

std::shared_ptr<const OpSignature> BuilderData::signature_of(std::string_view op) const {
  std::shared_ptr<const OpSignature> signature = ops.signature(op);
  if (signature == nullptr) {
    refuse_as(Misuse::kRuntime, "Unrecognized Op name " + std::string(op));
  }
  return signature;
}

Operation GraphBuilder::create_op(std::string_view op, const std::vector<Output>& inputs,
                                  const AttrList& attrs, std::string_view name) {
  BuilderData& graph = *data_;
  graph.check_not_finalized();
  NewNode made;
  made.signature = graph.signature_of(op);
  for (const Output& input : inputs) {
    made.inputs.push_back({node_of(input), input.index_});
  }
  Inference inference{*made.signature, {}};
  inference.values.resize(made.signature->attrs.size());
  for (const auto& [key, value] : attrs) {
    const AttrSignature* attr = made.signature->attr(key);
    if (attr == nullptr) {
      if (key.starts_with('_')) {
        made.attrs.emplace_back(key, encode_attr(value).finish());
        continue;
      }
      refuse_as(Misuse::kValue, "NodeDef mentions attr " + quoted(key) +
                                    " not in Op<name=" + std::string(op) + ">");
    }
    inference.value(key) = attr_of_kind(value, *attr, made.signature->name);
  }
  infer(inference, graph, made.inputs, name.empty() ? op : name);
  const std::vector<std::optional<Span>>& defaults = graph.defaults_of(made.signature);
  for (std::size_t i = 0; i < inference.values.size(); ++i) {
    const AttrSignature& attr = made.signature->attrs[i];
    if (inference.values[i]) {
      made.attrs.emplace_back(attr.name, encode_attr(*inference.values[i]).finish());
    } else if (defaults[i]) {
      made.attrs.emplace_back(attr.name, *defaults[i]);
    } else {
      refuse_as(Misuse::kValue, "NodeDef missing attr " + quoted(attr.name) +
                                    " from Op<name=" + std::string(op) + ">; node " +
                                    quoted(name.empty() ? op : name));
    }
  }
  made.name = graph.node_name(name.empty() ? op : name);
  return Operation(data_, graph.create(std::move(made)));
}

}  // namespace icecore::inline v0
