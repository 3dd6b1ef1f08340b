#include "graph/op_def.h"

#include <icecore/error.h>

#include "base/float_text.h"
#include "graph/attr_codec.h"
#include "graph/type_text.h"
#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

std::string type_name(DType type) {
  return type_text({type, false});
}

std::string quoted_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (code < 0x20 || code >= 0x7f) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      result += "\\u00";
      result += kDigits[code >> 4];
      result += kDigits[code & 15];
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string shape_text(const Shape& shape) {
  if (!shape.has_rank()) return "?";
  std::string text = "[";
  for (int i = 0; i < shape.rank(); ++i) {
    if (i > 0) text += ",";
    text += shape.dim(i) < 0 ? "?" : std::to_string(shape.dim(i));
  }
  return text + "]";
}

// Nothing of what has no place in a signature: tensors.
struct ValueText {
  std::string operator()(const std::string& value) const { return quoted_text(value); }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(float value) const { return shortest_float(value); }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(DType value) const { return type_name(value); }
  std::string operator()(const Shape& value) const { return shape_text(value); }
  std::string operator()(const Tensor&) const { return {}; }
  std::string operator()(const FunctionName& value) const { return quoted_text(value.name); }
  template <typename T>
  std::string operator()(const std::vector<T>& values) const {
    std::string text = "(";
    bool first = true;
    for (const auto& value : values) {
      if (!first) text += ", ";
      first = false;
      if constexpr (std::is_same_v<T, bool>)
        text += value ? "true" : "false";
      else
        text += (*this)(value);
    }
    return text + ")";
  }
};

std::string value_text(const Span& attr_value, std::string_view kind) {
  return std::visit(ValueText{}, decode_attr(attr_value, kind));
}

std::string arg_text(const Span& arg_def) {
  std::string name, type, number, list;
  bool is_reference = false;
  for (Cursor c(arg_def); c.next();) {
    switch (c.field()) {
      case pb::OpDef_ArgDef::name:
        name = c.text();
        break;
      case pb::OpDef_ArgDef::type: {
        const std::optional<DType> dtype = dtype_of_number(c.int64());
        if (dtype && *dtype != DType::kInvalid) type = type_name(*dtype);
        break;
      }
      case pb::OpDef_ArgDef::type_attr:
        if (const std::string_view attr = c.text(); !attr.empty()) type = attr;
        break;
      case pb::OpDef_ArgDef::number_attr:
        number = c.text();
        break;
      case pb::OpDef_ArgDef::type_list_attr:
        list = c.text();
        break;
      case pb::OpDef_ArgDef::is_ref:
        is_reference = c.boolean();
        break;
      default:
        break;
    }
  }
  if (!list.empty()) type = "list(" + list + ")";
  if (!number.empty()) type = number + "*" + type;
  if (is_reference) type = "Ref(" + type + ")";
  return name + ": " + type;
}

std::string attr_text(const Span& attr_def) {
  std::string name, kind;
  Span default_value, allowed;
  bool has_minimum = false;
  std::int64_t minimum = 0;
  for (Cursor c(attr_def); c.next();) {
    switch (c.field()) {
      case pb::OpDef_AttrDef::name:
        name = c.text();
        break;
      case pb::OpDef_AttrDef::type:
        kind = c.text();
        break;
      case pb::OpDef_AttrDef::default_value:
        default_value = c.bytes();
        break;
      case pb::OpDef_AttrDef::has_minimum:
        has_minimum = c.boolean();
        break;
      case pb::OpDef_AttrDef::minimum:
        minimum = c.int64();
        break;
      case pb::OpDef_AttrDef::allowed_values:
        allowed = c.bytes();
        break;
      default:
        break;
    }
  }
  std::string text = name + ": " + kind;
  if (!allowed.empty()) {
    const std::string list = value_text(allowed, {});
    if (list.size() > 2) text += " in {" + list.substr(1, list.size() - 2) + "}";
  }
  if (has_minimum) text += " >= " + std::to_string(minimum);
  if (!default_value.empty()) {
    const std::string value = value_text(default_value, kind);
    if (!value.empty()) text += " = " + value;
  }
  return text;
}

}  // namespace

std::string signature_text(const Span& op_def) {
  std::string name, inputs, outputs, attrs, flags;
  const auto add = [](std::string& list, const char* between, const std::string& item) {
    if (!list.empty()) list += between;
    list += item;
  };
  for (Cursor c(op_def); c.next();) {
    switch (c.field()) {
      case pb::OpDef::name:
        name = c.text();
        break;
      case pb::OpDef::input_arg:
        add(inputs, ", ", arg_text(c.bytes()));
        break;
      case pb::OpDef::output_arg:
        add(outputs, ", ", arg_text(c.bytes()));
        break;
      case pb::OpDef::attr:
        add(attrs, "; ", attr_text(c.bytes()));
        break;
      case pb::OpDef::is_stateful:
        if (c.boolean()) add(flags, ", ", "stateful");
        break;
      case pb::OpDef::is_commutative:
        if (c.boolean()) add(flags, ", ", "commutative");
        break;
      case pb::OpDef::is_aggregate:
        if (c.boolean()) add(flags, ", ", "aggregate");
        break;
      case pb::OpDef::allows_uninitialized_input:
        if (c.boolean()) add(flags, ", ", "uninitialized");
        break;
      default:
        break;
    }
  }
  std::string text = name + "(" + inputs + ") -> (" + outputs + ")";
  if (!attrs.empty()) text += " {" + attrs + "}";
  if (!flags.empty()) text += " [" + flags + "]";
  return text;
}

}  // namespace icecore::inline v0
