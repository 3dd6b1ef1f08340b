// Which dtypes are floating-point numbers.
#pragma once

#include <icecore/dtype.h>

namespace icecore::inline v0 {

// As DType.is_floating: complex numbers are none.
constexpr bool is_floating(DType dtype) {
  return dtype == DType::kFloat16 || dtype == DType::kBFloat16 || dtype == DType::kFloat32 ||
         dtype == DType::kFloat64;
}

}  // namespace icecore::inline v0
