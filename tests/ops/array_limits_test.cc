// What small graphs may ask of array ops, and how they are refused.
#include <gtest/gtest.h>
#include <icecore/error.h>

#include <limits>

#include "base/allocator.h"
#include "ops/run_op.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();

std::string type(const std::string& attr, const std::string& dtype) {
  return " attr { key: \"" + attr + "\" value { type: " + dtype + " } }";
}

// The error that the op ends with, under a limit of 1 MiB.
Error fault(const std::string& op, const std::vector<Tensor>& inputs, const std::string& attrs) {
  TestServices services;
  services.get().allocator = std::make_shared<Allocator>(1 << 20);
  try {
    run_node(parse_text("name: \"n\" op: \"" + op + "\"" + attrs, *find_message("NodeDef")), inputs,
             services.get());
  } catch (const Error& error) {
    return error;
  }
  return {Code::kUnknown, "no error"};
}

Tensor ints(std::initializer_list<std::int64_t> values) {
  return Tensor::of<std::int64_t>(Shape{static_cast<std::int64_t>(values.size())}, values);
}

const std::string kFloat = type("T", "DT_FLOAT");
const std::string kByte = type("T", "DT_UINT8");

TEST(ArrayLimits, HugeResultsOfSmallGraphsAreRefused) {
  const Tensor one = Tensor::scalar(1.0F);
  const Tensor row = Tensor::of<float>(Shape{1}, {1});
  const std::string index = type("index_type", "DT_INT64");
  EXPECT_EQ(fault("Fill", {ints({1 << 30}), one}, kFloat + index).code(), Code::kResourceExhausted);
  EXPECT_EQ(fault("Fill", {ints({kHuge, kHuge}), one}, kFloat + index).code(),
            Code::kInvalidArgument);
  EXPECT_EQ(fault("Fill", {ints({1 << 30}), Tensor::scalar<std::string>("x")},
                  type("T", "DT_STRING") + index)
                .code(),
            Code::kResourceExhausted);
  EXPECT_EQ(fault("Tile", {row, ints({1 << 30})}, kFloat + type("Tmultiples", "DT_INT64")).code(),
            Code::kResourceExhausted);
  EXPECT_EQ(fault("Tile", {Tensor(DType::kFloat32, Shape{4}), ints({kHuge})},
                  kFloat + type("Tmultiples", "DT_INT64"))
                .code(),
            Code::kInvalidArgument);
  EXPECT_EQ(fault("Range",
                  {Tensor::scalar<std::int64_t>(0), Tensor::scalar(kHuge),
                   Tensor::scalar<std::int64_t>(1)},
                  type("Tidx", "DT_INT64"))
                .code(),
            Code::kResourceExhausted);
  EXPECT_EQ(fault("Range", {Tensor::scalar(0.0F), Tensor::scalar(1e30F), Tensor::scalar(1.0F)},
                  type("Tidx", "DT_FLOAT"))
                .code(),
            Code::kInvalidArgument);
  EXPECT_EQ(fault("BroadcastTo", {row, ints({1 << 20, 1 << 20})}, kFloat + type("Tidx", "DT_INT64"))
                .code(),
            Code::kResourceExhausted);
  EXPECT_EQ(
      fault("OneHot",
            {Tensor::of<std::int64_t>(Shape{2}, {0, 1}), Tensor::scalar(2147483647), one, one},
            kFloat + type("TI", "DT_INT64"))
          .code(),
      Code::kResourceExhausted);
  EXPECT_EQ(fault("ScatterNd", {Tensor::of<std::int64_t>(Shape{1, 1}, {0}), row, ints({kHuge})},
                  kFloat + type("Tindices", "DT_INT64"))
                .code(),
            Code::kResourceExhausted);
  EXPECT_EQ(fault("Pad", {row, Tensor::of<std::int64_t>(Shape{1, 2}, {kHuge, kHuge})},
                  kFloat + type("Tpaddings", "DT_INT64"))
                .code(),
            Code::kInvalidArgument);
  EXPECT_EQ(fault("DynamicStitch", {Tensor::of<std::int32_t>(Shape{1}, {2147483647}), row},
                  kFloat + " attr { key: \"N\" value { i: 1 } }")
                .code(),
            Code::kResourceExhausted);
  EXPECT_EQ(fault("SpaceToBatchND",
                  {Tensor(DType::kUInt8, Shape{1, 1}), ints({kHuge}),
                   Tensor::of<std::int64_t>(Shape{1, 2}, {kHuge - 1, 0})},
                  kByte + type("Tblock_shape", "DT_INT64") + type("Tpaddings", "DT_INT64"))
                .code(),
            Code::kResourceExhausted);
}

TEST(ArrayLimits, SlicesWithExtremeNumbersStayInside) {
  const Tensor row = Tensor::of<float>(Shape{3}, {1, 2, 3});
  const std::string attrs = kFloat + type("Index", "DT_INT64");
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  const Tensor all = run_op("name: \"n\" op: \"StridedSlice\"" + attrs,
                            {row, ints({kLeast}), ints({kHuge}), ints({kHuge})})[0];
  EXPECT_EQ(all.num_elements(), 1);
  const Tensor back = run_op("name: \"n\" op: \"StridedSlice\"" + attrs,
                             {row, ints({kHuge}), ints({kLeast}), ints({kLeast})})[0];
  ASSERT_EQ(back.num_elements(), 1);
  EXPECT_EQ(back.values<float>()[0], 3);
  EXPECT_EQ(fault("Slice", {row, ints({1}), ints({kHuge})}, attrs).message(),
            "Expected size[0] in [0, 2], but got " + std::to_string(kHuge));
}

TEST(ArrayLimits, RefusalsAreTensorFlowsSentences) {
  const Tensor pair = Tensor::of<float>(Shape{2}, {1, 2});
  EXPECT_EQ(fault("Reshape", {pair, Tensor::of<std::int32_t>(Shape{1}, {3})},
                  kFloat + type("Tshape", "DT_INT32"))
                .message(),
            "Input to reshape is a tensor with 2 values, but the requested shape has 3");
  EXPECT_EQ(
      fault("GatherV2", {pair, Tensor::of<std::int32_t>(Shape{1}, {5}), Tensor::scalar(0)},
            type("Tparams", "DT_FLOAT") + type("Tindices", "DT_INT32") + type("Taxis", "DT_INT32"))
          .message(),
      "indices[0] = 5 is not in [0, 2)");
  EXPECT_EQ(
      fault("BroadcastArgs",
            {Tensor::of<std::int32_t>(Shape{1}, {2}), Tensor::of<std::int32_t>(Shape{1}, {3})},
            type("T", "DT_INT32"))
          .message(),
      "Incompatible shapes: [2] vs. [3]");
  EXPECT_EQ(fault("Transpose", {pair, Tensor::of<std::int32_t>(Shape{1}, {1})},
                  kFloat + type("Tperm", "DT_INT32"))
                .message(),
            "1 is out of range [0 .. 1)");
  EXPECT_EQ(
      fault("StringToNumber", {Tensor::scalar<std::string>("x")}, type("out_type", "DT_FLOAT"))
          .message(),
      "StringToNumberOp could not correctly convert string: x");
}

TEST(ArrayLimits, FormatsOfNumbersReachNoFurtherThanTheNumber) {
  const auto as_string = [](const std::string& attrs) {
    return fault("AsString", {Tensor::scalar(1.0F)},
                 kFloat + " attr { key: \"width\" value { i: 2147483647 } }" + attrs)
        .code();
  };
  EXPECT_EQ(as_string(""), Code::kResourceExhausted);
  for (const char* fill : {"*", "n", "%", "#"}) {
    EXPECT_EQ(as_string(std::string(" attr { key: \"fill\" value { s: \"") + fill + "\" } }"),
              Code::kInvalidArgument);
  }
}

TEST(ArrayLimits, LargeCopiesAgreeWithSmallOnes) {
  // Enough rows for several threads and tiles, in every element size.
  for (const auto& [dtype, name] :
       {std::pair(DType::kUInt8, "DT_UINT8"), std::pair(DType::kInt16, "DT_INT16"),
        std::pair(DType::kFloat32, "DT_FLOAT"), std::pair(DType::kInt64, "DT_INT64"),
        std::pair(DType::kComplex128, "DT_COMPLEX128")}) {
    const std::size_t size = dtype_size(dtype);
    const std::int64_t rows = 301, columns = 257, depth = 3;
    Tensor x(dtype, Shape{rows, columns, depth});
    std::span<std::byte> bytes = x.mutable_bytes();
    for (std::size_t i = 0; i < bytes.size(); ++i)
      bytes[i] = static_cast<std::byte>(i * 7 + i / 251);
    const Tensor turned =
        run_op("name: \"n\" op: \"Transpose\"" + type("T", name) + type("Tperm", "DT_INT32"),
               {x, Tensor::of<std::int32_t>(Shape{3}, {2, 1, 0})})[0];
    ASSERT_EQ(turned.shape(), (Shape{depth, columns, rows}));
    for (std::int64_t i = 0; i < x.num_elements(); i += 97) {
      const std::int64_t d = i % depth, c = i / depth % columns, r = i / depth / columns;
      const auto from = x.bytes().subspan(static_cast<std::size_t>(i) * size, size);
      const auto to = turned.bytes().subspan(
          static_cast<std::size_t>((d * columns + c) * rows + r) * size, size);
      ASSERT_TRUE(std::ranges::equal(from, to)) << name << " " << i;
    }
  }
}

TEST(DecodeRaw, GivesNoStrings) {
  try {
    run_op("name: \"n\" op: \"DecodeRaw\" attr { key: \"out_type\" value { type: DT_STRING } }",
           {Tensor::scalar(std::string("abc"))});
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kInvalidArgument);
    EXPECT_EQ(error.message(), "DecodeRaw gives numbers, no string");
  }
}

}  // namespace
}  // namespace icecore::inline v0
