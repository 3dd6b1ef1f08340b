// The few changes that a graph's nodes know, and seeds and collections.
#include <algorithm>

#include "base/quoted.h"
#include "graph/attr_codec.h"
#include "graph/builder_data.h"
#include "graph/scope_match.h"

namespace icecore::inline v0 {

void GraphBuilder::set_attr(const Operation& operation, std::string_view attr,
                            const AttrValue& value) {
  data_->reencode(node_of(operation), {{attr, encode_attr(value).finish()}});
}

void GraphBuilder::add_control_input(const Operation& operation, const Operation& input) {
  const int id = node_of(operation), added = node_of(input);
  std::vector<int>& inputs = data_->node(id).control_inputs;
  if (std::ranges::find(inputs, added) != inputs.end()) return;
  inputs.push_back(added);
  data_->reencode(id);
}

void GraphBuilder::update_input(const Operation& operation, int index, const Output& input) {
  const int id = node_of(operation), from = node_of(input);
  BuilderNode& node = data_->node(id);
  if (index < 0 || index >= static_cast<int>(node.inputs.size())) {
    refuse_as(Misuse::kValue, quoted(node.name) + " has " + std::to_string(node.inputs.size()) +
                                  " inputs, and no input " + std::to_string(index));
  }
  const ArgType wanted = node.info->inputs().at(static_cast<std::size_t>(index));
  if (wanted.dtype != input.dtype() || (wanted.is_reference && !input.is_reference())) {
    refuse_as(Misuse::kType, "Cannot convert a tensor of type " + to_string(input.dtype()) +
                                 " to an input of type " + to_string(wanted.dtype));
  }
  Endpoint& endpoint = node.inputs[static_cast<std::size_t>(index)];
  std::vector<int>& consumers = data_->node(endpoint.node).consumers;
  if (const auto edge = std::ranges::find(consumers, id); edge != consumers.end()) {
    consumers.erase(edge);
  }
  endpoint = {from, input.index()};
  data_->node(from).consumers.push_back(id);
  data_->reencode(id);
}

void GraphBuilder::set_device(const Operation& operation, std::string_view device) {
  const int id = node_of(operation);
  data_->node(id).device = device;
  data_->reencode(id);
}

void GraphBuilder::set_shape(const Output& output, const Shape& shape) {
  Shape& known = data_->node(node_of(output)).shapes.at(static_cast<std::size_t>(output.index()));
  known = merge_shapes(known, shape);
  data_->touch();
}

void GraphBuilder::finalize() {
  data_->finalized = true;
}

bool GraphBuilder::is_finalized() const {
  return data_->finalized;
}

std::uint64_t GraphBuilder::version() const {
  return data_->version;
}

std::int64_t GraphBuilder::producer() const {
  return data_->producer;
}

void GraphBuilder::set_random_seed(std::optional<std::int64_t> seed) {
  data_->seed = seed;
}

std::optional<std::int64_t> GraphBuilder::random_seed() const {
  return data_->seed;
}

std::pair<std::int64_t, std::int64_t> GraphBuilder::op_seeds(
    std::optional<std::int64_t> op_seed) const {
  constexpr std::int64_t kMax = 2147483647, kDefaultGraphSeed = 87654321;
  if (!data_->seed && !op_seed) return {0, 0};
  // Python's remainder, which is never negative.
  const auto cut = [](std::int64_t seed) { return ((seed % kMax) + kMax) % kMax; };
  const std::int64_t graph = cut(data_->seed.value_or(kDefaultGraphSeed));
  const std::int64_t op = cut(op_seed.value_or(data_->last_id));
  if (graph == 0 && op == 0) return {0, kMax};
  return {graph, op};
}

namespace {

// Of what has one: tensors, operations, variables.
std::optional<std::string> name_of(const CollectionItem& item) {
  return std::visit(
      [](const auto& held) -> std::optional<std::string> {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, Variable>)
          return held.data().ref.name();
        else if constexpr (requires { held.name(); })
          return held.name();
        else
          return std::nullopt;
      },
      item.value);
}

}  // namespace

void GraphBuilder::add_to_collection(std::string_view collection, CollectionItem item) {
  data_->check_not_finalized();
  for (auto& [name, items] : data_->collections) {
    if (name == collection) {
      items.emplace_back(std::move(item));
      return;
    }
  }
  data_->collections.emplace_back(std::string(collection), std::vector<StoredItem>());
  data_->collections.back().second.emplace_back(std::move(item));
}

std::vector<CollectionItem> GraphBuilder::collection(std::string_view collection,
                                                     std::string_view scope) const {
  const auto found = std::ranges::find(data_->collections, collection, [](const auto& entry) {
    return std::string_view(entry.first);
  });
  if (found == data_->collections.end()) return {};
  std::vector<CollectionItem> matching;
  const auto matches = scope_matcher(scope);
  for (const StoredItem& stored : found->second) {
    CollectionItem item = stored.get(*this);
    if (scope.empty()) {
      matching.push_back(std::move(item));
      continue;
    }
    const std::optional<std::string> name = name_of(item);
    if (name && matches(*name)) matching.push_back(std::move(item));
  }
  return matching;
}

std::vector<std::string> GraphBuilder::collection_keys() const {
  std::vector<std::string> keys;
  for (const auto& [name, items] : data_->collections) {
    if (!items.empty()) keys.push_back(name);
  }
  return keys;
}

void GraphBuilder::clear_collection(std::string_view collection) {
  data_->check_not_finalized();
  std::erase_if(data_->collections, [&](const auto& entry) { return entry.first == collection; });
}

}  // namespace icecore::inline v0
