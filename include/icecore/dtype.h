// The element types of TensorFlow, with its numbers (types.proto).
#pragma once

#include <icecore/export.h>

#include <complex>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace icecore::inline v0 {

enum class DType : std::uint8_t {
  kInvalid = 0,
  kFloat32 = 1,
  kFloat64 = 2,
  kInt32 = 3,
  kUInt8 = 4,
  kInt16 = 5,
  kInt8 = 6,
  kString = 7,
  kComplex64 = 8,
  kInt64 = 9,
  kBool = 10,
  kQInt8 = 11,
  kQUInt8 = 12,
  kQInt32 = 13,
  kBFloat16 = 14,
  kQInt16 = 15,
  kQUInt16 = 16,
  kUInt16 = 17,
  kComplex128 = 18,
  kFloat16 = 19,
  kResource = 20,
  kVariant = 21,
  kUInt32 = 22,
  kUInt64 = 23,
};

// Reference types are a type's number plus 100 (VariableV2's output); this is the type itself.
// An unknown number gives nothing.
ICECORE_API std::optional<DType> dtype_of_number(std::int64_t number);

// Bytes of one element; 0 where elements have no fixed size (string, resource, variant, invalid).
ICECORE_API std::size_t dtype_size(DType dtype);

// As tf.as_dtype(…).name: "float32", "string", "qint8", …
ICECORE_API std::string_view dtype_name(DType dtype);

// The other direction; also takes TensorFlow's enum names ("DT_FLOAT").
ICECORE_API std::optional<DType> dtype_of_name(std::string_view name);

// "DT_FLOAT", as the text format and inspect_checkpoint print it.
ICECORE_API std::string dtype_enum_name(DType dtype);

// The unit that byte order swaps in: half of an element for complex types, else the element.
ICECORE_API std::size_t dtype_swap_unit(DType dtype);

// The dtype whose elements are T: float is float32, std::int64_t int64, bool bool, std::string
// string, std::complex<float> complex64 …
template <typename T>
constexpr DType dtype_of() {
  if constexpr (std::is_same_v<T, float>)
    return DType::kFloat32;
  else if constexpr (std::is_same_v<T, double>)
    return DType::kFloat64;
  else if constexpr (std::is_same_v<T, std::int8_t>)
    return DType::kInt8;
  else if constexpr (std::is_same_v<T, std::int16_t>)
    return DType::kInt16;
  else if constexpr (std::is_same_v<T, std::int32_t>)
    return DType::kInt32;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return DType::kInt64;
  else if constexpr (std::is_same_v<T, std::uint8_t>)
    return DType::kUInt8;
  else if constexpr (std::is_same_v<T, std::uint16_t>)
    return DType::kUInt16;
  else if constexpr (std::is_same_v<T, std::uint32_t>)
    return DType::kUInt32;
  else if constexpr (std::is_same_v<T, std::uint64_t>)
    return DType::kUInt64;
  else if constexpr (std::is_same_v<T, bool>)
    return DType::kBool;
  else if constexpr (std::is_same_v<T, std::complex<float>>)
    return DType::kComplex64;
  else if constexpr (std::is_same_v<T, std::complex<double>>)
    return DType::kComplex128;
  else {
    static_assert(std::is_same_v<T, std::string>, "no dtype has such elements");
    return DType::kString;
  }
}

inline std::string to_string(DType dtype) {
  return std::string(dtype_name(dtype));
}

}  // namespace icecore::inline v0
