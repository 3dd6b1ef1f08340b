// The types' names in op signatures and messages of TensorFlow's C++.
#pragma once

#include <icecore/dtype.h>

#include <string_view>

namespace icecore::inline v0 {

// "float", "double" and "half" for what Python calls float32, float64 and float16; the others have
// one name.
inline std::string_view cpp_type_name(DType dtype) {
  switch (dtype) {
    case DType::kFloat32:
      return "float";
    case DType::kFloat64:
      return "double";
    case DType::kFloat16:
      return "half";
    default:
      return dtype_name(dtype);
  }
}

}  // namespace icecore::inline v0
