// Text as TensorFlow 1.15.5 and people write it (tests/golden/graph_text.py, meta_graphs.py).
#include <gtest/gtest.h>

#include <string>

#include "io/file_system.h"
#include "proto/blob_loader.h"
#include "proto/text_parser.h"
#include "proto/text_printer.h"

namespace icecore::inline v0 {
namespace {

std::string golden(const std::string& name) {
  return std::string(ICECORE_TEST_DATA) + "/golden/graphs/" + name;
}

std::string content(const std::string& path) {
  const auto file = posix_file_system().open(path);
  return file->read_string(0, file->size());
}

struct Case {
  const char* name;     // Of the files, without .pb and .pbtxt.
  const char* message;  // What they hold.
};

class GoldenText : public testing::TestWithParam<Case> {
 protected:
  const MessageSchema& schema() const { return message_schema(GetParam().message); }
  std::string binary() const {
    const std::string name = GetParam().name;
    return golden(name.starts_with("meta/") ? name : name + ".pb");
  }
  std::string text() const { return golden(std::string(GetParam().name) + ".pbtxt"); }
};

TEST_P(GoldenText, IsPrintedByteForByteAsWriteGraphDoes) {
  EXPECT_EQ(print_text(Span::of(content(binary())), schema()), content(text()));
}

TEST_P(GoldenText, IsPrintedAlikeFromAFileWhoseLeavesStayThere) {
  const Span message = load_message(posix_file_system().open(binary()), 0,
                                    posix_file_system().status(binary())->size, schema(), 8);
  EXPECT_EQ(print_text(message, schema()), content(text()));
}

TEST_P(GoldenText, ReadBackIsPrintedAlike) {
  EXPECT_EQ(print_text(parse_text(content(text()), schema()), schema()), content(text()));
}

INSTANTIATE_TEST_SUITE_P(Files, GoldenText,
                         testing::Values(Case{"built", "GraphDef"}, Case{"messages", "GraphDef"},
                                         Case{"numbers", "GraphDef"}, Case{"empty", "GraphDef"},
                                         Case{"unknown_fields", "GraphDef"},
                                         Case{"meta/model.meta", "MetaGraphDef"},
                                         Case{"meta/stripped.meta", "MetaGraphDef"},
                                         Case{"meta/no_variables.meta", "MetaGraphDef"}),
                         [](const auto& info) {
                           std::string name = info.param.name;
                           for (char& c : name) c = std::isalnum(c) ? c : '_';
                           return name;
                         });

TEST(GoldenShortText, IsPrintedAsMessageToStringDoes) {
  const MessageSchema& schema = message_schema("GraphDef");
  for (const std::string name : {"built", "numbers"}) {
    EXPECT_EQ(print_text(Span::of(content(golden(name + ".pb"))), schema,
                         {.float_style = FloatStyle::kShortest}),
              content(golden(name + ".short.pbtxt")));
  }
}

// serialize(deterministic=True) sorts maps; the entries stand in the same order in these texts.
TEST(GoldenShortText, IsReadAsTheBytesThatProtobufSerialises) {
  const MessageSchema& schema = message_schema("GraphDef");
  for (const std::string name : {"built", "numbers"}) {
    EXPECT_EQ(parse_text(content(golden(name + ".short.pbtxt")), schema).read(),
              content(golden(name + ".pb")));
  }
}

TEST(TextByHand, MeansWhatProtobufReads) {
  const MessageSchema& schema = message_schema("GraphDef");
  EXPECT_EQ(print_text(parse_text(content(golden("by_hand.pbtxt")), schema), schema),
            print_text(Span::of(content(golden("by_hand.pb"))), schema));
}

}  // namespace
}  // namespace icecore::inline v0
