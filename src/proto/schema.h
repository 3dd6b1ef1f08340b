// What TensorFlow's messages look like: the table that text format and validation walk along.
#pragma once

#include <icecore/export.h>

#include <cstdint>
#include <span>
#include <string_view>

#include "proto/cursor.h"

namespace icecore::inline v0 {

enum class FieldType : std::uint8_t {
  kDouble,
  kFloat,
  kInt64,
  kUint64,
  kInt32,
  kFixed64,
  kFixed32,
  kBool,
  kString,
  kBytes,
  kUint32,
  kSfixed32,
  kSfixed64,
  kSint32,
  kSint64,
  kEnum,
  kMessage,  // A map is a repeated message of two fields, as on the wire.
};

struct EnumValue {
  std::int32_t number;
  std::string_view name;
};

struct EnumSchema {
  std::string_view name;              // "DataType", "SaverDef.CheckpointFormatVersion"
  std::span<const EnumValue> values;  // By number.

  // Null where there is none.
  ICECORE_API const EnumValue* find(std::int32_t number) const;
  ICECORE_API const EnumValue* find(std::string_view value_name) const;
};

struct MessageSchema;

struct FieldSchema {
  std::uint32_t number;
  std::string_view name;
  FieldType type;
  bool repeated;
  bool packed;                    // A repeated number: written packed, read either way.
  std::int8_t oneof;              // Index of its group in the message; -1 where it is in none.
  const MessageSchema* message;   // kMessage
  const EnumSchema* enumeration;  // kEnum

  bool is_map() const;
  bool is_number() const {
    return type != FieldType::kString && type != FieldType::kBytes && type != FieldType::kMessage;
  }
  // Of one value, unpacked.
  ICECORE_API WireType wire_type() const;
  // "int32", "string"; of a message or an enum its name.
  ICECORE_API std::string_view type_name() const;
};

struct MessageSchema {
  std::string_view name;                // Without "tensorflow.": "NodeDef", "google.protobuf.Any"
  std::span<const FieldSchema> fields;  // By number.
  bool map_entry;                       // Fields 1 key, 2 value.

  // Null where there is none.
  ICECORE_API const FieldSchema* find(std::uint32_t number) const;
  ICECORE_API const FieldSchema* find(std::string_view field_name) const;
};

inline bool FieldSchema::is_map() const {
  return message != nullptr && message->map_entry;
}

// By its name without "tensorflow." (with it, it is found too); null where the table lacks it.
ICECORE_API const MessageSchema* find_message(std::string_view name);
// As find_message(); INTERNAL where the table lacks it.
ICECORE_API const MessageSchema& message_schema(std::string_view name);
// The message that a google.protobuf.Any holds, by its URL
// ("type.googleapis.com/tensorflow.OpDef"); null where the table lacks it.
ICECORE_API const MessageSchema* find_any_type(std::string_view type_url);
// Sorted by name, map entries among them.
ICECORE_API std::span<const MessageSchema> all_messages();

}  // namespace icecore::inline v0
