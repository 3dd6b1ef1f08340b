#include <icecore/error.h>
#include <icecore/tensor.h>
#include <sys/mman.h>

#include <cstdlib>
#include <new>
#include <numeric>

namespace icecore::inline v0 {
namespace {

constexpr std::size_t kAlignment = 64;       // A cache line, and the widest vector.
constexpr std::size_t kHugePage = 2u << 20;  // What MADV_HUGEPAGE wants its ranges aligned to.
constexpr std::size_t kLargeBuffer = 4 * kHugePage;

std::shared_ptr<std::byte[]> allocate(std::size_t size) {
  if (size == 0) return nullptr;
  const bool large = size >= kLargeBuffer;
  const std::size_t alignment = large ? kHugePage : kAlignment;
  const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
  void* memory = rounded < size ? nullptr : std::aligned_alloc(alignment, rounded);
  if (memory == nullptr) {
    throw Error(Code::kResourceExhausted,
                "no memory for a tensor of " + std::to_string(size) + " bytes");
  }
  if (large) ::madvise(memory, rounded, MADV_HUGEPAGE);  // A wish: failure changes nothing.
  return {static_cast<std::byte*>(memory), [](std::byte* bytes) { std::free(bytes); }};
}

[[noreturn]] void refuse_shared() {
  throw Error(Code::kFailedPrecondition,
              "a tensor that is shared can't be changed: copy its values into a new one");
}

}  // namespace

Tensor::Tensor() : shape_({0}) {}

Tensor::Tensor(DType dtype, Shape shape) : dtype_(dtype), shape_(std::move(shape)) {
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
    strings_ = std::make_shared<std::vector<std::string>>(elements);
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
  buffer_ = allocate(bytes);
}

std::span<const std::byte> Tensor::bytes() const {
  return {buffer_.get(), static_cast<std::size_t>(num_elements_) * dtype_size(dtype_)};
}

std::span<std::byte> Tensor::mutable_bytes() {
  if (buffer_.use_count() > 1) refuse_shared();
  return {buffer_.get(), static_cast<std::size_t>(num_elements_) * dtype_size(dtype_)};
}

std::span<const std::string> Tensor::strings() const {
  if (strings_ == nullptr) return {};
  return *strings_;
}

std::span<std::string> Tensor::mutable_strings() {
  if (strings_ == nullptr) return {};
  if (strings_.use_count() > 1) refuse_shared();
  return *strings_;
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

void Tensor::check_element_size(std::size_t size) const {
  if (size != dtype_size(dtype_)) {
    throw Error(Code::kInvalidArgument, "values of " + std::to_string(size) +
                                            " bytes were asked of a tensor of dtype " +
                                            to_string(dtype_));
  }
}

}  // namespace icecore::inline v0
