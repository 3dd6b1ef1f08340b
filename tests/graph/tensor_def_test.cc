#include "graph/tensor_def.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include "graph/constant_values.h"
#include "proto/fields.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

Tensor tensor_of(std::string_view text) {
  return decode_tensor(parse_text(text, message_schema("TensorProto")));
}

Code failure_of(std::string_view text) {
  try {
    tensor_of(text);
  } catch (const Error& error) {
    return error.code();
  }
  return static_cast<Code>(0);
}

template <typename T>
std::vector<T> values(const Tensor& tensor) {
  const auto span = tensor.values<T>();
  return {span.begin(), span.end()};
}

TEST(TensorProto, ReadsContentAndLists) {
  EXPECT_EQ(values<float>(tensor_of(R"(dtype: DT_FLOAT tensor_shape { dim { size: 2 } }
                                       tensor_content: "\000\000\200?\000\000\000@")")),
            (std::vector<float>{1, 2}));
  EXPECT_EQ(values<std::int64_t>(tensor_of(
                "dtype: DT_INT64 tensor_shape { dim { size: 2 } } int64_val: -1 int64_val: 5")),
            (std::vector<std::int64_t>{-1, 5}));
  EXPECT_EQ(values<std::int8_t>(
                tensor_of("dtype: DT_INT8 tensor_shape { dim { size: 2 } } int_val: [-128, 127]")),
            (std::vector<std::int8_t>{-128, 127}));
}

TEST(TensorProto, AShortListRepeatsItsLastValueAndAnEmptyOneMeansZeros) {
  EXPECT_EQ(values<double>(tensor_of(
                "dtype: DT_DOUBLE tensor_shape { dim { size: 3 } } double_val: 1 double_val: 2")),
            (std::vector<double>{1, 2, 2}));
  EXPECT_EQ(values<std::int32_t>(tensor_of("dtype: DT_INT32 tensor_shape { dim { size: 2 } }")),
            (std::vector<std::int32_t>{0, 0}));
  const Tensor strings =
      tensor_of(R"(dtype: DT_STRING tensor_shape { dim { size: 2 } } string_val: "x")");
  EXPECT_EQ(strings.strings()[1], "x");
}

TEST(TensorProto, ComplexListsHoldPairs) {
  EXPECT_EQ(values<std::uint64_t>(
                tensor_of("dtype: DT_COMPLEX64 tensor_shape { dim { size: 2 } } "
                          "scomplex_val: 1 scomplex_val: 0 scomplex_val: 1 scomplex_val: 0")),
            (std::vector<std::uint64_t>{0x3f800000, 0x3f800000}));
  EXPECT_EQ(failure_of("dtype: DT_COMPLEX64 tensor_shape { } scomplex_val: 1"),
            Code::kInvalidArgument);
}

TEST(TensorProto, RefusesValuesThatDoNotFit) {
  EXPECT_EQ(failure_of(R"(dtype: DT_FLOAT tensor_shape { dim { size: 2 } } tensor_content: "abc")"),
            Code::kInvalidArgument);
  EXPECT_EQ(failure_of("dtype: DT_FLOAT tensor_shape { } float_val: 1 float_val: 2"),
            Code::kInvalidArgument);
  EXPECT_EQ(failure_of("dtype: DT_FLOAT tensor_shape { unknown_rank: true }"),
            Code::kInvalidArgument);
  EXPECT_EQ(failure_of("dtype: DT_RESOURCE tensor_shape { }"), Code::kUnimplemented);
}

TEST(TensorProto, AllocatesNothingAbsurd) {
  EXPECT_EQ(failure_of("dtype: DT_FLOAT tensor_shape { dim { size: 4611686018427387904 } }"),
            Code::kResourceExhausted);
  EXPECT_EQ(failure_of("dtype: DT_STRING tensor_shape { dim { size: 4611686018427387904 } }"),
            Code::kResourceExhausted);
}

TEST(TensorProto, AFewBytesAreNotSpelledOutToGigabytes) {
  const std::string bomb = "tensor_shape { dim { size: 2000000000 } } dtype: ";
  EXPECT_EQ(failure_of(bomb + "DT_FLOAT float_val: 1"), Code::kResourceExhausted);
  EXPECT_EQ(failure_of(bomb + "DT_STRING string_val: 'x'"), Code::kResourceExhausted);
  const auto size_of = [](const std::string& text) {
    return values_size(parse_text(text, message_schema("TensorProto")));
  };
  EXPECT_EQ(size_of(bomb + "DT_FLOAT float_val: 1"), 8'000'000'000u);
  EXPECT_EQ(size_of(bomb + "DT_STRING string_val: 'xyz'"), 6'000'000'000u);
}

TEST(TensorProto, ValuesAreGivenAsOftenAsTheShapeSays) {
  const auto bytes_of = [](const char* text) {
    std::string bytes;
    copy_values(parse_text(text, message_schema("TensorProto")),
                [&](std::span<const std::byte> piece) {
                  bytes.append(reinterpret_cast<const char*>(piece.data()), piece.size());
                });
    return bytes;
  };
  EXPECT_EQ(bytes_of("dtype: DT_UINT8 tensor_shape { dim { size: 5 } } int_val: [7, 8]"),
            "\x07\x08\x08\x08\x08");
  EXPECT_EQ(bytes_of("dtype: DT_STRING tensor_shape { dim { size: 3 } } string_val: ['a', 'bc']"),
            "abcbc");
  EXPECT_EQ(bytes_of("dtype: DT_INT16 tensor_shape { dim { size: 50000 } }"),
            std::string(100'000, '\0'));
}

TEST(TensorProto, AnyNumberButZeroIsTrue) {
  EXPECT_EQ(values<std::uint8_t>(
                tensor_of("dtype: DT_BOOL tensor_shape { dim { size: 3 } } bool_val: [true]")),
            (std::vector<std::uint8_t>{1, 1, 1}));
  Piece tensor;
  tensor.varint(pb::TensorProto::dtype, 10)
      .message(pb::TensorProto::tensor_shape, encode_shape({2}));
  tensor.varint(pb::TensorProto::bool_val, 256).varint(pb::TensorProto::bool_val, 2);
  EXPECT_EQ(values<std::uint8_t>(decode_tensor(tensor.finish())),
            (std::vector<std::uint8_t>{1, 1}));
}

TEST(TensorProto, ShapesGoBothWays) {
  for (const Shape& shape : {Shape(), Shape({0}), Shape({2, -1, 3}), Shape::unknown_rank()}) {
    EXPECT_EQ(decode_shape(encode_shape(shape).finish()), shape) << to_string(shape);
  }
}

TEST(TensorProto, ADimensionOfZeroIsAnEmptyMessageAsTensorFlowWritesIt) {
  EXPECT_EQ(encode_shape({0, 3}).bytes(), std::string("\x12\x00\x12\x02\x08\x03", 6));
}

TEST(TensorProto, StringsMayBeContentToo) {
  const Tensor strings = tensor_of(
      R"(dtype: DT_STRING tensor_shape { dim { size: 2 } } tensor_content: "\002\001hix")");
  EXPECT_EQ(strings.strings()[0], "hi");
  EXPECT_EQ(strings.strings()[1], "x");
  EXPECT_EQ(
      failure_of(
          R"(dtype: DT_STRING tensor_shape { dim { size: 2 } } tensor_content: "\002\011hix")"),
      Code::kDataLoss);
}

}  // namespace
}  // namespace icecore::inline v0
