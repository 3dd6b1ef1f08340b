#include "saver/op_list.h"

#include <icecore/error.h>

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/attr_codec.h"
#include "graph/functions.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/op_def.h"
#include "opdef/op_signature.h"
#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

// Ops of the nodes and of the functions that they call by name.
std::set<std::string> ops_used(const Graph& graph) {
  const auto functions = function_library(graph);
  std::set<std::string> used;
  std::vector<const FunctionBody*> called;
  std::set<std::string_view> seen;
  const auto add = [&](const Span& node) {
    const std::string_view op = decode_node(node).op;
    const auto function = functions.find(op);
    if (function == functions.end()) {
      used.emplace(op);
    } else if (seen.insert(function->first).second) {
      called.push_back(&function->second);
    }
  };
  for (const Span& node : graph.data().nodes) add(node);
  while (!called.empty()) {
    const FunctionBody* const body = called.back();
    called.pop_back();
    for (const Span& node : body->nodes) add(node);
  }
  return used;
}

// Ops of TensorFlow's own machinery, which it doesn't list.
bool is_internal(std::string_view op) {
  return op == "_Arg" || op == "_Retval" || op == "_ListToArray" || op == "_ArrayToList";
}

Graph with_nodes(const Graph& graph, const std::function<Span(const Span&)>& change) {
  std::vector<Span> nodes;
  nodes.reserve(graph.size());
  for (const Span& node : graph.data().nodes) nodes.push_back(change(node));
  return make_graph(std::move(nodes), graph.data().others);
}

bool is_default(const AttrSignature& attr, const Span& value) {
  if (!attr.default_value) return false;
  const AttrValue wanted = parse_default(*attr.default_value, attr.kind);
  try {
    return encode_attr(decode_attr(value, attr.kind)).bytes() == encode_attr(wanted).bytes();
  } catch (const Error&) {
    return false;  // Large, or of another kind.
  }
}

Span node_without_defaults(const Span& node, const OpSet& ops) {
  const NodeDef decoded = decode_node(node);
  const auto signature = ops.signature(decoded.op);
  if (signature == nullptr) return node;
  std::set<std::string_view> dropped;
  for (const auto& [key, value] : decoded.attrs) {
    const AttrSignature* const attr = signature->attr(key);
    if (attr != nullptr && is_default(*attr, value)) dropped.insert(key);
  }
  if (dropped.empty()) return node;
  Piece kept;
  for (Cursor c(node); c.next();) {
    const bool is_attr = c.field() == pb::NodeDef::attr;
    const Span field = c.raw();
    if (is_attr) {
      Cursor outer(field);
      outer.next();
      std::string_view key;
      const Span entry = outer.bytes();
      for (Cursor inner(entry); inner.next();) {
        if (inner.field() == 1) key = inner.text();
      }
      if (dropped.contains(key)) continue;
    }
    kept.append(field);
  }
  return kept.finish();
}

}  // namespace

Piece stripped_op_list(const Graph& graph, const OpSet& ops) {
  Piece list;
  std::string unknown;
  for (const std::string& op : ops_used(graph)) {
    const auto signature = ops.signature(op);
    if (signature != nullptr) {
      list.message(pb::OpList::op, encode_op_def(*signature));
    } else if (!is_internal(op)) {
      unknown += (unknown.empty() ? "" : ", ") + op;
    }
  }
  if (!unknown.empty()) {
    throw Error(Code::kInvalidArgument,
                "Op " + unknown + " is used by the graph, but is not registered", Misuse::kValue);
  }
  return list;
}

Graph without_default_attrs(const Graph& graph, const OpSet& ops) {
  return with_nodes(graph, [&](const Span& node) { return node_without_defaults(node, ops); });
}

Graph without_devices(const Graph& graph) {
  return with_nodes(graph, without_device);
}

}  // namespace icecore::inline v0
