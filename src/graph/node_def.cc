#include "graph/node_def.h"

#include <icecore/error.h>

#include <algorithm>
#include <charconv>

#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/shape_message.h"

namespace icecore::inline v0 {
namespace {

// AttrValue is a oneof: the last member set counts.
struct Value {
  std::uint32_t member = 0;
  std::uint64_t number = 0;
  Span bytes;
};

Value decode_value(const Span* attr_value) {
  Value value;
  if (attr_value == nullptr) return value;
  for (Cursor c(*attr_value); c.next();) {
    value.member = c.field();
    if (c.wire_type() == WireType::kVarint) value.number = c.varint();
    if (c.wire_type() == WireType::kBytes) value.bytes = c.bytes();
  }
  return value;
}

}  // namespace

const Span* NodeDef::attr(std::string_view key) const {
  const auto found = std::find_if(attrs.rbegin(), attrs.rend(),
                                  [&](const auto& attr) { return attr.first == key; });
  return found == attrs.rend() ? nullptr : &found->second;
}

NodeDef decode_node(const Span& encoded) {
  NodeDef node;
  for (Cursor c(encoded); c.next();) {
    switch (c.field()) {
      case pb::NodeDef::name:
        node.name = c.text();
        break;
      case pb::NodeDef::op:
        node.op = c.text();
        break;
      case pb::NodeDef::input:
        node.inputs.push_back(c.text());
        break;
      case pb::NodeDef::device:
        node.device = c.text();
        break;
      case pb::NodeDef::attr: {
        std::pair<std::string_view, Span> attr;
        for (Cursor entry(c.bytes()); entry.next();) {
          if (entry.field() == 1) attr.first = entry.text();
          if (entry.field() == 2) attr.second = entry.bytes();
        }
        node.attrs.push_back(std::move(attr));
        break;
      }
      default:
        break;
    }
  }
  return node;
}

bool is_variable(std::string_view op) {
  return op == "VariableV2" || op == "VarHandleOp" || op == "Variable";
}

std::string_view node_name(const Span& node) {
  std::string_view name;
  for (Cursor c(node); c.next();) {
    if (c.field() == pb::NodeDef::name) name = c.text();
  }
  return name;
}

Span without_device(const Span& node) {
  if (decode_node(node).device.empty()) return node;
  Piece rest;
  for (Cursor c(node); c.next();) {
    const bool is_device = c.field() == pb::NodeDef::device;
    const Span field = c.raw();
    if (!is_device) rest.append(field);
  }
  return rest.finish();
}

InputName parse_input(std::string_view input) {
  if (input.starts_with('^')) return {input.substr(1), 0, true};
  const std::size_t colon = input.rfind(':');
  if (colon == std::string_view::npos) return {input, 0, false};
  const std::string_view digits = input.substr(colon + 1);
  std::int64_t output = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), output);
  if (failure != std::errc() || end != digits.data() + digits.size() || output < 0) {
    return {input, 0, false};
  }
  return {input.substr(0, colon), output, false};
}

std::optional<DType> attr_type(const Span* attr_value) {
  const Value value = decode_value(attr_value);
  if (value.member != pb::AttrValue::type) return std::nullopt;
  return dtype_of_number(static_cast<std::int64_t>(value.number));
}

std::optional<Shape> attr_shape(const Span* attr_value) {
  const Value value = decode_value(attr_value);
  if (value.member != pb::AttrValue::shape) return std::nullopt;
  return decode_shape(value.bytes);
}

std::optional<std::int64_t> attr_int(const Span* attr_value) {
  const Value value = decode_value(attr_value);
  if (value.member != pb::AttrValue::i) return std::nullopt;
  return static_cast<std::int64_t>(value.number);
}

std::optional<Span> attr_tensor(const Span* attr_value) {
  Value value = decode_value(attr_value);
  if (value.member != pb::AttrValue::tensor) return std::nullopt;
  return std::move(value.bytes);
}

std::string attr_bytes(const Span* attr_value) {
  const Value value = decode_value(attr_value);
  return value.member == pb::AttrValue::s ? value.bytes.read() : std::string();
}

std::vector<std::string> attr_strings(const Span* attr_value) {
  std::vector<std::string> strings;
  const Value value = decode_value(attr_value);
  if (value.member != pb::AttrValue::list) return strings;
  for (Cursor c(value.bytes); c.next();) {
    if (c.field() == pb::AttrValue_ListValue::s) strings.push_back(c.bytes().read());
  }
  return strings;
}

NodeWriter::NodeWriter(std::string_view name, std::string_view op) {
  node_.text(pb::NodeDef::name, name).text(pb::NodeDef::op, op);
}

NodeWriter& NodeWriter::input(std::string_view input) {
  node_.text(pb::NodeDef::input, input);
  return *this;
}

NodeWriter& NodeWriter::attr(std::string_view key, const Span& attr_value) {
  Piece entry;
  entry.text(1, key).message(2, attr_value);
  node_.message(pb::NodeDef::attr, entry);
  return *this;
}

NodeWriter& NodeWriter::attr(std::string_view key, const Piece& attr_value) {
  Piece entry;
  entry.text(1, key).message(2, attr_value);
  node_.message(pb::NodeDef::attr, entry);
  return *this;
}

Piece type_value(DType dtype) {
  Piece value;
  value.varint(pb::AttrValue::type, static_cast<std::uint64_t>(dtype));
  return value;
}

}  // namespace icecore::inline v0
