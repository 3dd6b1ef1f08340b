#include "ops/core/print_values.h"

#include <algorithm>
#include <cstdio>

#include "base/half.h"

namespace icecore::inline v0 {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%g", value);
  return text;
}

std::string item(const Tensor& tensor, std::size_t i) {
  switch (tensor.dtype()) {
    case DType::kString:
      return tensor.strings()[i];
    case DType::kFloat32:
      return number(tensor.values<float>()[i]);
    case DType::kFloat64:
      return number(tensor.values<double>()[i]);
    case DType::kFloat16:
      return number(half_to_float(tensor.values<std::uint16_t>()[i]));
    case DType::kBFloat16:
      return number(bfloat16_to_float(tensor.values<std::uint16_t>()[i]));
    case DType::kBool:
      return tensor.values<std::uint8_t>()[i] != 0 ? "1" : "0";
    case DType::kInt8:
      return std::to_string(tensor.values<std::int8_t>()[i]);
    case DType::kInt16:
      return std::to_string(tensor.values<std::int16_t>()[i]);
    case DType::kInt32:
      return std::to_string(tensor.values<std::int32_t>()[i]);
    case DType::kInt64:
      return std::to_string(tensor.values<std::int64_t>()[i]);
    case DType::kUInt8:
      return std::to_string(tensor.values<std::uint8_t>()[i]);
    case DType::kUInt16:
      return std::to_string(tensor.values<std::uint16_t>()[i]);
    case DType::kUInt32:
      return std::to_string(tensor.values<std::uint32_t>()[i]);
    case DType::kUInt64:
      return std::to_string(tensor.values<std::uint64_t>()[i]);
    default:
      return "?";
  }
}

}  // namespace

std::string print_values(const Tensor& tensor, std::int64_t most) {
  const std::int64_t count =
      most < 0 ? tensor.num_elements() : std::min(most, tensor.num_elements());
  std::string text;
  for (std::int64_t i = 0; i < count; ++i) {
    text += (i == 0 ? "" : " ") + item(tensor, static_cast<std::size_t>(i));
  }
  return count < tensor.num_elements() ? text + "..." : text;
}

}  // namespace icecore::inline v0
