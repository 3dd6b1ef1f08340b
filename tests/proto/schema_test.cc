#include "proto/schema.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

TEST(Schema, FindsMessagesByNameWithAndWithoutTheirPackage) {
  ASSERT_NE(find_message("NodeDef"), nullptr);
  EXPECT_EQ(find_message("tensorflow.NodeDef"), find_message("NodeDef"));
  EXPECT_EQ(find_message("google.protobuf.Any")->name, "google.protobuf.Any");
  EXPECT_EQ(find_message("NoSuchMessage"), nullptr);
  EXPECT_THROW(message_schema("NoSuchMessage"), Error);
}

TEST(Schema, FindsFieldsByNumberAndByName) {
  const MessageSchema& node = message_schema("NodeDef");
  EXPECT_EQ(node.find(pb::NodeDef::op)->name, "op");
  EXPECT_EQ(node.find("op")->number, pb::NodeDef::op);
  EXPECT_EQ(node.find(99u), nullptr);
  EXPECT_EQ(node.find("no_such_field"), nullptr);
  EXPECT_EQ(node.find(0u), nullptr);
  // Its numbers have gaps.
  EXPECT_EQ(message_schema("OpDef").find(pb::OpDef::is_stateful)->name, "is_stateful");
}

TEST(Schema, KnowsOneofsMapsPackedNumbersAndEnums) {
  const MessageSchema& attr = message_schema("AttrValue");
  EXPECT_EQ(attr.find("s")->oneof, attr.find("func")->oneof);
  EXPECT_GE(attr.find("s")->oneof, 0);
  EXPECT_EQ(message_schema("NodeDef").find("name")->oneof, -1);
  EXPECT_TRUE(message_schema("NodeDef").find("attr")->is_map());
  EXPECT_EQ(message_schema("NodeDef").find("attr")->message->find(pb::map_entry::value)->message,
            &attr);
  EXPECT_TRUE(message_schema("TensorProto").find("float_val")->packed);
  EXPECT_FALSE(message_schema("TensorProto").find("string_val")->packed);
  const EnumSchema& dtype = *message_schema("TensorProto").find("dtype")->enumeration;
  EXPECT_EQ(dtype.find("DT_FLOAT")->number, pb::DataType::DT_FLOAT);
  EXPECT_EQ(dtype.find(pb::DataType::DT_HALF)->name, "DT_HALF");
  EXPECT_EQ(dtype.find(99), nullptr);
  EXPECT_EQ(dtype.find("DT_NOTHING"), nullptr);
}

TEST(Schema, FindsTheTypesOfAnysByTheirWholeName) {
  EXPECT_EQ(find_any_type("type.googleapis.com/tensorflow.OpDef"), find_message("OpDef"));
  EXPECT_EQ(find_any_type("type.googleapis.com/google.protobuf.BoolValue"),
            find_message("google.protobuf.BoolValue"));
  EXPECT_EQ(find_any_type("type.googleapis.com/OpDef"), nullptr);
  EXPECT_EQ(find_any_type("type.googleapis.com/tensorflow.google.protobuf.Any"), nullptr);
  EXPECT_EQ(find_any_type("type.googleapis.com/tensorflow.NodeDef.AttrEntry"), nullptr);
  EXPECT_EQ(find_any_type("tensorflow.OpDef"), nullptr);
}

// What find() relies on.
TEST(Schema, ListsFieldsAndEnumValuesInNumberOrder) {
  for (const MessageSchema& message : all_messages()) {
    EXPECT_EQ(find_message(message.name), &message);
    std::uint32_t last = 0;
    for (const FieldSchema& field : message.fields) {
      EXPECT_GT(field.number, last) << message.name;
      last = field.number;
      EXPECT_EQ(field.type == FieldType::kMessage, field.message != nullptr);
      EXPECT_EQ(field.type == FieldType::kEnum, field.enumeration != nullptr);
      if (field.enumeration == nullptr) continue;
      for (const EnumValue& value : field.enumeration->values) {
        EXPECT_EQ(field.enumeration->find(value.number)->name, value.name);
      }
    }
  }
}

}  // namespace
}  // namespace icecore::inline v0
