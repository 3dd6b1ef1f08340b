// Values as Python prints them, for the programs that say what a TensorFlow script says.
#pragma once

#include <icecore/icecore.h>

#include <charconv>
#include <cmath>
#include <string>
#include <vector>

// repr() of a float: the fewest digits that read back as the same number.
inline std::string as_python(double value) {
  char buffer[32];
  const std::string text(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
  return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

inline std::string as_python(const std::vector<std::string>& items) {
  std::string text = "[";
  for (const std::string& item : items) text += (text == "[" ? "'" : ", '") + item + "'";
  return text + "]";
}

inline std::string item_as_python(const icecore::Tensor& tensor, std::size_t i) {
  switch (tensor.dtype()) {
    case icecore::DType::kFloat32:
      return as_python(static_cast<double>(tensor.values<float>()[i]));
    case icecore::DType::kFloat64:
      return as_python(tensor.values<double>()[i]);
    case icecore::DType::kInt32:
      return std::to_string(tensor.values<std::int32_t>()[i]);
    case icecore::DType::kInt64:
      return std::to_string(tensor.values<std::int64_t>()[i]);
    default:
      return "?";
  }
}

// The array's tolist().
inline std::string as_python(const icecore::Tensor& tensor, int axis = 0, std::size_t begin = 0) {
  const icecore::Shape& shape = tensor.shape();
  if (axis == shape.rank()) return item_as_python(tensor, begin);
  std::size_t step = 1;
  for (int i = axis + 1; i < shape.rank(); ++i) step *= static_cast<std::size_t>(shape.dim(i));
  std::string text = "[";
  for (std::size_t i = 0; i < static_cast<std::size_t>(shape.dim(axis)); ++i) {
    text += (i == 0 ? "" : ", ") + as_python(tensor, axis + 1, begin + i * step);
  }
  return text + "]";
}

// str() of a static shape: "(2, 3)", "(?, 2)", "(3,)", "()", "<unknown>".
inline std::string as_python(const icecore::Shape& shape) {
  if (!shape.has_rank()) return "<unknown>";
  std::string text = "(";
  for (int i = 0; i < shape.rank(); ++i) {
    text += (i == 0 ? "" : ", ") + (shape.dim(i) < 0 ? "?" : std::to_string(shape.dim(i)));
  }
  return text + (shape.rank() == 1 ? ",)" : ")");
}
