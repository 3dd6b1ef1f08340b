#include "proto/oracle.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>
#include <vector>

#include "proto/schema.h"

namespace icecore::inline v0 {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptor;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Messages inside others stand beside them, so that their names need no order.
std::string flat(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '.', '_');
  return text;
}

FieldDescriptorProto::Type type_of(FieldType type) {
  switch (type) {
    case FieldType::kDouble:
      return FieldDescriptorProto::TYPE_DOUBLE;
    case FieldType::kFloat:
      return FieldDescriptorProto::TYPE_FLOAT;
    case FieldType::kInt64:
      return FieldDescriptorProto::TYPE_INT64;
    case FieldType::kUint64:
      return FieldDescriptorProto::TYPE_UINT64;
    case FieldType::kInt32:
      return FieldDescriptorProto::TYPE_INT32;
    case FieldType::kFixed64:
      return FieldDescriptorProto::TYPE_FIXED64;
    case FieldType::kFixed32:
      return FieldDescriptorProto::TYPE_FIXED32;
    case FieldType::kBool:
      return FieldDescriptorProto::TYPE_BOOL;
    case FieldType::kString:
      return FieldDescriptorProto::TYPE_STRING;
    case FieldType::kBytes:
      return FieldDescriptorProto::TYPE_BYTES;
    case FieldType::kUint32:
      return FieldDescriptorProto::TYPE_UINT32;
    case FieldType::kSfixed32:
      return FieldDescriptorProto::TYPE_SFIXED32;
    case FieldType::kSfixed64:
      return FieldDescriptorProto::TYPE_SFIXED64;
    case FieldType::kSint32:
      return FieldDescriptorProto::TYPE_SINT32;
    case FieldType::kSint64:
      return FieldDescriptorProto::TYPE_SINT64;
    case FieldType::kEnum:
      return FieldDescriptorProto::TYPE_ENUM;
    case FieldType::kMessage:
      return FieldDescriptorProto::TYPE_MESSAGE;
  }
  throw std::logic_error("a type that the schema doesn't have");
}

void fill(const MessageSchema& schema, DescriptorProto& out);

void add_field(const FieldSchema& schema, DescriptorProto& message) {
  FieldDescriptorProto& field = *message.add_field();
  field.set_name(std::string(schema.name));
  field.set_number(static_cast<int>(schema.number));
  field.set_type(type_of(schema.type));
  field.set_label(schema.repeated ? FieldDescriptorProto::LABEL_REPEATED
                                  : FieldDescriptorProto::LABEL_OPTIONAL);
  if (schema.oneof >= 0) {
    while (message.oneof_decl_size() <= schema.oneof) {
      message.add_oneof_decl()->set_name("oneof" + std::to_string(message.oneof_decl_size()));
    }
    field.set_oneof_index(schema.oneof);
  }
  if (schema.enumeration != nullptr) {
    field.set_type_name(".icecore." + flat(schema.enumeration->name) + "_scope.E");
  } else if (schema.is_map()) {
    DescriptorProto& entry = *message.add_nested_type();
    fill(*schema.message, entry);
    entry.set_name(std::string(schema.message->name.substr(schema.message->name.rfind('.') + 1)));
    entry.mutable_options()->set_map_entry(true);
    field.set_type_name(".icecore." + message.name() + "." + entry.name());
  } else if (schema.message != nullptr) {
    field.set_type_name(".icecore." + flat(schema.message->name));
  }
}

void fill(const MessageSchema& schema, DescriptorProto& out) {
  out.set_name(flat(schema.name));
  // libprotobuf wants the members of a oneof in one piece.
  for (int oneof = -1; oneof < static_cast<int>(schema.fields.size()); ++oneof) {
    for (const FieldSchema& field : schema.fields) {
      if (field.oneof == oneof) add_field(field, out);
    }
  }
}

// The names of an enum's values are those of the scope around it.
void add_enum(const EnumSchema& schema, FileDescriptorProto& file) {
  DescriptorProto& scope = *file.add_message_type();
  scope.set_name(flat(schema.name) + "_scope");
  auto& made = *scope.add_enum_type();
  made.set_name("E");
  std::vector<EnumValue> values(schema.values.begin(), schema.values.end());
  // proto3 wants zero first.
  std::ranges::stable_partition(values, [](const EnumValue& value) { return value.number == 0; });
  for (const EnumValue& value : values) {
    auto& one = *made.add_value();
    one.set_name(std::string(value.name));
    one.set_number(value.number);
  }
}

template <typename T>
T random_float(std::mt19937& dice) {
  const T edges[] = {T(0),
                     -T(0),
                     T(1),
                     T(0.1),
                     T(1e16),
                     T(1e-5),
                     T(-1.5),
                     std::numeric_limits<T>::infinity(),
                     -std::numeric_limits<T>::infinity(),
                     std::numeric_limits<T>::max(),
                     std::numeric_limits<T>::denorm_min()};
  if (dice() % 2 == 0) return edges[dice() % std::size(edges)];
  const std::uint64_t bits = std::uint64_t{dice()} << 32 | dice();
  T value;
  if constexpr (sizeof(T) == 8) {
    value = std::bit_cast<T>(bits);
  } else {
    value = std::bit_cast<T>(static_cast<std::uint32_t>(bits));
  }
  return std::isnan(value) ? T(0) : value;
}

template <typename T>
T random_integer(std::mt19937& dice) {
  const T edges[] = {0, 1, std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), 127, 128};
  if (dice() % 2 == 0) return edges[dice() % std::size(edges)];
  return static_cast<T>((std::uint64_t{dice()} << 32 | dice()) >> dice() % 60);
}

std::string random_bytes(std::mt19937& dice) {
  std::string bytes(dice() % 2 == 0 ? dice() % 4 : dice() % 40, '\0');
  for (char& c : bytes) c = static_cast<char>(dice());
  return bytes;
}

std::string random_text(std::mt19937& dice) {
  constexpr std::string_view kParts[] = {"a",  "B",    "/",    "_1", "\"", "'", "\\", "\n", "\t",
                                         "\r", "\x01", "\x7f", "ñ",  "€",  "𝄞", "?",  "{",  "#"};
  std::string text;
  for (std::size_t n = dice() % 6; n > 0; --n) text += kParts[dice() % std::size(kParts)];
  return text;
}

void randomize(Message& message, std::mt19937& dice, int depth);

// One value of the field: set where it is single, added where it is repeated.
void put(Message& message, const FieldDescriptor& field, std::mt19937& dice, int depth) {
  const Reflection& r = *message.GetReflection();
  const auto give = [&](auto set, auto add, auto value) {
    field.is_repeated() ? (r.*add)(&message, &field, value) : (r.*set)(&message, &field, value);
  };
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return give(&Reflection::SetInt32, &Reflection::AddInt32, random_integer<int32_t>(dice));
    case FieldDescriptor::CPPTYPE_INT64:
      return give(&Reflection::SetInt64, &Reflection::AddInt64, random_integer<int64_t>(dice));
    case FieldDescriptor::CPPTYPE_UINT32:
      return give(&Reflection::SetUInt32, &Reflection::AddUInt32, random_integer<uint32_t>(dice));
    case FieldDescriptor::CPPTYPE_UINT64:
      return give(&Reflection::SetUInt64, &Reflection::AddUInt64, random_integer<uint64_t>(dice));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return give(&Reflection::SetFloat, &Reflection::AddFloat, random_float<float>(dice));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return give(&Reflection::SetDouble, &Reflection::AddDouble, random_float<double>(dice));
    case FieldDescriptor::CPPTYPE_BOOL:
      return give(&Reflection::SetBool, &Reflection::AddBool, dice() % 2 == 0);
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto& type = *field.enum_type();
      const int known =
          type.value(static_cast<int>(dice()) % 2 == 0 ? 0 : type.value_count() - 1)->number();
      return give(&Reflection::SetEnumValue, &Reflection::AddEnumValue,
                  dice() % 3 == 0 ? random_integer<int32_t>(dice) : known);
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string value =
          field.type() == FieldDescriptor::TYPE_BYTES ? random_bytes(dice) : random_text(dice);
      field.is_repeated() ? r.AddString(&message, &field, value)
                          : r.SetString(&message, &field, value);
      return;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      randomize(field.is_repeated() ? *r.AddMessage(&message, &field)
                                    : *r.MutableMessage(&message, &field),
                dice, depth - 1);
  }
}

// A map holds a key once; what stands in the message twice would be dropped on the way.
void drop_repeated_keys(Message& message, const FieldDescriptor& field) {
  const Reflection& r = *message.GetReflection();
  std::map<std::string, bool> seen;
  for (int i = 0; i < r.FieldSize(message, &field);) {
    const Message& entry = r.GetRepeatedMessage(message, &field, i);
    auto bare = std::unique_ptr<Message>(entry.New());
    bare->CopyFrom(entry);
    bare->GetReflection()->ClearField(bare.get(), field.message_type()->FindFieldByNumber(2));
    if (seen.emplace(bare->SerializeAsString(), true).second) {
      ++i;
    } else {
      r.SwapElements(&message, &field, i, r.FieldSize(message, &field) - 1);
      r.RemoveLast(&message, &field);
    }
  }
}

void randomize(Message& message, std::mt19937& dice, int depth) {
  const auto& descriptor = *message.GetDescriptor();
  for (int i = 0; i < descriptor.field_count(); ++i) {
    const FieldDescriptor& field = *descriptor.field(i);
    const bool is_message = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (is_message && depth <= 0) continue;
    if (dice() % 3 == 0 && !descriptor.options().map_entry()) continue;
    const unsigned most = is_message ? 2 : 5;
    for (unsigned n = field.is_repeated() ? dice() % (most + 1) : 1; n > 0; --n) {
      put(message, field, dice, depth);
    }
    if (field.is_map()) drop_repeated_keys(message, field);
  }
}

}  // namespace

Oracle::Oracle() : factory_(&pool_) {
  // It complains of a map's key that comes twice on the wire, which is allowed.
  google::protobuf::SetLogHandler(nullptr);
  FileDescriptorProto file;
  file.set_name("icecore.proto");
  file.set_package("icecore");
  file.set_syntax("proto3");
  std::map<std::string_view, const EnumSchema*> enums;
  for (const MessageSchema& message : all_messages()) {
    if (!message.map_entry) fill(message, *file.add_message_type());
    for (const FieldSchema& field : message.fields) {
      if (field.enumeration != nullptr) enums[field.enumeration->name] = field.enumeration;
    }
  }
  for (const auto& [name, schema] : enums) add_enum(*schema, file);
  if (pool_.BuildFile(file) == nullptr) {
    throw std::logic_error("libprotobuf refuses the schema table");
  }
}

std::unique_ptr<Message> Oracle::make(std::string_view name) {
  const auto* descriptor = pool_.FindMessageTypeByName("icecore." + flat(name));
  if (descriptor == nullptr) throw std::logic_error("libprotobuf lacks " + std::string(name));
  return std::unique_ptr<Message>(factory_.GetPrototype(descriptor)->New());
}

std::unique_ptr<Message> Oracle::random(std::string_view name, std::mt19937& dice, int depth) {
  std::unique_ptr<Message> message = make(name);
  randomize(*message, dice, depth);
  return message;
}

std::string serialized(const Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

void flip_one_bit(std::string& bytes, std::mt19937& dice) {
  char& byte = bytes[dice() % bytes.size()];
  byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1u << dice() % 8));
}

}  // namespace icecore::inline v0
