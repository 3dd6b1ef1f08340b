#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <cmath>

#include "base/half.h"
#include "ops/core/core_ops.h"
#include "ops/core/print_values.h"

namespace icecore::inline v0 {
namespace {

struct Found {
  bool infinity = false, nan = false;
};

template <typename T, typename Widen>
Found look(const Tensor& tensor, Widen widen) {
  Found found;
  for (const T value : tensor.values<T>()) {
    const auto wide = widen(value);
    found.infinity = found.infinity || std::isinf(wide);
    found.nan = found.nan || std::isnan(wide);
  }
  return found;
}

Found look(const Tensor& tensor) {
  switch (tensor.dtype()) {
    case DType::kFloat32:
      return look<float>(tensor, [](float value) { return value; });
    case DType::kFloat64:
      return look<double>(tensor, [](double value) { return value; });
    case DType::kFloat16:
      return look<std::uint16_t>(tensor, [](std::uint16_t bits) { return half_to_float(bits); });
    case DType::kBFloat16:
      return look<std::uint16_t>(tensor,
                                 [](std::uint16_t bits) { return bfloat16_to_float(bits); });
    default:
      return {};
  }
}

Kernel check_numerics_kernel(const NodeInfo& node) {
  return Kernel([message = node.string_attr("message")](KernelContext& c) {
    const Found found = look(c.input(0));
    if (found.infinity || found.nan) {
      const char* what = found.infinity && found.nan ? "Inf and NaN"
                         : found.infinity            ? "Inf"
                                                     : "NaN";
      throw Error(Code::kInvalidArgument, message + " : Tensor had " + what + " values");
    }
    c.set_output(0, c.take_input(0));
  });
}

void check_numerics_gradient(GradientContext& c) {
  const std::string message = std::get<std::string>(c.op().attr("message"));
  c.set(0, c.graph()
               .apply_op("CheckNumerics", {Input(c.gradient())},
                         {{"message",
                           "Not a number (NaN) or infinity (Inf) values detected in gradient. b'" +
                               message + "'"}})
               .output());
}

Kernel assert_kernel(const NodeInfo& node) {
  return Kernel([summarize = node.int_attr("summarize")](KernelContext& c) {
    const Tensor& condition = c.input(0);
    if (condition.shape().rank() != 0) {
      throw Error(Code::kInvalidArgument,
                  "In[0] should be a scalar: " + to_string(condition.shape()));
    }
    if (condition.values<bool>()[0]) return;
    std::string message = "assertion failed:";
    for (int i = 1; i < c.num_inputs(); ++i) {
      message += " [" + print_values(c.input(i), summarize) + "]";
    }
    throw Error(Code::kInvalidArgument, message);
  });
}

}  // namespace

const OpImplementation check_numerics_op = {
    "CheckNumerics",
    unchanged_shape,
    check_numerics_kernel,
    check_numerics_gradient,
    {DType::kFloat16, DType::kBFloat16, DType::kFloat32, DType::kFloat64}};
const OpImplementation assert_op = {"Assert", no_outputs, assert_kernel, not_differentiable};

}  // namespace icecore::inline v0
