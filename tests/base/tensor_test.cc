#include <gtest/gtest.h>
#include <icecore/error.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/allocator.h"

namespace icecore::inline v0 {
namespace {

Code code_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  return static_cast<Code>(0);
}

TEST(Tensor, HoldsItsValuesInRowMajorOrder) {
  Tensor tensor(DType::kInt32, {2, 3});
  const std::span<std::int32_t> values = tensor.mutable_values<std::int32_t>();
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::int32_t>(i);
  EXPECT_EQ(tensor.num_elements(), 6);
  EXPECT_EQ(tensor.byte_size(), 24u);
  EXPECT_EQ(tensor.values<std::int32_t>()[5], 5);
}

TEST(Tensor, BuffersAreAlignedForTheWidestVector) {
  for (const std::int64_t count : {1, 3, 16, 17, 100, 1 << 20, (1 << 21) - 1, 1 << 21, 1 << 24}) {
    std::vector<Tensor> tensors;  // Where malloc has them, some begin at a multiple of 64 already.
    for (int i = 0; i < 5; ++i) {
      Tensor& tensor = tensors.emplace_back(DType::kFloat32, Shape{count});
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(tensor.bytes().data()) % 64, 0u) << count;
      const std::span<std::byte> bytes = tensor.mutable_bytes();
      bytes.front() = bytes.back() = static_cast<std::byte>(i + 1);
    }
    for (int i = 0; i < 5; ++i) {
      const Tensor& tensor = tensors[static_cast<std::size_t>(i)];
      EXPECT_EQ(tensor.bytes().front(), static_cast<std::byte>(i + 1)) << count;
      EXPECT_EQ(tensor.bytes().back(), static_cast<std::byte>(i + 1)) << count;
    }
  }
}

TEST(Tensor, ScalarsHaveOneElementAndEmptyTensorsNone) {
  EXPECT_EQ(Tensor(DType::kFloat64, Shape()).num_elements(), 1);
  EXPECT_EQ(Tensor(DType::kFloat64, {0, 7}).byte_size(), 0u);
  EXPECT_EQ(Tensor(DType::kString, {0}).strings().size(), 0u);
}

TEST(Tensor, StringsHaveStorageOfTheirOwn) {
  Tensor tensor(DType::kString, {2});
  tensor.mutable_strings()[1] = "xyz";
  EXPECT_EQ(tensor.strings()[0], "");
  EXPECT_EQ(tensor.byte_size(), 3u);
  EXPECT_TRUE(tensor.bytes().empty());
}

TEST(Tensor, AWriterCantChangeWhatSomeoneElseHolds) {
  Tensor tensor(DType::kInt64, {3});
  tensor.mutable_bytes()[0] = std::byte{1};
  const Tensor other = tensor;
  EXPECT_EQ(code_of([&] { tensor.mutable_bytes(); }), Code::kFailedPrecondition);
  EXPECT_EQ(other.bytes()[0], std::byte{1});
}

TEST(Tensor, RefusesShapesWithoutASize) {
  EXPECT_EQ(code_of([] { Tensor(DType::kFloat32, Shape::unknown_rank()); }),
            Code::kInvalidArgument);
  EXPECT_EQ(code_of([] { Tensor(DType::kFloat32, Shape({2, -1})); }), Code::kInvalidArgument);
  EXPECT_EQ(code_of([] { Tensor(DType::kResource, Shape()); }), Code::kInvalidArgument);
}

TEST(Tensor, RefusesSizesThatOverflowInsteadOfAllocating) {
  constexpr std::int64_t kHuge = std::int64_t{1} << 62;
  EXPECT_EQ(code_of([] { Tensor(DType::kFloat32, {kHuge, 4}); }), Code::kInvalidArgument);
  EXPECT_EQ(code_of([] { Tensor(DType::kFloat64, {kHuge}); }), Code::kResourceExhausted);
  EXPECT_EQ(code_of([] { Tensor(DType::kString, {kHuge}); }), Code::kResourceExhausted);
}

TEST(Tensor, RefusesValuesOfAnotherSize) {
  const Tensor tensor(DType::kFloat32, {2});
  EXPECT_EQ(code_of([&] { tensor.values<double>(); }), Code::kInvalidArgument);
}

TEST(Tensor, ReshapingSharesTheBuffer) {
  const Tensor tensor(DType::kUInt8, {2, 3});
  const Tensor flat = tensor.reshaped({6});
  EXPECT_EQ(flat.bytes().data(), tensor.bytes().data());
  EXPECT_EQ(code_of([&] { tensor.reshaped({5}); }), Code::kInvalidArgument);
}

TEST(Tensor, AViewLeavesTheMakerTheSoleOwnerAndIsReadOnly) {
  Tensor tensor(DType::kInt64, {3});
  Tensor view = tensor.view();
  EXPECT_TRUE(tensor.is_unique());
  EXPECT_FALSE(view.is_unique());
  tensor.mutable_bytes()[0] = std::byte{7};
  EXPECT_EQ(view.bytes()[0], std::byte{7});
  EXPECT_EQ(code_of([&] { view.mutable_bytes(); }), Code::kFailedPrecondition);
}

TEST(Tensor, BuffersCountAgainstTheLimitUntilTheLastTensorIsGone) {
  auto allocator = std::make_shared<Allocator>(32 << 20);
  for (const std::int64_t bytes : {1, 1000, 9 << 20}) {  // The last on huge pages.
    Tensor tensor(DType::kUInt8, Shape{bytes}, allocator);
    Tensor other = tensor.reshaped({1, bytes});
    const Tensor view = tensor.view();
    EXPECT_EQ(allocator->in_use(), static_cast<std::uint64_t>(bytes));
    tensor = Tensor();
    EXPECT_EQ(allocator->in_use(), static_cast<std::uint64_t>(bytes));
    EXPECT_TRUE(other.is_unique());
    other = Tensor();
    EXPECT_EQ(allocator->in_use(), 0u);
  }
  EXPECT_EQ(code_of([&] { Tensor(DType::kUInt8, Shape{33 << 20}, allocator); }),
            Code::kResourceExhausted);
  EXPECT_EQ(allocator->in_use(), 0u);
}

TEST(Tensor, KeepsTheAllocatorThatItCameFrom) {
  std::weak_ptr<Allocator> allocator;
  for (const std::int64_t bytes : {1000, 9 << 20}) {
    auto held = std::make_shared<Allocator>(32 << 20);
    allocator = held;
    Tensor tensor(DType::kUInt8, Shape{bytes}, held);
    held = nullptr;
    EXPECT_FALSE(allocator.expired()) << bytes;
    tensor = Tensor();
    EXPECT_TRUE(allocator.expired()) << bytes;
  }
}

TEST(Tensor, BorrowedValuesAreNeitherCopiedNorChanged) {
  const auto lender = std::make_shared<std::vector<float>>(std::vector<float>{1, 2, 3, 4});
  const std::span<const float> values(*lender);
  {
    Tensor tensor = Tensor::borrowed(DType::kFloat32, Shape{2, 2}, std::as_bytes(values), lender);
    EXPECT_EQ(tensor.values<float>().data(), lender->data());
    EXPECT_EQ(lender.use_count(), 2);
    EXPECT_FALSE(tensor.is_unique());
    EXPECT_THROW(tensor.mutable_bytes(), Error);
    const Tensor reshaped = tensor.reshaped(Shape{4});
    EXPECT_TRUE(reshaped.is_borrowed());
    Tensor owned = reshaped.owned();
    EXPECT_FALSE(owned.is_borrowed());
    EXPECT_EQ(owned.shape(), Shape({4}));
    owned.mutable_values<float>()[0] = 7;
    EXPECT_EQ(owned.values<float>()[3], 4);
    EXPECT_EQ((*lender)[0], 1);
    EXPECT_EQ(owned.owned().values<float>().data(), owned.values<float>().data());
  }
  EXPECT_EQ(lender.use_count(), 1);
}

TEST(Tensor, BorrowsNothingThatDoesntFit) {
  const auto lender = std::make_shared<std::vector<double>>(2);
  const std::span<const std::byte> bytes = std::as_bytes(std::span<const double>(*lender));
  const auto borrow = [&](DType dtype, const Shape& shape, std::span<const std::byte> values) {
    return Tensor::borrowed(dtype, shape, values, lender);
  };
  EXPECT_NO_THROW(borrow(DType::kFloat32, Shape{4}, bytes));
  EXPECT_NO_THROW(borrow(DType::kComplex128, Shape(), bytes));
  EXPECT_THROW(borrow(DType::kFloat32, Shape{3}, bytes), Error);
  EXPECT_THROW(borrow(DType::kFloat32, Shape{-1}, bytes), Error);
  EXPECT_THROW(borrow(DType::kString, Shape{2}, bytes), Error);
  EXPECT_THROW(borrow(DType::kFloat32, Shape{3}, bytes.subspan(1, 12)), Error);
  EXPECT_NO_THROW(borrow(DType::kFloat32, Shape{3}, bytes.subspan(4)));
}

TEST(Tensor, StringsCountAgainstTheLimitUntilTheyAreGone) {
  const auto allocator = std::make_shared<Allocator>(1 << 20);
  {
    Tensor strings(DType::kString, Shape{100}, allocator);
    const std::vector<Tensor> shared = {strings};
    EXPECT_GE(allocator->in_use(), 100 * sizeof(std::string));
    EXPECT_FALSE(strings.is_unique());
    EXPECT_THROW(Tensor(DType::kString, Shape{1 << 20}, allocator), Error);
  }
  EXPECT_EQ(allocator->in_use(), 0);
}

}  // namespace
}  // namespace icecore::inline v0
