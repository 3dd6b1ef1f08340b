#include "graph/attr_codec.h"

#include <icecore/error.h>

#include <bit>
#include <charconv>
#include <limits>
#include <string>

#include "graph/constant_values.h"
#include "graph/tensor_def.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/packed.h"
#include "proto/shape_message.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

namespace List = pb::AttrValue_ListValue;

DType dtype_of_wire(std::uint64_t number) {
  const auto dtype = dtype_of_number(static_cast<std::int64_t>(number));
  if (!dtype) {
    throw Error(Code::kInvalidArgument,
                "an attribute has the unknown dtype " + std::to_string(number));
  }
  return *dtype;
}

// Packed or not, a repeated number's current field.
template <typename Each>
void for_each_number(Cursor& c, WireType element, Each each) {
  if (c.wire_type() == WireType::kBytes) {
    for_each_packed(c.bytes(), element, each);
  } else {
    each(element == WireType::kFixed32 ? c.fixed32() : c.varint());
  }
}

FunctionName decode_function(const Span& func) {
  FunctionName function;
  for (Cursor c(func); c.next();) {
    if (c.field() == pb::NameAttrList::name) function.name = c.text();
  }
  return function;
}

// The list as a vector of T, begun when it was another kind's empty one.
template <typename T>
std::vector<T>& as_list(AttrValue& list) {
  if (!std::holds_alternative<std::vector<T>>(list)) list = std::vector<T>();
  return std::get<std::vector<T>>(list);
}

AttrValue decode_list(const Span& encoded, std::string_view kind) {
  AttrValue list = empty_list(kind);
  for (Cursor c(encoded); c.next();) {
    switch (c.field()) {
      case List::s:
        as_list<std::string>(list).push_back(c.bytes().read());
        break;
      case List::i:
        for_each_number(c, WireType::kVarint, [&](std::uint64_t value) {
          as_list<std::int64_t>(list).push_back(static_cast<std::int64_t>(value));
        });
        break;
      case List::f:
        for_each_number(c, WireType::kFixed32, [&](std::uint64_t value) {
          as_list<float>(list).push_back(std::bit_cast<float>(static_cast<std::uint32_t>(value)));
        });
        break;
      case List::b:
        for_each_number(c, WireType::kVarint,
                        [&](std::uint64_t value) { as_list<bool>(list).push_back(value != 0); });
        break;
      case List::type:
        for_each_number(c, WireType::kVarint, [&](std::uint64_t value) {
          as_list<DType>(list).push_back(dtype_of_wire(value));
        });
        break;
      case List::shape:
        as_list<Shape>(list).push_back(decode_shape(c.bytes()));
        break;
      case List::tensor:
        as_list<Tensor>(list).push_back(decode_tensor(c.bytes()));
        break;
      case List::func:
        as_list<FunctionName>(list).push_back(decode_function(c.bytes()));
        break;
      default:
        break;
    }
  }
  return list;
}

}  // namespace

AttrValue empty_list(std::string_view kind) {
  if (kind == "list(string)") return std::vector<std::string>();
  if (kind == "list(float)") return std::vector<float>();
  if (kind == "list(bool)") return std::vector<bool>();
  if (kind == "list(type)") return std::vector<DType>();
  if (kind == "list(shape)") return std::vector<Shape>();
  if (kind == "list(tensor)") return std::vector<Tensor>();
  if (kind == "list(func)") return std::vector<FunctionName>();
  return std::vector<std::int64_t>();
}

AttrValue decode_attr(const Span& attr_value, std::string_view kind) {
  std::optional<AttrValue> value;
  for (Cursor c(attr_value); c.next();) {
    switch (c.field()) {
      case pb::AttrValue::s:
        value = c.bytes().read();
        break;
      case pb::AttrValue::i:
        value = c.int64();
        break;
      case pb::AttrValue::f:
        value = c.float32();
        break;
      case pb::AttrValue::b:
        value = c.boolean();
        break;
      case pb::AttrValue::type:
        value = dtype_of_wire(c.varint());
        break;
      case pb::AttrValue::shape:
        value = decode_shape(c.bytes());
        break;
      case pb::AttrValue::tensor:
        value = decode_tensor(c.bytes());
        break;
      case pb::AttrValue::func:
        value = decode_function(c.bytes());
        break;
      case pb::AttrValue::list:
        value = decode_list(c.bytes(), kind);
        break;
      default:
        break;
    }
  }
  if (!value) throw Error(Code::kInvalidArgument, "an attribute has no value");
  return *std::move(value);
}

namespace {

Piece encode_function(const FunctionName& function) {
  Piece piece;
  piece.text(pb::NameAttrList::name, function.name);
  return piece;
}

// Proto3's repeated numbers are packed.
template <typename T, typename Append>
Piece packed(std::uint32_t field, const std::vector<T>& values, Append append) {
  std::string bytes;
  for (const T value : values) append(bytes, value);
  Piece piece;
  if (!values.empty()) piece.text(field, bytes);
  return piece;
}

struct ListEncoder {
  Piece operator()(const std::vector<std::string>& values) const {
    Piece list;
    for (const std::string& value : values) list.text(List::s, value);
    return list;
  }
  Piece operator()(const std::vector<std::int64_t>& values) const {
    return packed(List::i, values, [](std::string& bytes, std::int64_t value) {
      append_varint(bytes, static_cast<std::uint64_t>(value));
    });
  }
  Piece operator()(const std::vector<float>& values) const {
    return packed(List::f, values,
                  [](std::string& bytes, float value) { append_fixed(bytes, value); });
  }
  Piece operator()(const std::vector<bool>& values) const {
    return packed(List::b, values,
                  [](std::string& bytes, bool value) { append_varint(bytes, value ? 1 : 0); });
  }
  Piece operator()(const std::vector<DType>& values) const {
    return packed(List::type, values, [](std::string& bytes, DType value) {
      append_varint(bytes, static_cast<std::uint64_t>(value));
    });
  }
  Piece operator()(const std::vector<Shape>& values) const {
    Piece list;
    for (const Shape& value : values) list.message(List::shape, encode_shape(value));
    return list;
  }
  Piece operator()(const std::vector<Tensor>& values) const {
    Piece list;
    for (const Tensor& value : values) list.message(List::tensor, encode_tensor(value));
    return list;
  }
  Piece operator()(const std::vector<FunctionName>& values) const {
    Piece list;
    for (const FunctionName& value : values) list.message(List::func, encode_function(value));
    return list;
  }
};

struct ValueEncoder {
  Piece& piece;

  void operator()(const std::string& value) const { piece.text(pb::AttrValue::s, value); }
  void operator()(std::int64_t value) const { piece.int64(pb::AttrValue::i, value); }
  void operator()(float value) const { piece.float32(pb::AttrValue::f, value); }
  void operator()(bool value) const { piece.boolean(pb::AttrValue::b, value); }
  void operator()(DType value) const {
    piece.varint(pb::AttrValue::type, static_cast<std::uint64_t>(value));
  }
  void operator()(const Shape& value) const {
    piece.message(pb::AttrValue::shape, encode_shape(value));
  }
  void operator()(const Tensor& value) const {
    piece.message(pb::AttrValue::tensor, encode_tensor(value));
  }
  void operator()(const FunctionName& value) const {
    piece.message(pb::AttrValue::func, encode_function(value));
  }
  template <typename T>
  void operator()(const std::vector<T>& value) const {
    piece.message(pb::AttrValue::list, ListEncoder()(value));
  }
};

struct KindName {
  std::string_view operator()(const std::string&) const { return "string"; }
  std::string_view operator()(std::int64_t) const { return "int"; }
  std::string_view operator()(float) const { return "float"; }
  std::string_view operator()(bool) const { return "bool"; }
  std::string_view operator()(DType) const { return "type"; }
  std::string_view operator()(const Shape&) const { return "shape"; }
  std::string_view operator()(const Tensor&) const { return "tensor"; }
  std::string_view operator()(const FunctionName&) const { return "func"; }
  std::string_view operator()(const std::vector<std::string>&) const { return "list(string)"; }
  std::string_view operator()(const std::vector<std::int64_t>&) const { return "list(int)"; }
  std::string_view operator()(const std::vector<float>&) const { return "list(float)"; }
  std::string_view operator()(const std::vector<bool>&) const { return "list(bool)"; }
  std::string_view operator()(const std::vector<DType>&) const { return "list(type)"; }
  std::string_view operator()(const std::vector<Shape>&) const { return "list(shape)"; }
  std::string_view operator()(const std::vector<Tensor>&) const { return "list(tensor)"; }
  std::string_view operator()(const std::vector<FunctionName>&) const { return "list(func)"; }
};

// --- Defaults of the signatures' text
// --------------------------------------------------------------

[[noreturn]] void refuse_default(std::string_view text, std::string_view kind) {
  throw Error(Code::kInvalidArgument, "\"" + std::string(text.substr(0, 60)) +
                                          "\" is no default of an attribute of kind " +
                                          std::string(kind));
}

template <typename T>
T parse_number(std::string_view text, std::string_view kind) {
  if constexpr (std::is_floating_point_v<T>) {
    if (text == "inf") return std::numeric_limits<T>::infinity();
    if (text == "-inf") return -std::numeric_limits<T>::infinity();
    if (text == "nan") return std::numeric_limits<T>::quiet_NaN();
  }
  T value{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) refuse_default(text, kind);
  return value;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// A JSON string whose characters are bytes (\u00ff is ff).
std::string unquote(std::string_view text, std::string_view kind) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') refuse_default(text, kind);
  text = text.substr(1, text.size() - 2);
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      bytes += text[i];
      continue;
    }
    const char escaped = text[++i];
    if (escaped == 'u' && i + 4 < text.size()) {
      bytes += static_cast<char>(16 * hex_digit(text[i + 3]) + hex_digit(text[i + 4]));
      i += 4;
    } else {
      constexpr std::string_view kEscapes = "b\bf\fn\nr\rt\t";
      const std::size_t at = kEscapes.find(escaped);
      bytes += at != std::string_view::npos && at % 2 == 0 ? kEscapes[at + 1] : escaped;
    }
  }
  return bytes;
}

DType parse_type(std::string_view text, std::string_view kind) {
  if (text == "float") return DType::kFloat32;
  if (text == "double") return DType::kFloat64;
  if (text == "half") return DType::kFloat16;
  const auto dtype = dtype_of_name(text);
  if (!dtype) refuse_default(text, kind);
  return *dtype;
}

// The items of "(a, b)", "[1,?]" and the like, outside of inner brackets.
std::vector<std::string_view> split_items(std::string_view text) {
  std::vector<std::string_view> items;
  text = text.substr(1, text.size() - 2);
  int depth = 0;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ',';
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[' || c == '(') {
      ++depth;
    } else if (c == ']' || c == ')') {
      --depth;
    } else if (c == ',' && depth == 0) {
      std::string_view item = text.substr(begin, i - begin);
      while (item.starts_with(' ')) item.remove_prefix(1);
      if (!item.empty()) items.push_back(item);
      begin = i + 1;
    }
  }
  return items;
}

Shape parse_shape(std::string_view text, std::string_view kind) {
  if (text == "?") return Shape::unknown_rank();
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') refuse_default(text, kind);
  std::vector<std::int64_t> dims;
  for (const std::string_view item : split_items(text)) {
    dims.push_back(item == "?" ? -1 : parse_number<std::int64_t>(item, kind));
  }
  return Shape(dims);
}

template <typename T, typename Parse>
std::vector<T> parse_list(std::string_view text, std::string_view kind, Parse parse) {
  if (text.size() < 2 || text.front() != '(' || text.back() != ')') refuse_default(text, kind);
  std::vector<T> list;
  for (const std::string_view item : split_items(text)) list.push_back(parse(item, kind));
  return list;
}

bool parse_bool(std::string_view text, std::string_view kind) {
  if (text != "true" && text != "false") refuse_default(text, kind);
  return text == "true";
}

}  // namespace

Piece encode_attr(const AttrValue& value) {
  Piece piece;
  std::visit(ValueEncoder{piece}, value);
  return piece;
}

std::string_view attr_kind(const AttrValue& value) {
  return std::visit(KindName(), value);
}

AttrValue parse_default(std::string_view text, std::string_view kind) {
  if (kind == "int") return parse_number<std::int64_t>(text, kind);
  if (kind == "float") return parse_number<float>(text, kind);
  if (kind == "bool") return parse_bool(text, kind);
  if (kind == "string") return unquote(text, kind);
  if (kind == "type") return parse_type(text, kind);
  if (kind == "shape") return parse_shape(text, kind);
  if (kind == "tensor" && text.starts_with("tensor(") && text.ends_with(")")) {
    return decode_tensor(Span::of(unquote(text.substr(7, text.size() - 8), kind)));
  }
  if (kind == "list(int)") {
    return parse_list<std::int64_t>(text, kind, parse_number<std::int64_t>);
  }
  if (kind == "list(float)") return parse_list<float>(text, kind, parse_number<float>);
  if (kind == "list(bool)") return parse_list<bool>(text, kind, parse_bool);
  if (kind == "list(string)") return parse_list<std::string>(text, kind, unquote);
  if (kind == "list(type)") return parse_list<DType>(text, kind, parse_type);
  if (kind == "list(shape)") return parse_list<Shape>(text, kind, parse_shape);
  refuse_default(text, kind);
}

}  // namespace icecore::inline v0
