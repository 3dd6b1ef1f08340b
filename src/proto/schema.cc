#include "proto/schema.h"

#include <icecore/error.h>

#include <algorithm>
#include <array>
#include <string>

namespace icecore::inline v0 {
namespace {

constexpr std::array<std::string_view, 15> kScalarNames = {
    "double", "float", "int64",  "uint64",   "int32",    "fixed64", "fixed32", "bool",
    "string", "bytes", "uint32", "sfixed32", "sfixed64", "sint32",  "sint64"};

}  // namespace

const EnumValue* EnumSchema::find(std::int32_t number) const {
  const auto found = std::ranges::lower_bound(values, number, {}, &EnumValue::number);
  return found != values.end() && found->number == number ? &*found : nullptr;
}

const EnumValue* EnumSchema::find(std::string_view value_name) const {
  const auto found = std::ranges::find(values, value_name, &EnumValue::name);
  return found != values.end() ? &*found : nullptr;
}

WireType FieldSchema::wire_type() const {
  switch (type) {
    case FieldType::kDouble:
    case FieldType::kFixed64:
    case FieldType::kSfixed64:
      return WireType::kFixed64;
    case FieldType::kFloat:
    case FieldType::kFixed32:
    case FieldType::kSfixed32:
      return WireType::kFixed32;
    case FieldType::kString:
    case FieldType::kBytes:
    case FieldType::kMessage:
      return WireType::kBytes;
    default:
      return WireType::kVarint;
  }
}

std::string_view FieldSchema::type_name() const {
  if (message != nullptr) return message->name;
  if (enumeration != nullptr) return enumeration->name;
  return kScalarNames[static_cast<std::size_t>(type)];
}

const FieldSchema* MessageSchema::find(std::uint32_t number) const {
  // Most messages number their fields without gaps.
  const std::size_t guess = number - 1;
  if (guess < fields.size() && fields[guess].number == number) return &fields[guess];
  const auto found = std::ranges::lower_bound(fields, number, {}, &FieldSchema::number);
  return found != fields.end() && found->number == number ? &*found : nullptr;
}

const FieldSchema* MessageSchema::find(std::string_view field_name) const {
  const auto found = std::ranges::find(fields, field_name, &FieldSchema::name);
  return found != fields.end() ? &*found : nullptr;
}

const MessageSchema* find_message(std::string_view name) {
  constexpr std::string_view kPackage = "tensorflow.";
  if (name.starts_with(kPackage)) name.remove_prefix(kPackage.size());
  const std::span<const MessageSchema> messages = all_messages();
  const auto found = std::ranges::lower_bound(messages, name, {}, &MessageSchema::name);
  return found != messages.end() && found->name == name ? &*found : nullptr;
}

const MessageSchema& message_schema(std::string_view name) {
  const MessageSchema* found = find_message(name);
  if (found == nullptr) {
    throw Error(Code::kInternal, "the schema table lacks the message " + std::string(name));
  }
  return *found;
}

const MessageSchema* find_any_type(std::string_view type_url) {
  const std::size_t slash = type_url.rfind('/');
  if (slash == std::string_view::npos) return nullptr;
  const std::string_view name = type_url.substr(slash + 1);
  const bool of_protobuf = name.starts_with("google.");
  if (!of_protobuf && !name.starts_with("tensorflow.")) return nullptr;
  const MessageSchema* found = find_message(name);
  const bool usable =
      found != nullptr && !found->map_entry && of_protobuf == found->name.starts_with("google.");
  return usable ? found : nullptr;
}

}  // namespace icecore::inline v0
