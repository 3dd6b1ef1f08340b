#include "ops/quantized/levels.h"

#include <icecore/error.h>

#include <string>

#include "base/thread_pool.h"
#include "ops/array/arguments.h"

namespace icecore::inline v0 {

void refuse_quantized(DType dtype) {
  throw Error(Code::kUnimplemented, "there are no quantized numbers of " + to_string(dtype));
}

FloatRange range_input(const KernelContext& c, int i) {
  for (int k = i; k < i + 2; ++k) {
    if (c.input(k).num_elements() == 1) continue;
    refuse("input " + std::to_string(k) + ", an end of a range, must be a scalar, not of shape " +
           to_string(c.input(k).shape()));
  }
  return {c.input(i).item<float>(), c.input(i + 1).item<float>()};
}

void set_range(KernelContext& c, int i, FloatRange range) {
  c.set_output(i, Tensor::scalar(range.min));
  c.set_output(i + 1, Tensor::scalar(range.max));
}

void scalars_beside(ShapeContext& c, int begin) {
  for (int i = begin; i < c.num_inputs(); ++i) with_rank(c.input(i), 0);
  for (int i = 1; i < static_cast<int>(c.outputs().size()); ++i) c.set_output(i, Shape());
}

void for_numbers(const KernelContext& c, std::int64_t count,
                 const std::function<void(std::int64_t, std::int64_t)>& function) {
  constexpr std::int64_t kGrain = 1 << 14;
  if (count > 0) c.threads().parallel_for(count, kGrain, function);
}

}  // namespace icecore::inline v0
