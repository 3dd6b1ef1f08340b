#include "graph/number_tensor.h"

#include <limits>

#include "base/floating.h"
#include "base/half.h"

namespace icecore::inline v0 {
namespace {

template <typename T>
Number read(const Tensor& tensor, std::int64_t i) {
  const T value = tensor.values<T>()[static_cast<std::size_t>(i)];
  if constexpr (std::is_integral_v<T>)
    return Number::of_int(static_cast<std::int64_t>(value));
  else
    return Number::of_double(static_cast<double>(value));
}

std::int64_t whole(const Number& number) {
  if (number.integral) return number.i;
  if (!(number.d >= -0x1p63 && number.d < 0x1p63)) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(number.d);
}

double real(const Number& number) {
  return number.integral ? static_cast<double>(number.i) : number.d;
}

template <typename T>
void write(Tensor& tensor, std::int64_t i, const Number& number) {
  T& value = tensor.mutable_values<T>()[static_cast<std::size_t>(i)];
  if constexpr (std::is_integral_v<T>)
    value = static_cast<T>(whole(number));
  else
    value = static_cast<T>(real(number));
}

}  // namespace

bool is_number(DType dtype) {
  return is_floating(dtype) || is_integer(dtype) || dtype == DType::kBool;
}

bool is_integer(DType dtype) {
  switch (dtype) {
    case DType::kInt8:
    case DType::kInt16:
    case DType::kInt32:
    case DType::kInt64:
    case DType::kUInt8:
    case DType::kUInt16:
    case DType::kUInt32:
    case DType::kUInt64:
      return true;
    default:
      return false;
  }
}

Number number_at(const Tensor& tensor, std::int64_t i) {
  switch (tensor.dtype()) {
    case DType::kFloat32:
      return read<float>(tensor, i);
    case DType::kFloat64:
      return read<double>(tensor, i);
    case DType::kFloat16:
      return Number::of_double(
          half_to_float(tensor.values<std::uint16_t>()[static_cast<std::size_t>(i)]));
    case DType::kBFloat16:
      return Number::of_double(
          bfloat16_to_float(tensor.values<std::uint16_t>()[static_cast<std::size_t>(i)]));
    case DType::kInt8:
      return read<std::int8_t>(tensor, i);
    case DType::kInt16:
      return read<std::int16_t>(tensor, i);
    case DType::kInt32:
      return read<std::int32_t>(tensor, i);
    case DType::kInt64:
      return read<std::int64_t>(tensor, i);
    case DType::kUInt16:
      return read<std::uint16_t>(tensor, i);
    case DType::kUInt32:
      return read<std::uint32_t>(tensor, i);
    case DType::kUInt64:
      return read<std::uint64_t>(tensor, i);
    default:  // uint8, bool
      return read<std::uint8_t>(tensor, i);
  }
}

void set_number(Tensor& tensor, std::int64_t i, const Number& number) {
  switch (tensor.dtype()) {
    case DType::kFloat32:
      return write<float>(tensor, i, number);
    case DType::kFloat64:
      return write<double>(tensor, i, number);
    case DType::kFloat16:
      tensor.mutable_values<std::uint16_t>()[static_cast<std::size_t>(i)] =
          float_to_half(static_cast<float>(real(number)));
      return;
    case DType::kBFloat16:
      tensor.mutable_values<std::uint16_t>()[static_cast<std::size_t>(i)] =
          float_to_bfloat16(static_cast<float>(real(number)));
      return;
    case DType::kInt8:
      return write<std::int8_t>(tensor, i, number);
    case DType::kInt16:
      return write<std::int16_t>(tensor, i, number);
    case DType::kInt32:
      return write<std::int32_t>(tensor, i, number);
    case DType::kInt64:
      return write<std::int64_t>(tensor, i, number);
    case DType::kUInt8:
      return write<std::uint8_t>(tensor, i, number);
    case DType::kUInt16:
      return write<std::uint16_t>(tensor, i, number);
    case DType::kUInt32:
      return write<std::uint32_t>(tensor, i, number);
    case DType::kUInt64:
      return write<std::uint64_t>(tensor, i, number);
    default:
      return write<std::uint8_t>(tensor, i, Number::of_int(real(number) != 0 ? 1 : 0));
  }
}

std::optional<Tensor> converted(const Tensor& tensor, DType dtype) {
  if (tensor.dtype() == dtype) return tensor;
  if (!is_number(tensor.dtype()) || !is_number(dtype)) return std::nullopt;
  Tensor result(dtype, tensor.shape());
  for (std::int64_t i = 0; i < tensor.num_elements(); ++i) {
    set_number(result, i, number_at(tensor, i));
  }
  return result;
}

}  // namespace icecore::inline v0
