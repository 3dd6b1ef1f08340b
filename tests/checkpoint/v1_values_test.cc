#include "checkpoint/v1_values.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include "checkpoint/golden.h"
#include "proto/fields.h"
#include "proto/piece.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

std::string decoded(const std::string& message, DType dtype, std::size_t bytes) {
  std::string out(bytes, '?');
  decode_v1_values(message, dtype, std::as_writable_bytes(std::span(out)));
  return to_hex(out);
}

std::string packed(std::uint32_t field, std::initializer_list<std::int64_t> values) {
  std::string list;
  for (const std::int64_t value : values) append_varint(list, static_cast<std::uint64_t>(value));
  return Piece().text(field, list).bytes();
}

Code refusal(const std::string& message, DType dtype, std::size_t bytes) {
  try {
    decoded(message, dtype, bytes);
  } catch (const Error& error) {
    return error.code();
  }
  return Code{};
}

TEST(V1Values, AreReadPackedAndUnpacked) {
  EXPECT_EQ(decoded(packed(pb::TensorProto::int_val, {1, -2, 127}), DType::kInt8, 3), "01fe7f");
  Piece loose;
  loose.int64(pb::TensorProto::int_val, 1).int64(pb::TensorProto::int_val, -2);
  EXPECT_EQ(decoded(loose.bytes() + packed(pb::TensorProto::int_val, {3}), DType::kInt16, 6),
            "0100feff0300");
  EXPECT_EQ(decoded(Piece().float32(pb::TensorProto::float_val, 1.5f).bytes(), DType::kFloat32, 4),
            "0000c03f");
  EXPECT_EQ(decoded(Piece().float64(pb::TensorProto::double_val, 1.5).bytes(), DType::kFloat64, 8),
            "000000000000f83f");
  EXPECT_EQ(decoded(packed(pb::TensorProto::half_val, {0xc03f}), DType::kFloat16, 2), "3fc0");
  EXPECT_EQ(decoded(packed(pb::TensorProto::bool_val, {0, 1, 2}), DType::kBool, 3), "000101");
}

TEST(V1Values, AreExactlyAsManyAsTheElements) {
  const std::string two = packed(pb::TensorProto::int_val, {1, 2});
  EXPECT_EQ(refusal(two, DType::kInt32, 4), Code::kDataLoss);
  EXPECT_EQ(refusal(two, DType::kInt32, 12), Code::kDataLoss);
  EXPECT_EQ(refusal("", DType::kInt32, 4), Code::kDataLoss);
  EXPECT_EQ(refusal("", DType::kInt32, 0), Code{});
  // Half a float, half a complex number.
  EXPECT_EQ(refusal(Piece().text(pb::TensorProto::float_val, "abc").bytes(), DType::kFloat32, 4),
            Code::kDataLoss);
  EXPECT_EQ(
      refusal(Piece().text(pb::TensorProto::scomplex_val, "abcd").bytes(), DType::kComplex64, 8),
      Code::kDataLoss);
}

TEST(V1Values, FitTheirDtype) {
  EXPECT_EQ(refusal(packed(pb::TensorProto::int_val, {300}), DType::kInt8, 1), Code::kDataLoss);
  EXPECT_EQ(refusal(packed(pb::TensorProto::int_val, {-1}), DType::kUInt8, 1), Code::kDataLoss);
  EXPECT_EQ(refusal(packed(pb::TensorProto::int_val, {1ll << 40}), DType::kInt32, 4),
            Code::kDataLoss);
  EXPECT_EQ(refusal(packed(pb::TensorProto::half_val, {1 << 16}), DType::kFloat16, 2),
            Code::kDataLoss);
}

TEST(V1Values, OfOtherDtypesAreUnimplemented) {
  for (const DType dtype :
       {DType::kBFloat16, DType::kUInt32, DType::kUInt64, DType::kQInt16, DType::kQUInt16}) {
    EXPECT_EQ(refusal("", dtype, 0), Code::kUnimplemented) << to_string(dtype);
    EXPECT_THROW(least_v1_size(dtype, 1), Error);
  }
}

TEST(V1Values, TakeTheirLeastSizeAtLeast) {
  EXPECT_EQ(least_v1_size(DType::kFloat32, 10), 40u);
  EXPECT_EQ(least_v1_size(DType::kComplex128, 10), 160u);
  EXPECT_EQ(least_v1_size(DType::kInt64, 10), 10u);
  EXPECT_EQ(least_v1_size(DType::kString, 10), 20u);
  EXPECT_EQ(least_v1_size(DType::kFloat64, ~std::uint64_t{0} / 2), ~std::uint64_t{0});
}

TEST(V1Strings, AreCounted) {
  Piece message;
  message.text(pb::TensorProto::string_val, "ab").text(pb::TensorProto::string_val, "");
  std::vector<std::string> items(2);
  decode_v1_strings(message.bytes(), items);
  EXPECT_EQ(items, (std::vector<std::string>{"ab", ""}));
  EXPECT_EQ(v1_string_sizes(message.bytes()).count, 2u);
  EXPECT_EQ(v1_string_sizes(message.bytes()).bytes, 2u);
  items.resize(1);
  EXPECT_THROW(decode_v1_strings(message.bytes(), items), Error);
  items.resize(3);
  EXPECT_THROW(decode_v1_strings(message.bytes(), items), Error);
}

}  // namespace
}  // namespace icecore::inline v0
