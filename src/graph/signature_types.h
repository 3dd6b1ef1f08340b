// The types' names in op signatures.
#pragma once

#include <icecore/dtype.h>

#include <optional>
#include <string_view>

namespace icecore::inline v0 {

// "float", "double" and "half" are C++'s words for what Python calls float32, float64 and float16.
inline std::optional<DType> signature_type(std::string_view name) {
  if (name == "float") return DType::kFloat32;
  if (name == "double") return DType::kFloat64;
  if (name == "half") return DType::kFloat16;
  return dtype_of_name(name);
}

}  // namespace icecore::inline v0
