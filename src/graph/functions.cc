#include "graph/functions.h"

#include <set>

#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

FunctionBody parse_function(const Span& function_def) {
  FunctionBody function;
  for (Cursor c(function_def); c.next();) {
    if (c.field() == pb::FunctionDef::node_def) function.nodes.push_back(c.bytes());
    if (c.field() != pb::FunctionDef::signature) continue;
    for (Cursor signature(c.bytes()); signature.next();) {
      if (signature.field() == pb::OpDef::name) function.name = signature.text();
    }
  }
  return function;
}

// Function names in an AttrValue: func, or list(func).
void collect_functions(const Span& attr_value, std::vector<std::string_view>& names) {
  const auto add = [&](const Span& name_attr_list) {
    for (Cursor c(name_attr_list); c.next();) {
      if (c.field() == pb::NameAttrList::name) names.push_back(c.text());
    }
  };
  for (Cursor c(attr_value); c.next();) {
    if (c.field() == pb::AttrValue::func) add(c.bytes());
    if (c.field() != pb::AttrValue::list) continue;
    for (Cursor list(c.bytes()); list.next();) {
      if (list.field() == pb::AttrValue_ListValue::func) add(list.bytes());
    }
  }
}

}  // namespace

std::unordered_map<std::string_view, FunctionBody> function_library(const Graph& graph) {
  std::unordered_map<std::string_view, FunctionBody> functions;
  for (const OtherField& other : graph.data().others) {
    if (other.field != pb::GraphDef::library) continue;
    for (Cursor field(other.encoded); field.next();) {
      for (Cursor library(field.bytes()); library.next();) {
        if (library.field() != pb::FunctionDefLibrary::function) continue;
        FunctionBody function = parse_function(library.bytes());
        functions.emplace(function.name, std::move(function));
      }
    }
  }
  return functions;
}

std::map<std::string, std::size_t> count_ops(const Graph& graph) {
  const auto functions = function_library(graph);
  std::map<std::string, std::size_t> counts;
  std::set<std::string_view> seen;
  std::vector<std::string_view> reached;
  const auto count = [&](const Span& encoded) {
    const NodeDef node = decode_node(encoded);
    ++counts[std::string(node.op)];
    if (functions.empty()) return;
    reached.push_back(node.op);
    for (const auto& [key, value] : node.attrs) collect_functions(value, reached);
  };
  for (const Span& node : graph.data().nodes) count(node);
  while (!reached.empty()) {
    const auto function = functions.find(reached.back());
    reached.pop_back();
    if (function == functions.end() || !seen.insert(function->first).second) continue;
    for (const Span& node : function->second.nodes) count(node);
  }
  return counts;
}

}  // namespace icecore::inline v0
