#include <icecore/dtype.h>

#include <algorithm>
#include <array>

namespace icecore::inline v0 {
namespace {

struct TypeFacts {
  DType dtype;
  std::string_view name;
  std::string_view enum_name;
  std::size_t size;
  std::size_t swap_unit;
};

// Indexed by number.
constexpr std::array<TypeFacts, 24> kTypes = {{
    {DType::kInvalid, "invalid", "DT_INVALID", 0, 0},
    {DType::kFloat32, "float32", "DT_FLOAT", 4, 4},
    {DType::kFloat64, "float64", "DT_DOUBLE", 8, 8},
    {DType::kInt32, "int32", "DT_INT32", 4, 4},
    {DType::kUInt8, "uint8", "DT_UINT8", 1, 1},
    {DType::kInt16, "int16", "DT_INT16", 2, 2},
    {DType::kInt8, "int8", "DT_INT8", 1, 1},
    {DType::kString, "string", "DT_STRING", 0, 0},
    {DType::kComplex64, "complex64", "DT_COMPLEX64", 8, 4},
    {DType::kInt64, "int64", "DT_INT64", 8, 8},
    {DType::kBool, "bool", "DT_BOOL", 1, 1},
    {DType::kQInt8, "qint8", "DT_QINT8", 1, 1},
    {DType::kQUInt8, "quint8", "DT_QUINT8", 1, 1},
    {DType::kQInt32, "qint32", "DT_QINT32", 4, 4},
    {DType::kBFloat16, "bfloat16", "DT_BFLOAT16", 2, 2},
    {DType::kQInt16, "qint16", "DT_QINT16", 2, 2},
    {DType::kQUInt16, "quint16", "DT_QUINT16", 2, 2},
    {DType::kUInt16, "uint16", "DT_UINT16", 2, 2},
    {DType::kComplex128, "complex128", "DT_COMPLEX128", 16, 8},
    {DType::kFloat16, "float16", "DT_HALF", 2, 2},
    {DType::kResource, "resource", "DT_RESOURCE", 0, 0},
    {DType::kVariant, "variant", "DT_VARIANT", 0, 0},
    {DType::kUInt32, "uint32", "DT_UINT32", 4, 4},
    {DType::kUInt64, "uint64", "DT_UINT64", 8, 8},
}};

const TypeFacts& facts(DType dtype) {
  const auto number = static_cast<std::size_t>(dtype);
  return kTypes[number < kTypes.size() ? number : 0];
}

}  // namespace

std::optional<DType> dtype_of_number(std::int64_t number) {
  constexpr std::int64_t kReference = 100;
  if (number > kReference) number -= kReference;
  if (number < 0 || number >= static_cast<std::int64_t>(kTypes.size())) return std::nullopt;
  return static_cast<DType>(number);
}

std::size_t dtype_size(DType dtype) {
  return facts(dtype).size;
}
std::string_view dtype_name(DType dtype) {
  return facts(dtype).name;
}
std::string dtype_enum_name(DType dtype) {
  return std::string(facts(dtype).enum_name);
}
std::size_t dtype_swap_unit(DType dtype) {
  return facts(dtype).swap_unit;
}

std::optional<DType> dtype_of_name(std::string_view name) {
  const auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeFacts& type) {
    return type.name == name || type.enum_name == name;
  });
  if (found == kTypes.end()) return std::nullopt;
  return found->dtype;
}

}  // namespace icecore::inline v0
