// Each rule of a header and an entry is a check (docs/formats.md, "Bundle").
#include "checkpoint/bundle_entry.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include "checkpoint/golden.h"
#include "proto/fields.h"
#include "proto/piece.h"
#include "proto/shape_message.h"

namespace icecore::inline v0 {
namespace {

namespace fields = pb::BundleEntryProto;

Piece shape(std::initializer_list<std::int64_t> dims) {
  Piece message;
  for (const std::int64_t size : dims) {
    message.message(pb::TensorShapeProto::dim, Piece().int64(pb::TensorShapeProto_Dim::size, size));
  }
  return message;
}

Piece entry(std::int64_t dtype, std::initializer_list<std::int64_t> dims, std::int64_t size) {
  return std::move(Piece()
                       .int64(fields::dtype, dtype)
                       .message(fields::shape, shape(dims))
                       .int64(fields::size, size));
}

BundleEntry parse(const Piece& message) {
  return parse_bundle_entry(message.bytes(), BundleHeader{});
}

std::string refusal(const Piece& message) {
  try {
    parse(message);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kDataLoss);
    return error.message();
  }
  return "";
}

TEST(BundleEntry, ReadsWhatTensorFlowWrites) {
  const BundleEntry scalar =
      parse_bundle_entry(from_hex("08031200 2004 2804 35a78d9d88"), BundleHeader{});
  EXPECT_EQ(scalar.dtype, DType::kInt32);
  EXPECT_EQ(scalar.shape, Shape());
  EXPECT_EQ(scalar.offset, 4u);
  EXPECT_EQ(scalar.size, 4u);
  const std::string empty = from_hex("0801 1206 1200 12020803 200c 35d8ea82a2");
  const BundleEntry parsed = parse_bundle_entry(empty, BundleHeader{});
  EXPECT_EQ(parsed.shape, Shape({0, 3}));
  EXPECT_EQ(parsed.crc, 0u);
  EXPECT_EQ(encode_bundle_entry(parsed), empty);
  const BundleEntry whole = parse_bundle_entry(
      from_hex("0801 1208 12020804 12020802 3a08 0a021002 0a021002 3a0a 0a0408021002 0a021002"),
      BundleHeader{});
  ASSERT_EQ(whole.slices.size(), 2u);
  EXPECT_EQ(to_string(whole.slices[1]), "2,2:0,2");
}

TEST(BundleEntry, HasAKnownDtype) {
  EXPECT_EQ(refusal(entry(1, {2}, 8)), "");
  for (const std::int64_t dtype : {0, 20, 24, 101, -1, 1 << 20}) {
    EXPECT_NE(refusal(entry(dtype, {2}, 8)).find("dtype number"), std::string::npos) << dtype;
  }
}

TEST(BundleEntry, HasAShapeThatIsKnownAndCanBe) {
  const std::int64_t large = std::int64_t{1} << 40;
  EXPECT_NE(refusal(entry(1, {-1}, 8)).find("isn't fully defined"), std::string::npos);
  EXPECT_NE(refusal(entry(1, {-5}, 8)), "");
  EXPECT_NE(refusal(entry(1, {large, large}, 8)).find("more elements than can be"),
            std::string::npos);
  EXPECT_NE(refusal(entry(1, {large, large, 0}, 8)), "");
  EXPECT_EQ(refusal(entry(1, {large, large, 0}, 0)), "");
  // 2^62 elements fit 63 bits, their bytes don't.
  EXPECT_NE(refusal(entry(2, {std::int64_t{1} << 62}, 0)), "");
  Piece many;
  many.int64(fields::dtype, 1);
  Piece dims;
  for (int i = 0; i < 255; ++i) dims.message(pb::TensorShapeProto::dim, Piece().int64(1, 1));
  many.message(fields::shape, dims).int64(fields::size, 4);
  EXPECT_NE(refusal(many).find("255 dimensions"), std::string::npos);
  Piece unknown = entry(1, {2}, 8);
  unknown.message(fields::shape, Piece().boolean(pb::TensorShapeProto::unknown_rank, true));
  EXPECT_NE(refusal(unknown), "");
}

TEST(BundleEntry, HasTheSizeOfItsValues) {
  EXPECT_NE(refusal(entry(1, {2}, 7)).find("float32 [2] takes 8"), std::string::npos);
  EXPECT_NE(refusal(entry(1, {2}, -8)), "");
  EXPECT_EQ(refusal(entry(7, {2}, 6)), "");  // Two empty strings and a checksum.
  EXPECT_NE(refusal(entry(7, {2}, 5)).find("too few"), std::string::npos);
  EXPECT_NE(refusal(entry(7, {std::int64_t{1} << 62}, 100)).find("too few"), std::string::npos);
  EXPECT_EQ(refusal(entry(21, {2}, 10)), "");
  EXPECT_NE(refusal(entry(21, {2}, 9)), "");
}

TEST(BundleEntry, LiesInAShardThatTheHeaderHas) {
  EXPECT_NE(refusal(entry(1, {2}, 8).int64(fields::shard_id, 1)).find("shard 1 of 1"),
            std::string::npos);
  EXPECT_NE(refusal(entry(1, {2}, 8).int64(fields::shard_id, -1)), "");
  EXPECT_NE(refusal(entry(1, {2}, 8).int64(fields::offset, -1)), "");
  EXPECT_NE(refusal(entry(1, {2}, 8).int64(fields::offset, INT64_MAX)), "");
}

TEST(BundleEntry, HasSlicesInsideItsShape) {
  const auto with_slice = [](std::int64_t start, std::int64_t length) {
    Piece extent;
    extent.int64(1, start).int64(2, length);
    return entry(1, {4}, 0).message(fields::slices, Piece().message(1, extent));
  };
  EXPECT_EQ(refusal(with_slice(0, 4)), "");
  EXPECT_NE(refusal(with_slice(1, 4)), "");
  EXPECT_NE(refusal(with_slice(-1, 4)), "");
  EXPECT_NE(refusal(with_slice(0, -2)), "");
  EXPECT_NE(refusal(with_slice(INT64_MAX, INT64_MAX)), "");
  // A start without a length, another rank.
  EXPECT_NE(
      refusal(entry(1, {4}, 0).message(fields::slices, Piece().message(1, Piece().int64(1, 1)))),
      "");
  EXPECT_NE(refusal(entry(1, {4}, 0).message(fields::slices, Piece())), "");
}

TEST(BundleEntry, IsAMessage) {
  EXPECT_THROW(parse_bundle_entry("\x08", BundleHeader{}), Error);
  EXPECT_THROW(parse_bundle_entry("\x12\x7f", BundleHeader{}), Error);
}

Code header_refusal(const Piece& message) {
  try {
    parse_bundle_header(message.bytes(), "f.index");
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("f.index"), std::string::npos);
    return error.code();
  }
  return Code{};
}

TEST(BundleHeader, SaysWhetherThisReaderMayReadIt) {
  EXPECT_EQ(to_hex(encode_bundle_header()), "08011a020801");
  const auto versions = [](const Piece& version) {
    return std::move(Piece().varint(1, 1).message(pb::BundleHeaderProto::version, version));
  };
  EXPECT_EQ(header_refusal(versions(Piece().varint(pb::VersionDef::producer, 99))), Code{});
  EXPECT_EQ(header_refusal(versions(Piece().varint(pb::VersionDef::min_consumer, 1))), Code{});
  EXPECT_EQ(header_refusal(versions(Piece().varint(pb::VersionDef::min_consumer, 5))),
            Code::kInvalidArgument);
  EXPECT_EQ(header_refusal(versions(Piece().varint(pb::VersionDef::bad_consumers, 1))),
            Code::kInvalidArgument);
  EXPECT_EQ(header_refusal(versions(Piece().text(pb::VersionDef::bad_consumers, "\x07\x01"))),
            Code::kInvalidArgument);
  EXPECT_EQ(header_refusal(versions(Piece().text(pb::VersionDef::bad_consumers, "\x07\x02"))),
            Code{});
}

TEST(BundleHeader, HasAByteOrderAndAShardCountThatCanBe) {
  EXPECT_TRUE(parse_bundle_header(from_hex("0801 1001"), "f").big_endian);
  EXPECT_EQ(header_refusal(Piece().varint(1, 1).varint(2, 2)), Code::kDataLoss);
  EXPECT_EQ(header_refusal(Piece().int64(1, -1)), Code::kDataLoss);
  EXPECT_EQ(header_refusal(Piece().text(1, "x")), Code::kDataLoss);
}

}  // namespace
}  // namespace icecore::inline v0
