#include "saver/collections.h"

#include <icecore/control_flow.h>
#include <icecore/error.h>
#include <icecore/saver_def.h>
#include <icecore/variable.h>

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/packed.h"
#include "proto/wire_write.h"
#include "saver/export_scope.h"

namespace icecore::inline v0 {
namespace {

// ops.GraphKeys._VARIABLE_COLLECTIONS: their items are VariableDefs.
bool holds_variables(std::string_view key) {
  constexpr std::array kKeys = {GraphKeys::kGlobalVariables,         GraphKeys::kTrainableVariables,
                                GraphKeys::kLocalVariables,          GraphKeys::kModelVariables,
                                GraphKeys::kMovingAverageVariables,  GraphKeys::kGlobalStep,
                                std::string_view("metric_variables")};
  return std::ranges::find(kKeys, key) != kKeys.end();
}

constexpr std::string_view kCondContext = "cond_context", kWhileContext = "while_context",
                           kUnboundInputs = "unbound_inputs", kQueueRunners = "queue_runners";

// Messages that stay encoded in our collections.
bool holds_messages(std::string_view key) {
  return key == GraphKeys::kSavers || key == kQueueRunners;
}

std::string name_of(const CollectionItem& item) {
  if (const auto* output = std::get_if<Output>(&item.value)) return output->name();
  if (const auto* operation = std::get_if<Operation>(&item.value)) return operation->name();
  if (const auto* variable = std::get_if<Variable>(&item.value)) return variable->name();
  return "";
}

[[noreturn]] void refuse_kind(std::string_view wanted) {
  throw Error(Code::kInvalidArgument, "an item is no " + std::string(wanted));
}

std::string names_list(const std::vector<CollectionItem>& items, std::string_view scope) {
  Piece list;
  for (const CollectionItem& item : items) {
    const std::string name = name_of(item);
    if (name.empty()) refuse_kind("tensor, operation or variable");
    list.text(pb::CollectionDef_NodeList::value, strip_scope(name, scope));
  }
  return list.bytes();
}

std::string bytes_list(const std::vector<CollectionItem>& items) {
  Piece list;
  for (const CollectionItem& item : items) {
    const auto* const bytes = std::get_if<std::string>(&item.value);
    if (bytes == nullptr) refuse_kind("string");
    list.text(pb::CollectionDef_BytesList::value, *bytes);
  }
  return list.bytes();
}

std::string ints_list(const std::vector<CollectionItem>& items) {
  std::string values;
  for (const CollectionItem& item : items) {
    if (const auto* number = std::get_if<std::int64_t>(&item.value)) {
      append_varint(values, static_cast<std::uint64_t>(*number));
    } else if (const auto* flag = std::get_if<bool>(&item.value)) {
      append_varint(values, *flag ? 1 : 0);
    } else {
      refuse_kind("whole number");
    }
  }
  Piece list;
  list.text(pb::CollectionDef_Int64List::value, values);
  return list.bytes();
}

std::string floats_list(const std::vector<CollectionItem>& items) {
  std::string values;
  for (const CollectionItem& item : items) {
    if (const auto* number = std::get_if<double>(&item.value)) {
      append_fixed(values, static_cast<float>(*number));
    } else if (const auto* whole = std::get_if<std::int64_t>(&item.value)) {
      append_fixed(values, static_cast<float>(*whole));
    } else if (const auto* flag = std::get_if<bool>(&item.value)) {
      append_fixed(values, *flag ? 1.0F : 0.0F);
    } else {
      refuse_kind("number");
    }
  }
  Piece list;
  list.text(pb::CollectionDef_FloatList::value, values);
  return list.bytes();
}

std::string variables_list(const std::vector<CollectionItem>& items, std::string_view scope) {
  Piece list;
  for (const CollectionItem& item : items) {
    const auto* const variable = std::get_if<Variable>(&item.value);
    if (variable == nullptr) refuse_kind("variable");
    const std::string def = variable_def(*variable);
    list.text(pb::CollectionDef_BytesList::value,
              scope.empty() ? def : rescoped_variable_def(def, scope, {}));
  }
  return list.bytes();
}

// Messages whose names say whether they are of the scope.
std::vector<CollectionItem> scoped_messages(std::string_view key,
                                            const std::vector<CollectionItem>& items,
                                            std::string_view scope) {
  std::vector<CollectionItem> scoped;
  for (const CollectionItem& item : items) {
    const auto* const bytes = std::get_if<std::string>(&item.value);
    if (bytes == nullptr) refuse_kind("message");
    if (key == GraphKeys::kSavers) {
      const SaverDef saver = decode_saver_def(*bytes);
      const bool is_whole = saver.filename_tensor_name.starts_with(scope) &&
                            saver.save_tensor_name.starts_with(scope) &&
                            saver.restore_op_name.starts_with(scope);
      if (is_whole) scoped.push_back({rescoped_saver_def(*bytes, scope, {})});
    } else if (first_name(*bytes).starts_with(scope)) {
      scoped.push_back({rescoped_queue_runner_def(*bytes, scope, {})});
    }
  }
  return scoped;
}

// The kind is the first item's.
std::pair<std::uint32_t, std::string> encoded_list(const std::string& key,
                                                   const std::vector<CollectionItem>& items,
                                                   std::string_view scope) {
  if (holds_variables(key)) {
    return {pb::CollectionDef::bytes_list, variables_list(items, scope)};
  }
  const auto& first = items[0].value;
  if (std::holds_alternative<std::string>(first)) {
    return {pb::CollectionDef::bytes_list, bytes_list(items)};
  }
  if (std::holds_alternative<std::int64_t>(first) || std::holds_alternative<bool>(first)) {
    return {pb::CollectionDef::int64_list, ints_list(items)};
  }
  if (std::holds_alternative<double>(first)) {
    return {pb::CollectionDef::float_list, floats_list(items)};
  }
  return {pb::CollectionDef::node_list, names_list(items, scope)};
}

}  // namespace

std::vector<std::string> collections_to_export(const GraphBuilder& graph,
                                               const CollectionExport& part) {
  std::vector<std::string> keys = graph.collection_keys();
  if (!cond_contexts(graph).empty()) keys.emplace_back(kCondContext);
  if (!while_contexts(graph).empty()) keys.emplace_back(kWhileContext);
  if (part.unbound_inputs && std::ranges::find(keys, kUnboundInputs) == keys.end()) {
    keys.emplace_back(kUnboundInputs);
  }
  return keys;
}

namespace {

std::vector<CollectionItem> items_to_export(const GraphBuilder& graph, const std::string& key,
                                            const CollectionExport& part) {
  std::vector<CollectionItem> items;
  const auto add_context = [&](const ControlFlowContext& context) {
    if (!context.name().starts_with(part.scope)) return;
    items.push_back({control_flow_context_def(graph, context, part.scope)});
  };
  if (key == kCondContext) {
    for (const auto& context : cond_contexts(graph)) add_context(*context);
    return items;
  }
  if (key == kWhileContext) {
    for (const auto& context : while_contexts(graph)) add_context(*context);
    return items;
  }
  if (key == kUnboundInputs && part.unbound_inputs) {
    for (const std::string& input : *part.unbound_inputs) items.push_back({input});
  } else {
    items = graph.collection(key);
  }
  std::erase_if(items, [&](const CollectionItem& item) {
    const std::string name = name_of(item);
    return !name.empty() && part.excluded.contains(name);
  });
  if (part.scope.empty()) return items;
  if (holds_messages(key)) return scoped_messages(key, items, part.scope);
  // Of strings TensorFlow knows a scope where they are Python's, and not where they are bytes.
  std::erase_if(items, [&](const CollectionItem& item) {
    const std::string name = name_of(item);
    return !name.empty() && !is_exported(name, part.scope);
  });
  return items;
}

}  // namespace

Piece encode_collection(const GraphBuilder& graph, const std::string& key,
                        const CollectionExport& part) {
  Piece collection;
  try {
    const std::vector<CollectionItem> items = items_to_export(graph, key, part);
    if (items.empty()) return collection;
    const auto [kind, list] = encoded_list(key, items, part.scope);
    collection.text(kind, list);
  } catch (const Error& error) {
    if (part.warn) {
      part.warn("Issue encountered when serializing " + key +
                ".\nType is unsupported, or the types of the items don't match field type in "
                "CollectionDef. Note this is a warning and probably safe to ignore.\n" +
                error.message());
    }
  }
  return collection;
}

namespace {

// Which of CollectionDef's kinds it is, and the list; the last one counts, as in any oneof.
struct Kind {
  std::uint32_t field = 0;
  Span list;
};
Kind kind_of(const Span& collection) {
  Kind kind;
  for (Cursor c(collection); c.next();) {
    if (c.field() >= pb::CollectionDef::node_list && c.field() <= pb::CollectionDef::any_list) {
      kind.field = c.field();
      kind.list = c.bytes();
    }
  }
  return kind;
}

std::vector<std::string> items_of(const Span& list) {
  std::vector<std::string> items;
  for (Cursor c(list); c.next();) {
    if (c.field() == 1) items.push_back(c.bytes().read());
  }
  return items;
}

// A repeated number, packed or not.
std::vector<std::uint64_t> numbers_of(const Span& list, WireType type) {
  std::vector<std::uint64_t> numbers;
  for (Cursor c(list); c.next();) {
    if (c.field() != 1) continue;
    if (c.wire_type() == WireType::kBytes) {
      for_each_packed(c.bytes(), type, [&](std::uint64_t bits) { numbers.push_back(bits); });
    } else {
      numbers.push_back(type == WireType::kVarint ? c.varint() : c.fixed32());
    }
  }
  return numbers;
}

// The VariableDef with another word on whether it is trainable.
std::string with_trainable(const std::string& variable_def, bool trainable) {
  Piece piece;
  for (Cursor c(variable_def); c.next();) {
    const bool replaced = c.field() == pb::VariableDef::trainable;
    const Span field = c.raw();
    if (!replaced) piece.append(field);
  }
  if (trainable) piece.boolean(pb::VariableDef::trainable, true);
  return piece.bytes();
}

class CollectionAdder {
 public:
  CollectionAdder(GraphBuilder& graph, std::string_view scope, bool has_trainable,
                  const std::function<void(const std::string&)>& warn)
      : graph_(graph), scope_(scope), has_trainable_(has_trainable), warn_(warn) {}

  void add(const std::string& key, const Span& collection) {
    const Kind kind = kind_of(collection);
    switch (kind.field) {
      case pb::CollectionDef::bytes_list:
        for (std::string& item : items_of(kind.list)) add_bytes(key, std::move(item));
        break;
      case pb::CollectionDef::node_list:
        for (const std::string& name : items_of(kind.list)) add_node(key, name);
        break;
      case pb::CollectionDef::int64_list:
        for (const std::uint64_t number : numbers_of(kind.list, WireType::kVarint)) {
          graph_.add_to_collection(key, {static_cast<std::int64_t>(number)});
        }
        break;
      case pb::CollectionDef::float_list:
        for (const std::uint64_t bits : numbers_of(kind.list, WireType::kFixed32)) {
          const auto number = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
          graph_.add_to_collection(key, {static_cast<double>(number)});
        }
        break;
      case pb::CollectionDef::any_list:
        if (warn_) warn_("The collection " + key + " holds messages of any kind, and is left out.");
        break;
      default:
        if (warn_) warn_("Cannot identify data type for collection " + key + ". Skipping.");
    }
  }

 private:
  void add_bytes(const std::string& key, std::string bytes) {
    if (holds_variables(key)) {
      const auto known = variables_.find(bytes);
      if (known != variables_.end()) return graph_.add_to_collection(key, {known->second});
      const std::string def =
          has_trainable_ ? bytes : with_trainable(bytes, key == GraphKeys::kTrainableVariables);
      const Variable variable = variable_from_def(graph_, def, scope_);
      variables_.emplace(std::move(bytes), variable);
      return graph_.add_to_collection(key, {variable});
    }
    if (key == GraphKeys::kSavers) {
      return graph_.add_to_collection(key, {rescoped_saver_def(bytes, {}, scope_)});
    }
    if (key == kQueueRunners) {
      return graph_.add_to_collection(key, {rescoped_queue_runner_def(bytes, {}, scope_)});
    }
    if (key == kCondContext) {
      return add_cond_context(graph_, cond_context_from_def(graph_, bytes, scope_));
    }
    if (key == kWhileContext) {
      return add_while_context(graph_, while_context_from_def(graph_, bytes, scope_));
    }
    graph_.add_to_collection(key, {prepend_scope(bytes, scope_)});
  }

  void add_node(const std::string& key, const std::string& name) {
    const std::string whole = prepend_scope(name, scope_);
    if (whole.find(':') != std::string::npos) {
      graph_.add_to_collection(key, {graph_.get_tensor_by_name(whole)});
    } else {
      graph_.add_to_collection(key, {graph_.get_operation_by_name(whole)});
    }
  }

  GraphBuilder& graph_;
  std::string scope_;
  bool has_trainable_;
  const std::function<void(const std::string&)>& warn_;
  std::map<std::string, Variable> variables_;  // By their VariableDefs.
};

}  // namespace

void add_collections(GraphBuilder& graph, const std::map<std::string, Span>& collections,
                     std::string_view scope, bool has_trainable,
                     const std::function<void(const std::string&)>& warn) {
  CollectionAdder adder(graph, scope, has_trainable, warn);
  const std::string first(GraphKeys::kTrainableVariables);
  if (const auto found = collections.find(first); found != collections.end()) {
    adder.add(first, found->second);
  }
  for (const auto& [key, collection] : collections) {
    if (key != first) adder.add(key, collection);
  }
}

}  // namespace icecore::inline v0
