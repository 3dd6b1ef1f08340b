#include "proto/text_parser.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include "proto/fields.h"
#include "proto/piece.h"
#include "proto/text_printer.h"

namespace icecore::inline v0 {
namespace {

std::string encoded(std::string_view text, const char* name = "AttrValue") {
  return parse_text(text, message_schema(name)).read();
}

// What is printed of what was read.
std::string again(std::string_view text, const char* name) {
  return print_text(parse_text(text, message_schema(name)), message_schema(name),
                    {.float_style = FloatStyle::kShortest});
}

std::string error_of(std::string_view text, const char* name = "GraphDef") {
  try {
    parse_text(text, message_schema(name));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kInvalidArgument);
    return error.message();
  }
  ADD_FAILURE() << "no error: " << text;
  return "";
}

TEST(TextParser, ReadsBlanksCommentsAndSeparators) {
  EXPECT_EQ(again("# a comment\nproducer:1,\tmin_consumer : 2 ; bad_consumers:3#end", "VersionDef"),
            "producer: 1\nmin_consumer: 2\nbad_consumers: 3\n");
  EXPECT_EQ(encoded(""), "");
  EXPECT_EQ(encoded(" # nothing"), "");
}

TEST(TextParser, ReadsMessagesInAllBrackets) {
  const std::string expected = "versions {\n  producer: 1\n}\n";
  for (const char* text : {"versions { producer: 1 }", "versions: { producer: 1 }",
                           "versions < producer: 1 >", "versions:<producer:1>;"}) {
    EXPECT_EQ(again(text, "GraphDef"), expected) << text;
  }
}

TEST(TextParser, ReadsLists) {
  EXPECT_EQ(again("i: [1, 2] i: [] i: 3 i: [4]", "AttrValue.ListValue"),
            "i: 1\ni: 2\ni: 3\ni: 4\n");
  EXPECT_EQ(again("shape [{ unknown_rank: true }, < >]", "AttrValue.ListValue"),
            "shape {\n  unknown_rank: true\n}\nshape {\n}\n");
  EXPECT_EQ(again("s: ['a', \"b\" 'c']", "AttrValue.ListValue"), "s: \"a\"\ns: \"bc\"\n");
}

TEST(TextParser, PacksNumbersWhereverTheyStand) {
  EXPECT_EQ(encoded("i: 1 b: true i: 300", "AttrValue.ListValue"),
            std::string("\x1a\x03\x01\xac\x02\x2a\x01\x01"));
}

TEST(TextParser, ReadsEveryEscape) {
  EXPECT_EQ(again(R"(s: "\a\b\f\n\r\t\v\\\'\"\?" '\0\12\377' "\x41\xfF\X1g")", "AttrValue"),
            R"(s: "\007\010\014\n\r\t\013\\\'\"?\000\n\377A\377\001g")"
            "\n");
  EXPECT_EQ(encoded(R"(s: "\u00f1\U0001D11E\ud834\udd1e€")"), encoded("s: 'ñ𝄞𝄞€'"));
}

TEST(TextParser, ReadsIntegersInThreeBases) {
  EXPECT_EQ(again("i: [10, 0x1F, 0X1f, 017, 0, -1, - 0x10, -9223372036854775808, "
                  "9223372036854775807]",
                  "AttrValue.ListValue"),
            "i: 10\ni: 31\ni: 31\ni: 15\ni: 0\ni: -1\ni: -16\ni: -9223372036854775808\n"
            "i: 9223372036854775807\n");
}

TEST(TextParser, ReadsFloatsInEveryForm) {
  EXPECT_EQ(again("f: [1, 1.5f, .5, 2., 1e3, 1E-3F, -inf, Infinity, NAN, 1e400, -0.0, 1e-400, "
                  "0.10000000149011612, 3.4028236e38]",
                  "AttrValue.ListValue"),
            "f: 1.0\nf: 1.5\nf: 0.5\nf: 2.0\nf: 1000.0\nf: 0.001\nf: -inf\nf: inf\nf: nan\n"
            "f: inf\nf: -0.0\nf: 0.0\nf: 0.1\nf: inf\n");
}

TEST(TextParser, ReadsBoolsAndEnums) {
  EXPECT_EQ(again("b: [true, True, t, 1, false, False, f, 0]", "AttrValue.ListValue"),
            "b: true\nb: true\nb: true\nb: true\nb: false\nb: false\nb: false\nb: false\n");
  EXPECT_EQ(again("type: [DT_FLOAT, 3, 999, -1]", "AttrValue.ListValue"),
            "type: DT_FLOAT\ntype: DT_INT32\ntype: 999\ntype: -1\n");
}

TEST(TextParser, ReadsAnAny) {
  const std::string text =
      "[type.googleapis.com/tensorflow.AssetFileDef] {\n  filename: \"vocab.txt\"\n}\n";
  EXPECT_EQ(again(text, "google.protobuf.Any"), text);
  EXPECT_NE(error_of("[type.googleapis.com/no.Such] { }", "google.protobuf.Any")
                .find("\"type.googleapis.com/no.Such\" isn't known"),
            std::string::npos);
}

TEST(TextParser, WritesWhatProtobufWould) {
  // Out of order, replaced, zero and cleared: only what counts, in number order.
  EXPECT_EQ(encoded("op: 'b' name: 'a' op: 'c' device: ''", "NodeDef"), "\n\1a\x12\1c");
  EXPECT_EQ(encoded("producer: 5 producer: 0", "VersionDef"), "");
  EXPECT_EQ(encoded("i: 5 s: 'x' f: 0"), std::string("\x25\0\0\0\0", 5));
  EXPECT_EQ(encoded("attr { value { i: 0 } } attr { key: 'k' }", "NodeDef"),
            std::string("\x2a\x06\x0a\0\x12\x02\x18\0\x2a\x05\x0a\1k\x12\0", 15));
}

TEST(TextParser, NamesTheNearestOfAnUnknownField) {
  EXPECT_EQ(error_of("node {\n  name: 'a'\n  inputs: 'b'\n}\n"),
            "3:3: NodeDef has no field \"inputs\"; the nearest is \"input\"");
  EXPECT_EQ(error_of("type: DT_FLOT", "AttrValue"),
            "1:7: AttrValue.type (DataType) has no value \"DT_FLOT\"; the nearest is \"DT_FLOAT\"");
}

TEST(TextParser, SaysWhereAndWhatIsWrong) {
  const struct {
    const char* text;
    const char* message;
  } kWrong[] = {
      {"node { name: 5 }", "1:14: expected a value of NodeDef.name (string), found '5'"},
      {"node { name 'a' }", "1:13: expected ':' and NodeDef.name (string), found the string 'a'"},
      {"version: 'a'", "1:10: expected a value of GraphDef.version (int32), found the string 'a'"},
      {"version: 1.5", "1:10: GraphDef.version (int32) can't be 1.5"},
      {"version: 2147483648", "1:10: GraphDef.version (int32) can't be 2147483648"},
      {"version: -2147483649", "1:11: GraphDef.version (int32) can't be -2147483649"},
      {"version: 08", "1:10: GraphDef.version (int32) can't be 08"},
      {"version: [1]", "1:10: GraphDef.version (int32) is one value, found a list"},
      {"node {\n  name: 'a'\n",
       "1:6: the message \"node\" isn't closed by '}' (is the text cut short?)"},
      {"node { > }", "1:8: expected a field of NodeDef, found '>'"},
      {"}", "1:1: expected a field of GraphDef, found '}'"},
      {"node: 'a'",
       "1:7: expected '{' and the fields of NodeDef behind \"node\", found the string 'a'"},
      {"node { name: 'a\n' }", "1:14: a string that isn't closed on its line"},
      {"node { name: 'a", "1:14: a string that isn't closed"},
      {"node { name: 'a\\", "1:14: a string that isn't closed"},
      {"node { name: '\\q' }", "1:15: an escape that text has not: \\q"},
      {"node { name: '\\400' }", "1:15: an octal escape above \\377"},
      {"node { name: '\\x' }", "1:15: the escape \\x without hexadecimal digits"},
      {"node { name: '\\u12' }", "1:15: the escape \\u needs 4 hexadecimal digits"},
      {"node { name: '\\ud834' }", "1:15: an escape that is no code point"},
      {"node { name: '\\377' }", "1:14: NodeDef.name (string) isn't UTF-8"},
      {"node { input: ['a' 'b', ] }",
       "1:25: expected a value of NodeDef.input (string), found ']'"},
      {"node { input: ['a' }", "1:20: expected ',' or ']' in the list \"input\", found '}'"},
      {"[some.extension]: 5", "1:1: GraphDef takes no extension"},
      {"version:", "1:9: expected a value of GraphDef.version (int32), found the end of the text"},
      {"\xef\xbb\xbf", "1:1: expected a field of GraphDef, found byte 239"},
  };
  for (const auto& [text, message] : kWrong) EXPECT_EQ(error_of(text), message) << text;
  EXPECT_EQ(error_of("b: 2", "AttrValue"),
            "1:4: expected a value of AttrValue.b (bool), found '2'");
  EXPECT_EQ(error_of("f: 0x1", "AttrValue"),
            "1:4: expected a value of AttrValue.f (float), found '0x1'");
  EXPECT_EQ(error_of("hash_code: -1", "ResourceHandleProto"),
            "1:12: expected a value of ResourceHandleProto.hash_code (uint64), found '-'");
}

TEST(TextParser, RefusesMessagesNestedTooDeep) {
  std::string deep, end;
  for (int i = 0; i < 40; ++i) {
    deep += "func { attr { value { ";
    end += "} } }";
  }
  EXPECT_NE(error_of(deep + end, "AttrValue").find("nested more than 100 deep"), std::string::npos);
  std::string endless;
  for (int i = 0; i < 100'000; ++i) endless += "list{func{attr{value{";
  EXPECT_NE(error_of(endless, "AttrValue").find("nested more than 100 deep"), std::string::npos);
}

// One field after the other, out of order: a step that looked at all that came before would take so
// long that the test is ended.
TEST(TextParser, TakesLongTextsInLinearTime) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "version: 1 node { op: 'a' name: 'b' } ";
  EXPECT_EQ(encoded(text, "GraphDef").size(), 100'000u * 8 + 2);
}

}  // namespace
}  // namespace icecore::inline v0
