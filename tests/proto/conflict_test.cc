#include "proto/conflict.h"

#include <gtest/gtest.h>

#include "proto/fields.h"
#include "proto/piece.h"
#include "proto/utf8.h"

namespace icecore::inline v0 {
namespace {

std::string conflict_of(const std::string& bytes, const char* name) {
  return conflict(Span::of(bytes), message_schema(name)).value_or("");
}

TEST(Conflict, ThereIsNoneInAMessageWithUnknownFields) {
  Piece node;
  node.text(pb::NodeDef::name, "ñ").varint(999, 1).text(998, "\xff");
  EXPECT_EQ(conflict_of(node.bytes(), "NodeDef"), "");
  EXPECT_EQ(conflict_of("", "NodeDef"), "");
}

TEST(Conflict, NamesTheFieldThatDoesNotFit) {
  EXPECT_EQ(conflict_of(Piece().varint(pb::NodeDef::op, 1).bytes(), "NodeDef"),
            "NodeDef.op: another wire type than it has");
  EXPECT_EQ(conflict_of(Piece().text(pb::NodeDef::op, "\xff").bytes(), "NodeDef"),
            "NodeDef.op: text that isn't UTF-8");
  Piece graph;
  graph.message(pb::GraphDef::node, Piece().varint(pb::NodeDef::op, 1));
  EXPECT_EQ(conflict_of(graph.bytes(), "GraphDef"), "NodeDef.op: another wire type than it has");
}

TEST(Conflict, SeesListsThatEndInsideANumber) {
  EXPECT_EQ(
      conflict_of(Piece().text(pb::TensorProto::float_val, "12345678").bytes(), "TensorProto"), "");
  EXPECT_NE(conflict_of(Piece().text(pb::TensorProto::float_val, "1234567").bytes(), "TensorProto"),
            "");
  EXPECT_NE(conflict_of(Piece().text(pb::TensorProto::int_val, "\x80").bytes(), "TensorProto"), "");
}

TEST(Conflict, SeesLengthsBeyondTheMessage) {
  EXPECT_NE(conflict_of("\x0a\x05"
                        "abc",
                        "NodeDef"),
            "");
  EXPECT_NE(conflict_of("<html>", "GraphDef"), "");
}

TEST(Conflict, SeesMessagesNestedTooDeep) {
  std::string nested;
  for (int depth = 0; depth < 60; ++depth) {
    nested =
        Piece()
            .text(pb::AttrValue::func, Piece()
                                           .text(pb::NameAttrList::attr,
                                                 Piece().text(pb::map_entry::value, nested).bytes())
                                           .bytes())
            .bytes();
  }
  EXPECT_NE(conflict_of(nested, "AttrValue"), "");
}

TEST(Conflict, DoesNotReadWhatWasLeftInItsFile) {
  Piece node;
  node.hole(pb::NodeDef::name, ByteSource::deferred(1 << 20, []() -> std::string {
              ADD_FAILURE() << "was read";
              return "";
            }));
  EXPECT_EQ(conflict(node.finish(), message_schema("NodeDef")), std::nullopt);
}

TEST(Utf8, IsWellFormedOrNot) {
  for (const char* good : {"", "a", "ñ", "€", "𝄞", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"}) {
    EXPECT_TRUE(is_utf8(good)) << good;
  }
  for (const char* bad :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3", "\xe2\x82", "\xc3z"}) {
    EXPECT_FALSE(is_utf8(bad)) << testing::PrintToString(std::string(bad));
  }
}

}  // namespace
}  // namespace icecore::inline v0
