// Elements of tensors by their size alone: moving values needs no dtype.
#pragma once

#include <icecore/dtype.h>
#include <icecore/error.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <span>
#include <string>
#include <type_traits>

namespace icecore::inline v0 {

class ThreadPool;

// An element of 16 bytes (complex128).
struct Bytes16 {
  std::uint64_t low, high;
  bool operator==(const Bytes16&) const = default;
};

[[noreturn]] void refuse_elements(DType dtype);

// Calls `function` with a std::type_identity of what stands for elements of that dtype: an unsigned
// number of their size, Bytes16 or std::string. UNIMPLEMENTED for resources and variants.
template <typename Function>
decltype(auto) visit_elements(DType dtype, Function&& function) {
  if (dtype == DType::kString) return function(std::type_identity<std::string>());
  switch (dtype_size(dtype)) {
    case 1:
      return function(std::type_identity<std::uint8_t>());
    case 2:
      return function(std::type_identity<std::uint16_t>());
    case 4:
      return function(std::type_identity<std::uint32_t>());
    case 8:
      return function(std::type_identity<std::uint64_t>());
    case 16:
      return function(std::type_identity<Bytes16>());
    default:
      refuse_elements(dtype);
  }
}

template <typename T>
std::span<const T> elements(const Tensor& tensor) {
  if constexpr (std::is_same_v<T, std::string>) {
    return tensor.strings();
  } else {
    return tensor.values<T>();
  }
}
template <typename T>
std::span<T> mutable_elements(Tensor& tensor) {
  if constexpr (std::is_same_v<T, std::string>) {
    return tensor.mutable_strings();
  } else {
    return tensor.mutable_values<T>();
  }
}

// Every element becomes the one of `value`, a tensor with one element of the same dtype.
void fill(ThreadPool& threads, Tensor& to, const Tensor& value);
// Every byte becomes 0, every string empty.
void fill_zeros(ThreadPool& threads, Tensor& to);

}  // namespace icecore::inline v0
