#include "proto/cursor.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <limits>

#include "proto/piece.h"

namespace icecore::inline v0 {
namespace {

Code code_of(const std::string& bytes) {
  for (const bool as_span : {true, false}) {
    try {
      Cursor cursor = as_span ? Cursor(Span::of(bytes)) : Cursor(std::string_view(bytes));
      while (cursor.next()) {
      }
    } catch (const Error& error) {
      if (!as_span) return error.code();
      continue;
    }
    return Code::kInternal;  // No error; none of these messages is good.
  }
  return Code::kInternal;
}

TEST(Cursor, TakesEveryKindOfField) {
  Piece message;
  message.int64(1, -1).boolean(2, true).float32(3, 1.5f).float64(4, -0.25).text(5, "five").varint(
      536'870'911, 6);
  Cursor cursor(message.finish());
  ASSERT_TRUE(cursor.next());
  EXPECT_EQ(cursor.field(), 1u);
  EXPECT_EQ(cursor.int32(), -1);
  ASSERT_TRUE(cursor.next());
  EXPECT_TRUE(cursor.boolean());
  ASSERT_TRUE(cursor.next());
  EXPECT_EQ(cursor.float32(), 1.5f);
  ASSERT_TRUE(cursor.next());
  EXPECT_EQ(cursor.float64(), -0.25);
  ASSERT_TRUE(cursor.next());
  EXPECT_EQ(cursor.text(), "five");
  ASSERT_TRUE(cursor.next());
  EXPECT_EQ(cursor.field(), 536'870'911u);
  EXPECT_EQ(cursor.varint(), 6u);
  EXPECT_FALSE(cursor.next());
  EXPECT_FALSE(cursor.next());
}

TEST(Cursor, SkipsWhatIsNotTaken) {
  Piece message;
  message.varint(1, 300).fixed32(2, 0).fixed64(3, 0).text(4, "skipped").varint(5, 9);
  Cursor cursor(message.finish());
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(cursor.next());
  EXPECT_EQ(cursor.varint(), 9u);
}

TEST(Cursor, RefusesAFieldOfAnotherWireType) {
  Cursor cursor(Piece().varint(1, 5).finish());
  ASSERT_TRUE(cursor.next());
  EXPECT_THROW(cursor.text(), Error);
  EXPECT_THROW(cursor.fixed32(), Error);
  EXPECT_EQ(cursor.varint(), 5u);
  EXPECT_THROW(cursor.varint(), Error);  // It is taken.
}

TEST(Cursor, RefusesDamage) {
  const std::string kDamaged[] = {
      std::string("\0\0", 2),                          // Field 0.
      "\x0b",                                          // A group.
      "\x08",                                          // No value.
      "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",  // Eleven bytes.
      "\x0d\x01\x02\x03",                              // Three bytes of four.
      "\x09\x01\x02\x03",                              // Three of eight.
      "\x0a\x04zzz",                                   // Beyond the end.
      "\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",  // Far beyond: 2^64 - 1 and less.
      "\x0a\xf0\xff\xff\xff\xff\xff\xff\xff\xff\x01" + std::string(40, 'z'),
      "\x80\x80\x80\x80\x80\x01\x01",  // A tag of more than 32 bits.
  };
  for (const std::string& bytes : kDamaged) {
    EXPECT_EQ(code_of(bytes), Code::kDataLoss) << testing::PrintToString(bytes);
  }
}

TEST(Cursor, SeesHolesAsTheirFields) {
  Piece inner;
  inner.varint(1, 1).hole(2, ByteSource::memory("inside")).varint(3, 3);
  Piece outer;
  outer.hole(1, ByteSource::memory("first")).message(2, inner).hole(3, ByteSource::memory("last"));
  const Span message = outer.finish();
  EXPECT_TRUE(message.has_holes());

  Cursor cursor(message);
  ASSERT_TRUE(cursor.next());
  EXPECT_THROW(cursor.text(), Error);  // Isn't in memory.
  cursor = Cursor(message);
  ASSERT_TRUE(cursor.next());
  EXPECT_EQ(cursor.bytes().source().read(), "first");
  ASSERT_TRUE(cursor.next());
  const Span middle = cursor.bytes();
  EXPECT_TRUE(middle.has_holes());
  ASSERT_TRUE(cursor.next());
  const Span last = cursor.bytes();
  EXPECT_EQ(last.size(), 4u);
  EXPECT_EQ(last.read(), "last");
  EXPECT_FALSE(cursor.next());

  Cursor inside(middle);
  ASSERT_TRUE(inside.next());
  ASSERT_TRUE(inside.next());
  EXPECT_EQ(inside.raw().read(), "\x12\x06inside");
  ASSERT_TRUE(inside.next());
  EXPECT_EQ(inside.varint(), 3u);
  EXPECT_FALSE(inside.next());
}

TEST(Cursor, RefusesALengthThatEndsInsideAHole) {
  auto blob = std::make_shared<Blob>();
  blob->bytes = "\x0a\x03";
  blob->holes.push_back({2, ByteSource::memory("five!")});
  Cursor cursor{Span(blob)};
  ASSERT_TRUE(cursor.next());
  EXPECT_THROW(cursor.bytes(), Error);
}

TEST(Piece, WritesHolesWithoutReadingThem) {
  Piece message;
  message.text(1, "a").hole(2, ByteSource::deferred(1ull << 40, []() -> std::string {
                              ADD_FAILURE() << "was read";
                              return "";
                            }));
  Piece around;
  around.message(3, message);
  EXPECT_EQ(around.size(), (1ull << 40) + 3 + 7 + 7);
  const Span span = around.finish();
  EXPECT_EQ(around.size(), 0u);
  EXPECT_EQ(span.size(), (1ull << 40) + 3 + 7 + 7);
  EXPECT_THROW(span.read(1 << 20), Error);
  EXPECT_THROW((void)span.contiguous(), Error);
}

TEST(Piece, LeavesOutTheHoleOfAnEmptySource) {
  Piece message;
  message.hole(1, ByteSource());
  EXPECT_EQ(message.bytes(), std::string("\x0a\0", 2));
}

TEST(Piece, WritesVarintsOfEveryLength) {
  for (int bits = 0; bits <= 64; ++bits) {
    const std::uint64_t value =
        bits == 64 ? std::numeric_limits<std::uint64_t>::max() : (std::uint64_t{1} << bits) - 1;
    Cursor cursor(Piece().varint(1, value).finish());
    ASSERT_TRUE(cursor.next());
    EXPECT_EQ(cursor.varint(), value);
  }
}

}  // namespace
}  // namespace icecore::inline v0
