#include "graph/import_node.h"

#include <icecore/error.h>

#include <algorithm>

#include "base/quoted.h"
#include "graph/attr_codec.h"
#include "graph/attr_values.h"
#include "opdef/builtin_ops.h"
#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kGroups = "_class", kShapes = "_output_shapes", kPrefix = "loc:@";

[[noreturn]] void refuse(const NodeDef& node, const std::string& what) {
  refuse_as(Misuse::kValue, what + "; NodeDef: {{node " + std::string(node.name) + "}}");
}

std::string op_text(const NodeDef& node) {
  return "Op<name=" + std::string(node.op) + ">";
}

// "int", "list", … of the member that an AttrValue has; "" where it has none.
std::string_view member_of(const Span& attr_value) {
  std::string_view member;
  for (Cursor c(attr_value); c.next();) {
    switch (c.field()) {
      case pb::AttrValue::list:
        member = "list";
        break;
      case pb::AttrValue::s:
        member = "string";
        break;
      case pb::AttrValue::i:
        member = "int";
        break;
      case pb::AttrValue::f:
        member = "float";
        break;
      case pb::AttrValue::b:
        member = "bool";
        break;
      case pb::AttrValue::type:
        member = "type";
        break;
      case pb::AttrValue::shape:
        member = "shape";
        break;
      case pb::AttrValue::tensor:
        member = "tensor";
        break;
      case pb::AttrValue::placeholder:
        member = "placeholder";
        break;
      case pb::AttrValue::func:
        member = "func";
        break;
      default:
        break;
    }
  }
  return member;
}

void check_kind(const NodeDef& node, const AttrSignature& attr, const Span& value) {
  const std::string_view member = member_of(value);
  const std::string_view wanted = attr.kind.starts_with("list(") ? "list" : attr.kind;
  if (member == wanted) return;
  refuse(node, "AttrValue had value with type '" + std::string(member) + "' when '" +
                   std::string(attr.kind) + "' expected\n\t for attr '" + std::string(attr.name) +
                   "'\n\t");
}

void check_allowed(const NodeDef& node, const AttrSignature& attr, const Span& value) {
  if (attr.allowed.empty() && !attr.minimum) return;
  const std::string why = why_refused(decode_attr(value, attr.kind), attr);
  if (!why.empty()) refuse(node, why + "\n\t");
}

// The same value, however its fields stand.
bool same_value(const Span& a, const Span& b) {
  if (a.has_holes() || b.has_holes()) return false;
  if (a.contiguous() == b.contiguous()) return true;
  try {
    return encode_attr(decode_attr(a)).bytes() == encode_attr(decode_attr(b)).bytes();
  } catch (const Error&) {
    return false;
  }
}

// Attributes of a younger TensorFlow that change nothing of what is computed: what to call a
// variable in messages, that an assigned value's shape is to be checked again when it is known
// (what is known of it while a graph is built is checked anyway), and which side of a product is a
// gradient.
bool is_hint(std::string_view op, std::string_view key) {
  if (op == "VarHandleOp") return key == "debug_name";
  if (op == "AssignVariableOp") return key == "validate_shape";
  if (op == "MatMul") return key == "grad_a" || key == "grad_b";
  return op.starts_with("BatchMatMul") && (key == "grad_x" || key == "grad_y");
}

// Whether it says no more than its absence says, to a TensorFlow that knows the attribute: a
// younger one wrote it down.
bool is_later_default(std::string_view op, std::string_view key, const Span& value) {
  const std::optional<OpSignature> later = find_later_op(op);
  const AttrSignature* attr = later ? later->attr(key) : nullptr;
  if (attr == nullptr || !attr->default_value) return false;
  return same_value(encode_attr(parse_default(*attr->default_value, attr->kind)).finish(), value);
}

// `_class` with the prefix before the nodes it names.
Span prefixed_groups(const std::vector<std::string>& groups, std::string_view prefix) {
  std::vector<std::string> renamed;
  for (const std::string& group : groups) {
    const bool is_group = group.starts_with(kPrefix);
    renamed.push_back(is_group ? std::string(kPrefix) + std::string(prefix) +
                                     group.substr(kPrefix.size())
                               : group);
  }
  return encode_attr(renamed).finish();
}

void check_not_removed(const NodeDef& node, const OpSignature& signature, std::int64_t producer) {
  if (!signature.deprecated_since || producer < *signature.deprecated_since) return;
  throw Error(Code::kUnimplemented,
              "Op " + std::string(node.op) + " is not available in GraphDef version " +
                  std::to_string(producer) + ". It has been removed in version " +
                  std::to_string(*signature.deprecated_since) + ". The node '" +
                  std::string(node.name) + "' uses it.");
}

}  // namespace

ImportedAttrs import_attrs(BuilderData& graph, const ImportedOps& ops, const NodeDef& node,
                           const std::shared_ptr<const OpSignature>& signature,
                           std::string_view prefix) {
  check_not_removed(node, *signature, ops.producer());
  ImportedAttrs result;
  for (const auto& [key, stored] : node.attrs) {
    const Span& value = *node.attr(key);  // The last of that key.
    const bool again = std::ranges::any_of(
        result.kept, [k = std::string_view(key)](const auto& attr) { return attr.first == k; });
    if (again || value.empty()) continue;
    if (key == kShapes && member_of(value) == "list") {
      AttrValue shapes = decode_attr(value, "list(shape)");
      auto* const list = std::get_if<std::vector<Shape>>(&shapes);
      if (list == nullptr) {
        refuse_as(Misuse::kValue, "Node " + quoted(node.name) + ": " + std::string(kShapes) +
                                      " is no list of shapes");
      }
      result.has_output_shapes = true;
      result.output_shapes = std::move(*list);
      continue;
    }
    if (key == kGroups && member_of(value) == "list") {
      const std::vector<std::string> groups = attr_strings(&value);
      for (const std::string& group : groups) {
        if (group.starts_with(kPrefix)) result.groups.push_back(group.substr(kPrefix.size()));
      }
      result.kept.emplace_back(key, prefix.empty() ? value : prefixed_groups(groups, prefix));
      continue;
    }
    const AttrSignature* attr = signature->attr(key);
    if (attr != nullptr) {
      check_kind(node, *attr, value);
      check_allowed(node, *attr, value);
    } else if (!key.starts_with('_')) {
      const std::optional<Span> dropped = ops.producer_default(node.op, key);
      if (dropped && same_value(*dropped, value)) continue;
      if (is_hint(node.op, key) || is_later_default(node.op, key, value)) continue;
      refuse(node, "NodeDef mentions attr '" + std::string(key) + "' not in " + op_text(node));
    }
    result.kept.emplace_back(key, value);
  }
  const std::vector<std::optional<Span>>& defaults = graph.defaults_of(signature);
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    const std::string_view key = signature->attrs[i].name;
    const bool there =
        std::ranges::any_of(result.kept, [&](const auto& attr) { return attr.first == key; });
    if (there) continue;
    if (!defaults[i]) {
      refuse(node, "NodeDef missing attr '" + std::string(key) + "' from " + op_text(node));
    }
    result.kept.emplace_back(key, *defaults[i]);
  }
  return result;
}

std::vector<std::string> colocation_names(const EncodedAttrs& attrs, std::string_view name) {
  std::vector<std::string> names;
  for (const auto& [key, value] : attrs) {
    if (key != kGroups) continue;
    for (const std::string& group : attr_strings(&value)) {
      if (group.starts_with(kPrefix) && group.substr(kPrefix.size()) != name) {
        names.push_back(group.substr(kPrefix.size()));
      }
    }
  }
  return names;
}

void set_stored_shapes(BuilderData& graph, int id, const ImportedAttrs& attrs) {
  if (!attrs.has_output_shapes) return;
  BuilderNode& node = graph.node(id);
  if (attrs.output_shapes.size() < node.shapes.size()) {
    refuse_as(Misuse::kValue,
              "Node " + quoted(node.name) + " has " + std::to_string(node.shapes.size()) +
                  " outputs but the _output_shapes attribute specifies shapes for " +
                  std::to_string(attrs.output_shapes.size()) + " outputs");
  }
  for (std::size_t i = 0; i < node.shapes.size(); ++i) {
    try {
      node.shapes[i] = merge_shapes(node.shapes[i], attrs.output_shapes[i]);
    } catch (const Error& error) {
      refuse_as(Misuse::kValue, "Node " + quoted(node.name) +
                                    " has an _output_shapes attribute inconsistent with the "
                                    "GraphDef for output #" +
                                    std::to_string(i) + ": " + error.message());
    }
  }
}

void rename_groups(BuilderData& graph, int id,
                   const std::unordered_map<std::string, std::string>& renamed) {
  const NodeDef def = decode_node(graph.node(id).encoded);
  const Span* value = def.attr(kGroups);
  if (value == nullptr) return;
  std::vector<std::string> groups = attr_strings(value);
  bool changed = false;
  for (std::string& group : groups) {
    if (!group.starts_with(kPrefix)) continue;
    const auto found = renamed.find(group.substr(kPrefix.size()));
    if (found == renamed.end()) continue;
    group = std::string(kPrefix) + found->second;
    changed = true;
  }
  if (changed) graph.reencode(id, {{kGroups, encode_attr(groups).finish()}});
}

}  // namespace icecore::inline v0
