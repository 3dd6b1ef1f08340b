#include "freeze/graph_difference.h"

#include <algorithm>
#include <map>

#include "graph/constant_values.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/tensor_def.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/schema.h"
#include "proto/text_printer.h"

namespace icecore::inline v0 {
namespace {

bool same_tensor(const Span& a, const Span& b) {
  const Tensor left = decode_tensor(a), right = decode_tensor(b);
  return left.dtype() == right.dtype() && left.shape() == right.shape() &&
         std::ranges::equal(left.bytes(), right.bytes()) &&
         std::ranges::equal(left.strings(), right.strings());
}

bool same_value(const Span& a, const Span& b) {
  const auto left = attr_tensor(&a), right = attr_tensor(&b);
  if (left && right) return same_tensor(*left, *right);
  return a.read() == b.read();
}

std::string node_difference(const NodeDef& got, const NodeDef& expected) {
  if (got.name != expected.name) return "is " + std::string(got.name);
  if (got.op != expected.op) return "op " + std::string(got.op);
  if (got.device != expected.device) return "device " + std::string(got.device);
  if (got.inputs != expected.inputs) return "other inputs";
  std::map<std::string, Span> left, right;
  for (const auto& [key, value] : got.attrs) left[std::string(key)] = value;
  for (const auto& [key, value] : expected.attrs) right[std::string(key)] = value;
  for (const auto& [key, value] : right) {
    if (!left.contains(key)) return "lacks attribute " + key;
    if (!same_value(left[key], value)) return "another value of attribute " + key;
  }
  for (const auto& [key, value] : left) {
    if (!right.contains(key)) return "attribute " + key + " isn't expected";
  }
  return "";
}

// The functions as text, sorted.
std::vector<std::string> functions(const Graph& graph) {
  std::vector<std::string> all;
  for (const OtherField& other : graph.data().others) {
    if (other.field != pb::GraphDef::library) continue;
    for (Cursor field(other.encoded); field.next();) {
      for (Cursor library(field.bytes()); library.next();) {
        if (library.field() != pb::FunctionDefLibrary::function) continue;
        all.push_back(print_text(library.bytes(), message_schema("FunctionDef")));
      }
    }
  }
  std::ranges::sort(all);
  return all;
}

}  // namespace

std::string graph_difference(const Graph& got, const Graph& expected) {
  for (std::size_t i = 0; i < std::min(got.size(), expected.size()); ++i) {
    const NodeDef left = decode_node(got.data().nodes[i]);
    const NodeDef right = decode_node(expected.data().nodes[i]);
    const std::string difference = node_difference(left, right);
    if (!difference.empty()) {
      return "node " + std::to_string(i) + ", expected " + std::string(right.name) + " (" +
             std::string(right.op) + "): " + difference;
    }
  }
  if (got.size() != expected.size()) {
    return std::to_string(got.size()) + " nodes, expected " + std::to_string(expected.size());
  }
  return functions(got) == functions(expected) ? "" : "another function library";
}

}  // namespace icecore::inline v0
