#include "graph/attr_values.h"

#include <algorithm>

#include "base/quoted.h"
#include "graph/attr_codec.h"
#include "graph/builder_data.h"
#include "graph/signature_types.h"
#include "graph/type_text.h"

namespace icecore::inline v0 {
namespace {

// An allowed string is written as signatures write it, in quotes.
std::string unquoted(std::string_view text) {
  return std::get<std::string>(parse_default(text, "string"));
}

void check_string_allowed(const std::string& text, const AttrSignature& attr, std::string_view op) {
  if (attr.allowed.empty()) return;
  std::string list;
  for (const std::string_view allowed : attr.allowed) {
    std::string candidate = unquoted(allowed);
    if (candidate == text) return;
    if (!list.empty()) list += "\", \"";
    list += candidate;
  }
  refuse_as(Misuse::kValue, "Attr " + quoted(attr.name) + " of " + quoted(op) +
                                " Op passed string " + quoted(text) + " not in: \"" + list + "\".");
}

// "Value for attr 'T' of string is not in the list of allowed values: float, double".
std::string not_allowed(const AttrSignature& attr, const std::string& value) {
  std::string list;
  for (const std::string_view allowed : attr.allowed) {
    if (!list.empty()) list += ", ";
    list += allowed;
  }
  return "Value for attr " + quoted(attr.name) + " of " + value +
         " is not in the list of allowed values: " + list;
}

std::string why_type_refused(DType type, const AttrSignature& attr) {
  if (attr.allowed.empty()) return "";
  const auto is_it = [&](std::string_view name) { return signature_type(name) == type; };
  if (std::ranges::any_of(attr.allowed, is_it)) return "";
  return not_allowed(attr, type_text({type, false}));
}

std::string why_string_refused(const std::string& text, const AttrSignature& attr) {
  if (attr.allowed.empty()) return "";
  const auto is_it = [&](std::string_view allowed) { return unquoted(allowed) == text; };
  if (std::ranges::any_of(attr.allowed, is_it)) return "";
  return not_allowed(attr, '"' + text + '"');
}

// How many items a list has; nothing of what is no list.
std::optional<std::size_t> list_size(const AttrValue& value) {
  return std::visit(
      [](const auto& held) -> std::optional<std::size_t> {
        using T = std::decay_t<decltype(held)>;
        if constexpr (!std::is_same_v<T, std::string> && requires {
                        held.size();
                        held.begin();
                      }) {
          return held.size();
        } else {
          return std::nullopt;
        }
      },
      value);
}

AttrValue convert(const AttrValue& value, const AttrSignature& attr) {
  const std::string_view kind = attr_kind(value);
  if (kind == attr.kind) return value;
  if (attr.kind == "float" && kind == "int") {
    return static_cast<float>(std::get<std::int64_t>(value));
  }
  if (attr.kind == "list(float)" && kind == "list(int)") {
    const auto& ints = std::get<std::vector<std::int64_t>>(value);
    return std::vector<float>(ints.begin(), ints.end());
  }
  if (attr.kind == "int" && kind == "bool") return std::int64_t{std::get<bool>(value)};
  if (attr.kind.starts_with("list(")) {
    if (list_size(value) == 0) return empty_list(attr.kind);
    if (!list_size(value))
      refuse_as(Misuse::kType, "Expected list for attr " + std::string(attr.name));
  }
  refuse_as(Misuse::kType, "Expected " + std::string(attr.kind == "type" ? "DataType" : attr.kind) +
                               " for argument " + quoted(attr.name) + " not " + std::string(kind) +
                               ".");
}

}  // namespace

void check_type_allowed(DType type, const AttrSignature& attr, std::string_view parameter) {
  if (attr.allowed.empty()) return;
  std::string list;
  for (const std::string_view name : attr.allowed) {
    const std::optional<DType> allowed = signature_type(name);
    if (!allowed) continue;
    if (*allowed == type) return;
    if (!list.empty()) list += ", ";
    list += dtype_name(*allowed);
  }
  refuse_as(Misuse::kType, "Value passed to parameter " + quoted(parameter) + " has DataType " +
                               to_string(type) + " not in list of allowed values: " + list);
}

std::string why_refused(const AttrValue& value, const AttrSignature& attr) {
  std::string why;
  if (const auto* type = std::get_if<DType>(&value)) why = why_type_refused(*type, attr);
  if (const auto* types = std::get_if<std::vector<DType>>(&value)) {
    for (const DType type : *types) {
      if (why.empty()) why = why_type_refused(type, attr);
    }
  }
  if (const auto* text = std::get_if<std::string>(&value)) why = why_string_refused(*text, attr);
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
    for (const std::string& text : *texts) {
      if (why.empty()) why = why_string_refused(text, attr);
    }
  }
  if (!why.empty() || !attr.minimum) return why;
  const auto* const number = std::get_if<std::int64_t>(&value);
  const auto size = list_size(value);
  if (!number && !size) return "";
  const std::int64_t measured = number ? *number : static_cast<std::int64_t>(*size);
  if (measured >= *attr.minimum) return "";
  return std::string(number ? "Value" : "Length") + " for attr " + quoted(attr.name) + " of " +
         std::to_string(measured) + " must be at least minimum " + std::to_string(*attr.minimum);
}

AttrValue attr_of_kind(const AttrValue& value, const AttrSignature& attr, std::string_view op) {
  AttrValue converted = convert(value, attr);
  const std::string prefix = "Attr " + quoted(attr.name) + " of " + quoted(op) + " Op passed ";
  if (const auto* type = std::get_if<DType>(&converted)) check_type_allowed(*type, attr, attr.name);
  if (const auto* types = std::get_if<std::vector<DType>>(&converted)) {
    for (const DType type : *types) check_type_allowed(type, attr, attr.name);
  }
  if (const auto* text = std::get_if<std::string>(&converted)) {
    check_string_allowed(*text, attr, op);
  }
  if (const auto* texts = std::get_if<std::vector<std::string>>(&converted)) {
    for (const std::string& text : *texts) check_string_allowed(text, attr, op);
  }
  if (!attr.minimum) return converted;
  if (const auto* number = std::get_if<std::int64_t>(&converted);
      number && *number < *attr.minimum) {
    refuse_as(Misuse::kValue, prefix + std::to_string(*number) + " less than minimum " +
                                  std::to_string(*attr.minimum) + ".");
  }
  if (const auto size = list_size(converted);
      size && static_cast<std::int64_t>(*size) < *attr.minimum) {
    refuse_as(Misuse::kValue, prefix + "list of length " + std::to_string(*size) +
                                  " less than minimum " + std::to_string(*attr.minimum) + ".");
  }
  return converted;
}

}  // namespace icecore::inline v0
