// From a dtype at run time to the type of its elements.
#pragma once

#include <icecore/dtype.h>
#include <icecore/error.h>

#include <cstdint>
#include <string>

namespace icecore::inline v0 {

// Calls work with a null pointer to the type: real numbers but half and bfloat16 (UNIMPLEMENTED).
template <typename Work>
void for_real_type(DType dtype, const Work& work) {
  switch (dtype) {
    case DType::kFloat32:
      return work(static_cast<float*>(nullptr));
    case DType::kFloat64:
      return work(static_cast<double*>(nullptr));
    case DType::kInt8:
      return work(static_cast<std::int8_t*>(nullptr));
    case DType::kInt16:
      return work(static_cast<std::int16_t*>(nullptr));
    case DType::kInt32:
      return work(static_cast<std::int32_t*>(nullptr));
    case DType::kInt64:
      return work(static_cast<std::int64_t*>(nullptr));
    case DType::kUInt8:
      return work(static_cast<std::uint8_t*>(nullptr));
    case DType::kUInt16:
      return work(static_cast<std::uint16_t*>(nullptr));
    case DType::kUInt32:
      return work(static_cast<std::uint32_t*>(nullptr));
    case DType::kUInt64:
      return work(static_cast<std::uint64_t*>(nullptr));
    default:
      throw Error(Code::kUnimplemented, "not implemented for " + to_string(dtype));
  }
}

// The same of float32 and float64.
template <typename Work>
void for_float_type(DType dtype, const Work& work) {
  switch (dtype) {
    case DType::kFloat32:
      return work(static_cast<float*>(nullptr));
    case DType::kFloat64:
      return work(static_cast<double*>(nullptr));
    default:
      throw Error(Code::kUnimplemented, "not implemented for " + to_string(dtype));
  }
}

}  // namespace icecore::inline v0
