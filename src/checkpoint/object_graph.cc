#include "checkpoint/object_graph.h"

#include <icecore/error.h>

#include <cstdint>
#include <utility>

#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

struct Node {
  std::vector<std::pair<std::int32_t, std::string_view>> children;  // Number, name.
  std::vector<ObjectAttribute> attributes;
  // On the way from the root: the node before, and which of its children this is.
  std::int64_t parent = -1;
  std::string_view name;
  bool reached = false;
};

std::pair<std::int32_t, std::string_view> parse_child(std::string_view message) {
  namespace fields = pb::TrackableObjectGraph_TrackableObject_ObjectReference;
  std::pair<std::int32_t, std::string_view> child{0, {}};
  for (Cursor c(message); c.next();) {
    if (c.field() == fields::node_id) child.first = c.int32();
    if (c.field() == fields::local_name) child.second = c.text();
  }
  return child;
}

// Slot variables hang between an optimizer and a variable: "OPTIMIZER/slot".
std::pair<std::int32_t, std::string_view> parse_slot(std::string_view message) {
  namespace fields = pb::TrackableObjectGraph_TrackableObject_SlotVariableReference;
  std::pair<std::int32_t, std::string_view> slot{0, {}};
  for (Cursor c(message); c.next();) {
    if (c.field() == fields::slot_variable_node_id) slot.first = c.int32();
    if (c.field() == fields::slot_name) slot.second = c.text();
  }
  return slot;
}

ObjectAttribute parse_attribute(std::string_view message) {
  namespace fields = pb::TrackableObjectGraph_TrackableObject_SerializedTensor;
  ObjectAttribute attribute;
  for (Cursor c(message); c.next();) {
    switch (c.field()) {
      case fields::name:
        attribute.name = c.text();
        break;
      case fields::full_name:
        attribute.full_name = c.text();
        break;
      case fields::checkpoint_key:
        attribute.checkpoint_key = c.text();
        break;
      case fields::optional_restore:
        attribute.optional_restore = c.boolean();
        break;
    }
  }
  return attribute;
}

Node parse_node(std::string_view message) {
  namespace fields = pb::TrackableObjectGraph_TrackableObject;
  Node node;
  for (Cursor c(message); c.next();) {
    switch (c.field()) {
      case fields::children:
        node.children.push_back(parse_child(c.text()));
        break;
      case fields::attributes:
        node.attributes.push_back(parse_attribute(c.text()));
        break;
      case fields::slot_variables:
        node.children.push_back(parse_slot(c.text()));
        break;
    }
  }
  return node;
}

// Breadth first, so that ways are short; objects may refer to each other in circles.
void find_ways(std::vector<Node>& nodes) {
  if (nodes.empty()) return;
  std::vector<std::size_t> queue{0};
  nodes[0].reached = true;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const auto& [id, name] : nodes[queue[next]].children) {
      if (id < 0 || static_cast<std::size_t>(id) >= nodes.size()) {
        throw Error(Code::kDataLoss, "the object graph refers to object " + std::to_string(id) +
                                         " of " + std::to_string(nodes.size()));
      }
      Node& child = nodes[static_cast<std::size_t>(id)];
      if (child.reached) continue;
      child.reached = true;
      child.parent = static_cast<std::int64_t>(queue[next]);
      child.name = name;
      queue.push_back(static_cast<std::size_t>(id));
    }
  }
}

std::string way_to(const std::vector<Node>& nodes, std::size_t number) {
  // A chain of objects could be as long as the message, and every object's way with it.
  constexpr std::size_t kLongest = 4096;
  std::vector<std::string_view> names;
  std::size_t size = 0;
  for (std::size_t at = number; nodes[at].parent >= 0 && size < kLongest;
       at = static_cast<std::size_t>(nodes[at].parent)) {
    names.push_back(nodes[at].name);
    size += nodes[at].name.size() + 1;
  }
  std::string way;
  for (std::size_t i = names.size(); i-- > 0;) {
    if (!way.empty()) way += '/';
    way += names[i];
  }
  return way;
}

}  // namespace

std::vector<ObjectAttribute> parse_object_graph(std::string_view message) {
  std::vector<Node> nodes;
  for (Cursor c(message); c.next();) {
    if (c.field() == pb::TrackableObjectGraph::nodes) nodes.push_back(parse_node(c.text()));
  }
  find_ways(nodes);
  std::vector<ObjectAttribute> all;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].attributes.empty()) continue;
    const std::string way = way_to(nodes, i);
    for (ObjectAttribute& attribute : nodes[i].attributes) {
      attribute.path = way;
      all.push_back(std::move(attribute));
    }
  }
  return all;
}

std::optional<std::vector<ObjectAttribute>> object_graph(const Checkpoint& checkpoint) {
  const VariableInfo* variable = checkpoint.find(kObjectGraphKey);
  if (variable == nullptr || variable->dtype != DType::kString ||
      variable->shape.num_elements() != 1) {
    return std::nullopt;
  }
  const Tensor tensor = checkpoint.read(kObjectGraphKey);
  try {
    return parse_object_graph(tensor.strings()[0]);
  } catch (const Error& error) {
    throw error.with_context(checkpoint.prefix());
  }
}

std::optional<std::map<std::string, std::string, std::less<>>> keys_by_full_name(
    const Checkpoint& checkpoint) {
  const auto objects = object_graph(checkpoint);
  if (!objects) return std::nullopt;
  std::map<std::string, std::string, std::less<>> keys;
  for (const ObjectAttribute& object : *objects) {
    keys.insert_or_assign(object.full_name, object.checkpoint_key);
  }
  return keys;
}

}  // namespace icecore::inline v0
