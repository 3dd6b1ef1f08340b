// Kernels of reductions, from what combines two elements.
#pragma once

#include <icecore/kernel.h>

#include "ops/in_float32.h"
#include "ops/number_types.h"
#include "ops/reduction/reduce_step.h"

namespace icecore::inline v0 {

// Half and bfloat16 are reduced in float32; sums and products of ints wrap around, so that signs
// don't matter to them.
using SummedTypes = NumberTypes<float, double, std::uint8_t, std::uint16_t, std::uint32_t,
                                std::uint64_t, std::complex<float>, std::complex<double>>;
constexpr DType summed_dtype(DType dtype) {
  switch (dtype) {
    case DType::kInt8:
      return DType::kUInt8;
    case DType::kInt16:
      return DType::kUInt16;
    case DType::kInt32:
      return DType::kUInt32;
    case DType::kInt64:
      return DType::kUInt64;
    default:
      return dtype;
  }
}

template <typename Op>
Tensor reduce_summed(KernelContext& c, const Tensor& input, const ReducePlan& plan) {
  Tensor output;
  visit_numbers(SummedTypes(), summed_dtype(input.dtype()),
                [&]<typename T>(std::type_identity<T>) { output = reduce<Op, T>(c, input, plan); });
  return output;
}

struct SumOp {
  static constexpr bool kPassesOver = false;
  template <typename T>
  static constexpr T initial() {
    return T(0);
  }
  template <typename T>
  static constexpr T combine(T a, T b) {
    return static_cast<T>(a + b);
  }
};

}  // namespace icecore::inline v0
