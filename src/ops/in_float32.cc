#include "ops/in_float32.h"

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/thread_pool.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kGrain = 1 << 14;

template <typename From, typename To>
void convert(const KernelContext& context, const Tensor& from, Tensor& to) {
  const auto* source = reinterpret_cast<const From*>(from.bytes().data());
  auto* target = reinterpret_cast<To*>(to.mutable_bytes().data());
  context.threads().parallel_for(from.num_elements(), kGrain,
                                 [&](std::int64_t begin, std::int64_t end) {
                                   for (std::int64_t i = begin; i < end; ++i)
                                     target[i] = static_cast<To>(source[i]);
                                 });
}

}  // namespace

Tensor to_float32(const KernelContext& context, const Tensor& tensor) {
  if (!is_short_float(tensor.dtype())) return tensor;
  Tensor wide = context.allocate(DType::kFloat32, tensor.shape());
  if (tensor.dtype() == DType::kFloat16) {
    convert<Eigen::half, float>(context, tensor, wide);
  } else {
    convert<Eigen::bfloat16, float>(context, tensor, wide);
  }
  return wide;
}

Tensor from_float32(const KernelContext& context, const Tensor& tensor, DType dtype) {
  if (!is_short_float(dtype) || tensor.dtype() != DType::kFloat32) return tensor;
  Tensor narrow = context.allocate(dtype, tensor.shape());
  if (dtype == DType::kFloat16) {
    convert<float, Eigen::half>(context, tensor, narrow);
  } else {
    convert<float, Eigen::bfloat16>(context, tensor, narrow);
  }
  return narrow;
}

namespace {

bool has_short_floats(const KernelContext& context) {
  for (int i = 0; i < context.num_inputs(); ++i) {
    if (is_short_float(context.input(i).dtype())) return true;
  }
  return std::ranges::any_of(context.node().outputs(),
                             [](const auto& output) { return is_short_float(output.dtype); });
}

}  // namespace

Kernel in_float32(Kernel kernel) {
  Kernel wrapped;
  wrapped.serial = kernel.serial;
  wrapped.compute = [compute = std::move(kernel.compute)](KernelContext& context) {
    if (!has_short_floats(context)) {
      compute(context);
      return;
    }
    std::vector<Value> inputs(static_cast<std::size_t>(context.num_inputs()));
    for (int i = 0; i < context.num_inputs(); ++i) {
      inputs[static_cast<std::size_t>(i)] = {to_float32(context, context.input(i)), nullptr, true};
    }
    std::vector<Value> outputs(context.outputs().size());
    KernelContext wide(context.node(), inputs, outputs, context.services());
    compute(wide);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      if (!outputs[i].present) continue;
      context.set_output(static_cast<int>(i), from_float32(context, outputs[i].tensor,
                                                           context.node().outputs()[i].dtype));
    }
  };
  return wrapped;
}

}  // namespace icecore::inline v0
