#include "ops/array/accumulate.h"

#include <icecore/error.h>

#include <Eigen/Core>
#include <complex>
#include <functional>
#include <string>
#include <type_traits>

namespace icecore::inline v0 {
namespace {

template <typename Function>
void visit_addable(DType dtype, Function&& function) {
  switch (dtype) {
    case DType::kFloat32:
      return function(std::type_identity<float>());
    case DType::kFloat64:
      return function(std::type_identity<double>());
    case DType::kInt32:
    case DType::kQInt32:
    case DType::kUInt32:
      return function(std::type_identity<std::uint32_t>());  // Sums wrap around.
    case DType::kInt64:
    case DType::kUInt64:
      return function(std::type_identity<std::uint64_t>());
    case DType::kInt16:
    case DType::kUInt16:
      return function(std::type_identity<std::uint16_t>());
    case DType::kInt8:
    case DType::kUInt8:
      return function(std::type_identity<std::uint8_t>());
    case DType::kFloat16:
      return function(std::type_identity<Eigen::half>());
    case DType::kBFloat16:
      return function(std::type_identity<Eigen::bfloat16>());
    case DType::kComplex64:
      return function(std::type_identity<std::complex<float>>());
    case DType::kComplex128:
      return function(std::type_identity<std::complex<double>>());
    case DType::kBool:
      return function(std::type_identity<bool>());
    case DType::kString:
      return function(std::type_identity<std::string>());
    default:
      throw Error(Code::kUnimplemented, "values of " + to_string(dtype) + " can't be added");
  }
}

template <typename T>
const T* source_of(const Tensor& tensor) {
  if constexpr (std::is_same_v<T, std::string>) {
    return tensor.strings().data();
  } else {
    return tensor.values<T>().data();
  }
}
template <typename T>
T* target_of(Tensor& tensor) {
  if constexpr (std::is_same_v<T, std::string>) {
    return tensor.mutable_strings().data();
  } else {
    return tensor.mutable_values<T>().data();
  }
}

template <typename T>
void add(T& to, const T& from) {
  if constexpr (std::is_same_v<T, bool>) {
    to = to || from;
  } else if constexpr (std::is_same_v<T, std::string>) {
    to += from;
  } else {
    to = static_cast<T>(to + from);
  }
}

}  // namespace

void add_rows(const Tensor& from, Tensor& to, std::span<const std::int64_t> places,
              std::int64_t inner) {
  visit_addable(to.dtype(), [&]<typename T>(std::type_identity<T>) {
    const T* source = source_of<T>(from);
    T* const target = target_of<T>(to);
    for (const std::int64_t place : places) {
      for (std::int64_t i = 0; i < inner; ++i) add(target[place * inner + i], source[i]);
      source += inner;
    }
  });
}

void add_box(const Tensor& from, Tensor& to, const Box& box) {
  visit_addable(to.dtype(), [&]<typename T>(std::type_identity<T>) {
    const T* const source = source_of<T>(from);
    T* const target = target_of<T>(to);
    const std::function<void(std::size_t, std::int64_t, std::int64_t)> walk =
        [&](std::size_t d, std::int64_t at, std::int64_t to_at) {
          if (d == box.dims.size()) {
            add(target[to_at], source[at]);
            return;
          }
          const BoxDim& dim = box.dims[d];
          const bool row = d + 1 == box.dims.size();
          for (std::int64_t i = 0; i < dim.size; ++i) {
            if (row) {
              add(target[to_at], source[at]);
            } else {
              walk(d + 1, at, to_at);
            }
            at += dim.from_stride;
            to_at += dim.to_stride;
          }
        };
    walk(0, box.from, box.to);
  });
}

}  // namespace icecore::inline v0
