#include "proto/text_printer.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include "proto/fields.h"
#include "proto/piece.h"

namespace icecore::inline v0 {
namespace {

std::string printed(Piece& message, const char* name, FloatStyle style = FloatStyle::kDouble) {
  return print_text(message.finish(), message_schema(name), {.float_style = style});
}

TEST(TextPrinter, EscapesAsPythonDoes) {
  Piece attr;
  attr.text(pb::AttrValue::s, "a\n\r\t\"'\\\x01\x7f\xc3\xb1?");
  EXPECT_EQ(printed(attr, "AttrValue"), "s: \"a\\n\\r\\t\\\"\\'\\\\\\001\\177\\303\\261?\"\n");
}

TEST(TextPrinter, PrintsFloatsAsDoublesOrShort) {
  const auto list = [] {
    Piece floats;
    for (const float f : {0.1f, 1e-8f, 1e30f, 16777216.0f, -0.0f}) floats.float32(4, f);
    return floats;
  };
  Piece floats = list();
  EXPECT_EQ(printed(floats, "AttrValue.ListValue"),
            "f: 0.10000000149011612\nf: 9.99999993922529e-09\nf: 1.0000000150474662e+30\n"
            "f: 16777216.0\nf: -0.0\n");
  floats = list();
  EXPECT_EQ(printed(floats, "AttrValue.ListValue", FloatStyle::kShortest),
            "f: 0.1\nf: 1e-08\nf: 1e+30\nf: 16777216.0\nf: -0.0\n");
}

TEST(TextPrinter, TakesPackedAndUnpackedNumbersTogether) {
  Piece list;
  list.int64(3, 1).text(3, std::string("\x02\x03", 2)).int64(3, -1).text(3, "");
  EXPECT_EQ(printed(list, "AttrValue.ListValue"), "i: 1\ni: 2\ni: 3\ni: -1\n");
}

TEST(TextPrinter, PrintsTheLastValueOfAFieldAndMergesMessages) {
  Piece first, second;
  first.varint(pb::VersionDef::producer, 1).varint(pb::VersionDef::bad_consumers, 5);
  second.varint(pb::VersionDef::producer, 2).varint(pb::VersionDef::bad_consumers, 6);
  Piece graph;
  graph.message(pb::GraphDef::versions, first)
      .varint(pb::GraphDef::version, 3)
      .message(pb::GraphDef::versions, second)
      .varint(pb::GraphDef::version, 4);
  EXPECT_EQ(printed(graph, "GraphDef"),
            "version: 4\nversions {\n  producer: 2\n  bad_consumers: 5\n  bad_consumers: 6\n}\n");
}

TEST(TextPrinter, LetsALaterMemberOfAOneofClearTheOthers) {
  Piece dim, more;
  dim.message(pb::TensorShapeProto::dim, Piece().varint(pb::TensorShapeProto_Dim::size, 2));
  Piece value;
  value.message(pb::AttrValue::shape, dim)
      .varint(pb::AttrValue::i, 5)
      .message(pb::AttrValue::shape, more);
  EXPECT_EQ(printed(value, "AttrValue"), "shape {\n}\n");
  value.message(pb::AttrValue::shape, dim).varint(pb::AttrValue::i, 0);
  EXPECT_EQ(printed(value, "AttrValue"), "i: 0\n");
}

TEST(TextPrinter, SortsMapsAndKeepsTheLastEntryOfAKey) {
  const auto entry = [](std::string_view key, std::string_view value) {
    Piece made;
    return made.text(pb::map_entry::key, key).text(pb::map_entry::value, value);
  };
  Piece function;
  function.message(pb::FunctionDef::ret, entry("a", "first"))
      .message(pb::FunctionDef::ret, entry("B", "2"))
      .message(pb::FunctionDef::ret, entry("a", "last"))
      .message(pb::FunctionDef::ret, entry("", ""));
  EXPECT_EQ(printed(function, "FunctionDef"),
            "ret {\n}\nret {\n  key: \"B\"\n  value: \"2\"\n}\nret {\n  key: \"a\"\n  value: "
            "\"last\"\n}\n");
}

TEST(TextPrinter, PrintsAMapsMessageAlsoWhereTheEntryLacksIt) {
  Piece node;
  node.message(pb::NodeDef::attr, Piece().text(pb::map_entry::key, "T"));
  EXPECT_EQ(printed(node, "NodeDef"), "attr {\n  key: \"T\"\n  value {\n  }\n}\n");
}

TEST(TextPrinter, LeavesOutZeroScalarsUnknownFieldsAndOtherWireTypes) {
  Piece node;
  node.text(pb::NodeDef::name, "").varint(pb::NodeDef::op, 3).varint(99, 1);
  EXPECT_EQ(printed(node, "NodeDef"), "");
}

TEST(TextPrinter, PrintsUnknownEnumValuesAsNumbers) {
  Piece value;
  value.varint(pb::AttrValue::type, 77);
  EXPECT_EQ(printed(value, "AttrValue"), "type: 77\n");
  value.int64(pb::AttrValue::type, -1);
  EXPECT_EQ(printed(value, "AttrValue"), "type: -1\n");
}

TEST(TextPrinter, ExpandsAnAnyOfAKnownType) {
  Piece any;
  any.text(pb::Any::type_url, "type.googleapis.com/tensorflow.AssetFileDef")
      .message(pb::Any::value, Piece().text(pb::AssetFileDef::filename, "vocab.txt"));
  EXPECT_EQ(printed(any, "google.protobuf.Any"),
            "[type.googleapis.com/tensorflow.AssetFileDef] {\n  filename: \"vocab.txt\"\n}\n");
  any.text(pb::Any::type_url, "type.googleapis.com/no.Such").text(pb::Any::value, "\x08\x01");
  EXPECT_EQ(printed(any, "google.protobuf.Any"),
            "type_url: \"type.googleapis.com/no.Such\"\nvalue: \"\\010\\001\"\n");
}

TEST(TextPrinter, StreamsWhatWasLeftInItsFile) {
  // Two and a half pieces of the sink, and lists that are cut inside their numbers.
  const std::string content(160'000, 'x');
  std::string varints;
  for (int i = 0; i < 1000; ++i) varints += "\x80\x01";
  Piece tensor;
  tensor.hole(pb::TensorProto::tensor_content, ByteSource::memory(content));
  tensor.hole(pb::TensorProto::int_val, ByteSource::memory(varints));
  std::size_t largest = 0;
  std::string text;
  print_text(tensor.finish(), message_schema("TensorProto"), {}, [&](std::string_view piece) {
    largest = std::max(largest, piece.size());
    text += piece;
  });
  std::string expected = "tensor_content: \"" + content + "\"\n";
  for (int i = 0; i < 1000; ++i) expected += "int_val: 128\n";
  EXPECT_EQ(text, expected);
  EXPECT_LT(largest, 140'000u);
}

TEST(TextPrinter, RefusesDamageAndDepth) {
  const MessageSchema& schema = message_schema("AttrValue");
  EXPECT_THROW(print_text(Span::of("\x0a\x05"), schema), Error);
  EXPECT_THROW(print_text(Span::of("\x0a\x02\x1a\x05"), schema), Error);  // A list cut short.
  EXPECT_THROW(print_text(Span::of(std::string("\x0a\x03\x1a\x01\x80", 5)), schema), Error);
  std::string nested;
  for (int depth = 0; depth < 60; ++depth) {
    Piece list;
    list.text(pb::NameAttrList::attr,
              Piece()
                  .text(pb::map_entry::value, Piece().text(pb::AttrValue::func, nested).bytes())
                  .bytes());
    nested = list.bytes();
  }
  try {
    print_text(Span::of(nested), message_schema("NameAttrList"));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kDataLoss);
  }
}

}  // namespace
}  // namespace icecore::inline v0
