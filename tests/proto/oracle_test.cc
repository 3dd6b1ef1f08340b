// libprotobuf judges: it makes random messages of every type of the schema table, prints, parses
// and damages them, and we must agree.
#include "proto/oracle.h"

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>
#include <icecore/error.h>

#include "proto/conflict.h"
#include "proto/cursor.h"
#include "proto/piece.h"
#include "proto/schema.h"
#include "proto/text_parser.h"
#include "proto/text_printer.h"

namespace icecore::inline v0 {
namespace {

using google::protobuf::Message;
using google::protobuf::TextFormat;

constexpr int kDepth = 4;

class AgainstProtobuf : public testing::Test {
 protected:
  // A random message of each type, `rounds` times.
  template <typename Check>
  void for_random_messages(int rounds, Check check) {
    for (int round = 0; round < rounds && !HasFailure(); ++round) {
      for (const MessageSchema& schema : all_messages()) {
        if (schema.map_entry) continue;
        SCOPED_TRACE(std::string(schema.name));
        check(schema, *oracle_.random(schema.name, dice_, kDepth));
      }
    }
  }

  std::string said(const std::string& bytes, const MessageSchema& schema) {
    return print_text(Span::of(bytes), schema);
  }

  std::mt19937 dice_{20151109};
  Oracle oracle_;
};

TEST_F(AgainstProtobuf, OurTextMeansTheMessageToProtobuf) {
  for_random_messages(20, [&](const MessageSchema& schema, const Message& message) {
    const std::string bytes = serialized(message);
    for (const FloatStyle style : {FloatStyle::kDouble, FloatStyle::kShortest}) {
      const std::string text = print_text(Span::of(bytes), schema, {.float_style = style});
      const auto read = oracle_.make(schema.name);
      ASSERT_TRUE(TextFormat::ParseFromString(text, read.get())) << text;
      EXPECT_EQ(serialized(*read), bytes) << text;
    }
  });
}

TEST_F(AgainstProtobuf, ItsTextIsReadAsTheBytesThatItSerialises) {
  for_random_messages(20, [&](const MessageSchema& schema, const Message& message) {
    std::string text;
    ASSERT_TRUE(TextFormat::PrintToString(message, &text));
    EXPECT_EQ(parse_text(text, schema).read(), serialized(message)) << text;

    TextFormat::Printer one_line;
    one_line.SetSingleLineMode(true);
    one_line.SetUseShortRepeatedPrimitives(true);
    one_line.SetUseUtf8StringEscaping(true);
    ASSERT_TRUE(one_line.PrintToString(message, &text));
    EXPECT_EQ(parse_text(text, schema).read(), serialized(message)) << text;
  });
}

TEST_F(AgainstProtobuf, MessagesOneBehindTheOtherMergeAlike) {
  for_random_messages(20, [&](const MessageSchema& schema, const Message& message) {
    std::string bytes = serialized(message);
    for (int i = 0; i < 2; ++i) {
      bytes += serialized(*oracle_.random(schema.name, dice_, kDepth));
    }
    const auto merged = oracle_.make(schema.name);
    ASSERT_TRUE(merged->ParseFromString(bytes));
    EXPECT_EQ(said(bytes, schema), said(serialized(*merged), schema));
  });
}

TEST_F(AgainstProtobuf, MergedTextIsReadAlike) {
  for_random_messages(10, [&](const MessageSchema& schema, const Message& message) {
    std::string first, second;
    ASSERT_TRUE(TextFormat::PrintToString(message, &first));
    ASSERT_TRUE(TextFormat::PrintToString(*oracle_.random(schema.name, dice_, kDepth), &second));
    const auto merged = oracle_.make(schema.name);
    ASSERT_TRUE(TextFormat::MergeFromString(first, merged.get()));
    ASSERT_TRUE(TextFormat::MergeFromString(second, merged.get()));
    EXPECT_EQ(said(parse_text(first + second, schema).read(), schema),
              said(serialized(*merged), schema));
  });
}

TEST_F(AgainstProtobuf, EveryMessageIsWithoutConflict) {
  for_random_messages(20, [&](const MessageSchema& schema, const Message& message) {
    EXPECT_EQ(conflict(Span::of(serialized(message)), schema), std::nullopt);
  });
}

// Whatever we take for a message of a type, protobuf does too, and reads the same in it.
TEST_F(AgainstProtobuf, DamagedMessagesAreRefusedOrReadAlike) {
  int taken = 0, refused = 0;
  for_random_messages(20, [&](const MessageSchema& schema, const Message& message) {
    const std::string whole = serialized(message);
    if (whole.empty()) return;
    for (int i = 0; i < 20; ++i) {
      std::string bytes = whole;
      if (dice_() % 4 == 0) {
        bytes.resize(dice_() % bytes.size());
      } else {
        flip_one_bit(bytes, dice_);
      }
      if (conflict(Span::of(bytes), schema)) {
        ++refused;
        try {
          said(bytes, schema);
        } catch (const Error& error) {
          EXPECT_EQ(error.code(), Code::kDataLoss);
        }
        continue;
      }
      ++taken;
      const auto read = oracle_.make(schema.name);
      ASSERT_TRUE(read->ParseFromString(bytes));
      EXPECT_EQ(said(bytes, schema), said(serialized(*read), schema));
    }
  });
  EXPECT_GT(taken, 1000);
  EXPECT_GT(refused, 1000);
}

TEST_F(AgainstProtobuf, FieldsCopiedOneByOneAreTheMessage) {
  for_random_messages(5, [&](const MessageSchema&, const Message& message) {
    const std::string bytes = serialized(message);
    Piece copy;
    for (Cursor cursor(Span::of(bytes)); cursor.next();) copy.append(cursor.raw());
    EXPECT_EQ(copy.finish().read(), bytes);
  });
}

}  // namespace
}  // namespace icecore::inline v0
