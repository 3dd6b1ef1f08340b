#include <icecore/error.h>
#include <icecore/tensor.h>

#include <algorithm>
#include <cstdint>
#include <new>
#include <numeric>

#include "base/allocator.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse_shared() {
  throw Error(Code::kFailedPrecondition,
              "a tensor that is shared can't be changed: copy its values into a new one");
}

// Copied, which is quicker than made: a run begins with it for each value that is to come.
const Shape& shape_of_nothing() {
  static const Shape shape({0});
  return shape;
}

}  // namespace

Tensor::Tensor() : shape_(shape_of_nothing()) {}

Tensor::Tensor(DType dtype, Shape shape) : Tensor(dtype, std::move(shape), nullptr) {}

Tensor::Tensor(DType dtype, Shape shape, const std::shared_ptr<Allocator>& allocator)
    : dtype_(dtype), shape_(std::move(shape)) {
  const std::optional<std::int64_t> count = shape_.num_elements();
  if (!count) {
    throw Error(Code::kInvalidArgument,
                "a tensor can't have the shape " + to_string(shape_) + ": its size isn't known");
  }
  num_elements_ = *count;
  const auto elements = static_cast<std::size_t>(*count);
  if (dtype == DType::kString) {
    if (elements > std::vector<std::string>().max_size()) {
      throw Error(Code::kResourceExhausted,
                  "no memory for " + std::to_string(elements) + " strings");
    }
    std::shared_ptr<void> charge;
    if (allocator != nullptr) charge = allocator->charge(elements * sizeof(std::string));
    try {
      auto strings = std::make_shared<std::vector<std::string>>(elements);
      // Both go together; what owns them is sole as long as no tensor shares it.
      storage_ = {strings.get(), [strings, charge](std::vector<std::string>*) {}};
    } catch (const std::bad_alloc&) {
      throw Error(Code::kResourceExhausted,
                  "no memory for " + std::to_string(elements) + " strings");
    }
    return;
  }
  const std::size_t size = dtype_size(dtype);
  if (size == 0) {
    throw Error(Code::kInvalidArgument,
                "a tensor of dtype " + to_string(dtype) + " has no values in memory");
  }
  std::size_t bytes = 0;
  if (__builtin_mul_overflow(elements, size, &bytes)) {
    throw Error(Code::kResourceExhausted, "no memory for a tensor of shape " + to_string(shape_));
  }
  storage_ = allocator ? allocator->allocate(bytes) : allocate_buffer(bytes);
}

Tensor Tensor::of_objects(DType dtype, Shape shape,
                          std::vector<std::shared_ptr<TensorObject>> objects) {
  if (dtype != DType::kResource && dtype != DType::kVariant) {
    throw Error(Code::kInvalidArgument, "objects are held by resource and variant tensors only");
  }
  if (shape.num_elements() != static_cast<std::int64_t>(objects.size())) {
    refuse_values(objects.size(), shape);
  }
  Tensor tensor;
  tensor.dtype_ = dtype;
  tensor.shape_ = std::move(shape);
  tensor.num_elements_ = static_cast<std::int64_t>(objects.size());
  tensor.storage_ =
      std::make_shared<std::vector<std::shared_ptr<TensorObject>>>(std::move(objects));
  return tensor;
}

Tensor Tensor::borrowed(DType dtype, Shape shape, std::span<const std::byte> values,
                        std::shared_ptr<const void> owner) {
  const std::size_t size = dtype_size(dtype);
  const std::optional<std::int64_t> count = shape.num_elements();
  if (size == 0 || !count || values.size() % size != 0 ||
      values.size() / size != static_cast<std::size_t>(*count)) {
    throw Error(Code::kInvalidArgument, std::to_string(values.size()) +
                                            " bytes are no values of a " + to_string(dtype) +
                                            " tensor of shape " + to_string(shape));
  }
  // Of a complex number its parts'.
  const std::size_t alignment = std::min(size, alignof(double));
  if (reinterpret_cast<std::uintptr_t>(values.data()) % alignment != 0) {
    throw Error(Code::kInvalidArgument, "values that are borrowed aren't aligned to " +
                                            std::to_string(alignment) + " bytes");
  }
  Tensor tensor;
  tensor.dtype_ = dtype;
  tensor.is_borrowed_ = true;
  tensor.shape_ = std::move(shape);
  tensor.num_elements_ = *count;
  // Nobody writes there: mutable_bytes() refuses what isn't unique.
  const std::shared_ptr<const void> storage(std::move(owner), values.data());
  tensor.storage_ = std::const_pointer_cast<void>(storage);
  return tensor;
}

Tensor Tensor::owned() const {
  if (!is_borrowed_) return *this;
  Tensor copy(dtype_, shape_);
  std::ranges::copy(bytes(), copy.mutable_bytes().begin());
  return copy;
}

std::span<const std::byte> Tensor::bytes() const {
  return {static_cast<const std::byte*>(storage_.get()),
          static_cast<std::size_t>(num_elements_) * dtype_size(dtype_)};
}

std::span<std::byte> Tensor::mutable_bytes() {
  if (!is_unique()) refuse_shared();
  return {static_cast<std::byte*>(storage_.get()),
          static_cast<std::size_t>(num_elements_) * dtype_size(dtype_)};
}

std::vector<std::string>* Tensor::string_items() const {
  return dtype_ == DType::kString ? static_cast<std::vector<std::string>*>(storage_.get())
                                  : nullptr;
}

std::span<const std::string> Tensor::strings() const {
  if (string_items() == nullptr) return {};
  return *string_items();
}

std::span<std::string> Tensor::mutable_strings() {
  if (string_items() == nullptr) return {};
  if (!is_unique()) refuse_shared();
  return *string_items();
}

bool Tensor::is_unique() const {
  // A view's pointer has no owner at all.
  return storage_ == nullptr || (!is_borrowed_ && storage_.use_count() == 1);
}

Tensor Tensor::view() const {
  Tensor view = *this;
  view.storage_ = {std::shared_ptr<void>(),
                   storage_.get()};  // An owner of nothing, and the pointer.
  return view;
}

std::span<const std::shared_ptr<TensorObject>> Tensor::objects() const {
  const bool holds_objects = dtype_ == DType::kResource || dtype_ == DType::kVariant;
  if (!holds_objects || storage_ == nullptr) return {};
  return *static_cast<const std::vector<std::shared_ptr<TensorObject>>*>(storage_.get());
}

std::uint64_t Tensor::byte_size() const {
  const std::span<const std::string> items = strings();
  if (items.empty()) return bytes().size();
  return std::accumulate(items.begin(), items.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const std::string& s) { return sum + s.size(); });
}

Tensor Tensor::reshaped(Shape shape) const {
  const std::optional<std::int64_t> count = shape.num_elements();
  if (count != num_elements_) {
    throw Error(Code::kInvalidArgument, "a tensor of shape " + to_string(shape_) +
                                            " can't be reshaped to " + to_string(shape));
  }
  Tensor result = *this;
  result.shape_ = std::move(shape);
  return result;
}

void Tensor::refuse_item() const {
  throw Error(Code::kInvalidArgument, "one value was asked of a tensor of shape " +
                                          to_string(shape_) + ", which has " +
                                          std::to_string(num_elements_));
}

void Tensor::refuse_values(std::size_t count, const Shape& shape) {
  throw Error(Code::kInvalidArgument,
              std::to_string(count) + " values don't make a tensor of shape " + to_string(shape));
}

void Tensor::check_element_size(std::size_t size) const {
  if (size != dtype_size(dtype_)) {
    throw Error(Code::kInvalidArgument, "values of " + std::to_string(size) +
                                            " bytes were asked of a tensor of dtype " +
                                            to_string(dtype_));
  }
}

}  // namespace icecore::inline v0
