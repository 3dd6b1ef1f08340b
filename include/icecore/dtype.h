// The element types of TensorFlow, with its numbers (types.proto).
#pragma once

#include <icecore/export.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

inline std::string to_string(DType dtype) {
  return std::string(dtype_name(dtype));
}

}  // namespace icecore::inline v0
