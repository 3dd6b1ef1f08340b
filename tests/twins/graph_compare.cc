#include "twins/graph_compare.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <stdexcept>

#include "graph/attr_codec.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "graph/tensor_def.h"

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kIgnored = "_output_shapes";

std::string without_temporary(const std::string& text) {
  static const std::regex pattern("_temp_[0-9a-f]{32}");
  return std::regex_replace(text, pattern, "_temp_");
}

bool same_tensor(const Tensor& a, const Tensor& b) {
  if (a.dtype() != b.dtype() || a.shape() != b.shape()) return false;
  if (a.dtype() != DType::kString) return std::ranges::equal(a.bytes(), b.bytes());
  return std::ranges::equal(a.strings(), b.strings(), {}, without_temporary, without_temporary);
}

bool same_value(const Span& a, const Span& b) {
  if (a.read() == b.read()) return true;
  const AttrValue x = decode_attr(a), y = decode_attr(b);
  const auto* left = std::get_if<Tensor>(&x);
  const auto* right = std::get_if<Tensor>(&y);
  if (left != nullptr && right != nullptr) return same_tensor(*left, *right);
  return encode_attr(x).bytes() == encode_attr(y).bytes();
}

std::map<std::string, Span> attrs_of(const NodeDef& node) {
  std::map<std::string, Span> attrs;
  for (const auto& [key, value] : node.attrs) {
    if (key != kIgnored) attrs.insert_or_assign(std::string(key), value);
  }
  return attrs;
}

std::string short_text(const Span& value) {
  const AttrValue decoded = decode_attr(value);
  const std::string kind(attr_kind(decoded));
  if (const auto* text = std::get_if<std::string>(&decoded)) return "\"" + *text + "\"";
  if (const auto* number = std::get_if<std::int64_t>(&decoded)) return std::to_string(*number);
  if (const auto* number = std::get_if<float>(&decoded)) return std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&decoded)) return *flag ? "true" : "false";
  if (const auto* type = std::get_if<DType>(&decoded)) return to_string(*type);
  if (const auto* shape = std::get_if<Shape>(&decoded)) return to_string(*shape);
  if (const auto* tensor = std::get_if<Tensor>(&decoded)) {
    std::string text = to_string(tensor->dtype()) + to_string(tensor->shape());
    if (tensor->dtype() == DType::kString) {
      for (std::size_t i = 0; i < std::min<std::size_t>(tensor->strings().size(), 4); ++i) {
        text += " " + tensor->strings()[i];
      }
    } else {
      static constexpr char kDigits[] = "0123456789abcdef";
      for (const std::byte byte :
           tensor->bytes().first(std::min<std::size_t>(tensor->bytes().size(), 16))) {
        text += kDigits[std::to_integer<int>(byte) >> 4];
        text += kDigits[std::to_integer<int>(byte) & 15];
      }
    }
    return text;
  }
  if (const auto* strings = std::get_if<std::vector<std::string>>(&decoded)) {
    std::string text;
    for (const std::string& item : *strings) text += (text.empty() ? "" : ", ") + item;
    return "[" + text + "]";
  }
  if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&decoded)) {
    std::string text;
    for (const std::int64_t item : *numbers)
      text += (text.empty() ? "" : ", ") + std::to_string(item);
    return "[" + text + "]";
  }
  return kind;
}

std::string joined(const std::vector<std::string_view>& items) {
  std::string text;
  for (const std::string_view item : items) text += (text.empty() ? "" : " ") + std::string(item);
  return "[" + text + "]";
}

void compare_nodes(const NodeDef& expected, const NodeDef& actual, std::vector<std::string>& out) {
  const std::string name(expected.name);
  if (expected.op != actual.op) {
    out.push_back(name + ": op " + std::string(actual.op) + ", expected " +
                  std::string(expected.op));
  }
  if (expected.inputs != actual.inputs) {
    out.push_back(name + ": inputs " + joined(actual.inputs) + ", expected " +
                  joined(expected.inputs));
  }
  if (expected.device != actual.device) {
    out.push_back(name + ": device '" + std::string(actual.device) + "', expected '" +
                  std::string(expected.device) + "'");
  }
  const std::map<std::string, Span> wanted = attrs_of(expected), found = attrs_of(actual);
  for (const auto& [key, value] : wanted) {
    const auto other = found.find(key);
    if (other == found.end()) {
      out.push_back(name + ": attribute " + key + " missing, expected " + short_text(value));
    } else if (!same_value(value, other->second)) {
      out.push_back(name + ": attribute " + key + " is " + short_text(other->second) +
                    ", expected " + short_text(value));
    }
  }
  for (const auto& [key, value] : found) {
    if (!wanted.contains(key)) {
      out.push_back(name + ": attribute " + key + " unexpected: " + short_text(value));
    }
  }
}

std::string described(const NodeDef& node) {
  return std::string(node.name) + " (" + std::string(node.op) + ")";
}

std::string as_text(const std::vector<std::string>& differences) {
  constexpr std::size_t kMost = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(differences.size(), kMost); ++i)
    text += differences[i] + "\n";
  if (differences.size() > kMost) {
    text += "and " + std::to_string(differences.size() - kMost) + " more\n";
  }
  return text;
}

std::vector<std::string> compare(const GraphData& expected, const GraphData& actual) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < std::min(expected.nodes.size(), actual.nodes.size()); ++i) {
    const NodeDef wanted = decode_node(expected.nodes[i]), found = decode_node(actual.nodes[i]);
    if (wanted.name != found.name) {
      out.push_back("node " + std::to_string(i) + " is " + described(found) + ", expected " +
                    described(wanted));
      return out;
    }
    compare_nodes(wanted, found, out);
  }
  if (expected.nodes.size() != actual.nodes.size()) {
    const bool more = actual.nodes.size() > expected.nodes.size();
    const GraphData& longer = more ? actual : expected;
    const std::size_t first = std::min(expected.nodes.size(), actual.nodes.size());
    out.push_back(std::to_string(actual.nodes.size()) + " nodes, expected " +
                  std::to_string(expected.nodes.size()) +
                  "; first without partner: " + described(decode_node(longer.nodes[first])));
  }
  return out;
}

}  // namespace

std::vector<std::string> graph_differences(const Graph& expected, const Graph& actual) {
  return compare(expected.data(), actual.data());
}

Graph graph_in_file(const std::string& path) {
  std::ifstream file(std::string(ICECORE_TEST_DATA) + "/" + path, std::ios::binary);
  if (!file) throw std::runtime_error("there is no " + path + " below tests/data");
  return parse_graph(Span::of(
      std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>())));
}

std::string difference_from_file(const std::string& path, const GraphBuilder& actual) {
  return as_text(graph_differences(graph_in_file(path), actual.graph()));
}

}  // namespace icecore::inline v0
