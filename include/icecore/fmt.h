// Formatters for users of the fmt library: fmt::print("{} {}", variable.dtype, variable.shape).
#pragma once

#include <fmt/format.h>
#include <icecore/dtype.h>
#include <icecore/shape.h>
#include <icecore/tensor_slice.h>
#include <icecore/tensor_text.h>

#include <string>

template <>
struct fmt::formatter<icecore::DType> : fmt::formatter<std::string> {
  auto format(icecore::DType dtype, format_context& context) const {
    return fmt::formatter<std::string>::format(icecore::to_string(dtype), context);
  }
};

template <>
struct fmt::formatter<icecore::Shape> : fmt::formatter<std::string> {
  auto format(const icecore::Shape& shape, format_context& context) const {
    return fmt::formatter<std::string>::format(icecore::to_string(shape), context);
  }
};

template <>
struct fmt::formatter<icecore::TensorSlice> : fmt::formatter<std::string> {
  auto format(const icecore::TensorSlice& slice, format_context& context) const {
    return fmt::formatter<std::string>::format(icecore::to_string(slice), context);
  }
};

template <>
struct fmt::formatter<icecore::Tensor> : fmt::formatter<std::string> {
  auto format(const icecore::Tensor& tensor, format_context& context) const {
    return fmt::formatter<std::string>::format(icecore::to_string(tensor), context);
  }
};
