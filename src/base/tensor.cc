#include <icecore/error.h>
#include <icecore/tensor.h>

#include <new>
#include <numeric>

#include "base/allocator.h"

namespace icecore::inline v0 {
namespace {

// A view's pointer has no owner at all.
template <typename T>
bool is_sole_owner(const std::shared_ptr<T>& pointer) {
  return pointer == nullptr || pointer.use_count() == 1;
}

[[noreturn]] void refuse_shared() {
  throw Error(Code::kFailedPrecondition,
              "a tensor that is shared can't be changed: copy its values into a new one");
}

}  // namespace

Tensor::Tensor() : shape_({0}) {}

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
      strings_ = {strings.get(), [strings, charge](std::vector<std::string>*) {}};
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
  buffer_ = allocator ? allocator->allocate(bytes) : allocate_buffer(bytes);
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
  tensor.objects_ =
      std::make_shared<std::vector<std::shared_ptr<TensorObject>>>(std::move(objects));
  return tensor;
}

std::span<const std::byte> Tensor::bytes() const {
  return {buffer_.get(), static_cast<std::size_t>(num_elements_) * dtype_size(dtype_)};
}

std::span<std::byte> Tensor::mutable_bytes() {
  if (!is_sole_owner(buffer_)) refuse_shared();
  return {buffer_.get(), static_cast<std::size_t>(num_elements_) * dtype_size(dtype_)};
}

std::span<const std::string> Tensor::strings() const {
  if (strings_ == nullptr) return {};
  return *strings_;
}

std::span<std::string> Tensor::mutable_strings() {
  if (strings_ == nullptr) return {};
  if (!is_sole_owner(strings_)) refuse_shared();
  return *strings_;
}

bool Tensor::is_unique() const {
  return is_sole_owner(buffer_) && is_sole_owner(strings_) && is_sole_owner(objects_);
}

Tensor Tensor::view() const {
  Tensor view = *this;
  // An owner of nothing, and the pointer.
  view.buffer_ = {std::shared_ptr<std::byte[]>(), buffer_.get()};
  view.strings_ = {std::shared_ptr<std::vector<std::string>>(), strings_.get()};
  view.objects_ = {std::shared_ptr<std::vector<std::shared_ptr<TensorObject>>>(), objects_.get()};
  return view;
}

std::span<const std::shared_ptr<TensorObject>> Tensor::objects() const {
  if (objects_ == nullptr) return {};
  return *objects_;
}

std::uint64_t Tensor::byte_size() const {
  if (strings_ == nullptr) return bytes().size();
  return std::accumulate(strings_->begin(), strings_->end(), std::uint64_t{0},
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
