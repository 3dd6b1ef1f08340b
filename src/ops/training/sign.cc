// ApplyAddSign, ApplyPowerSign: by whether gradient and momentum agree.
#include "ops/training/training_ops.h"
#include "ops/training/update_rule.h"

namespace icecore::inline v0 {
namespace {

template <typename T>
T sign_of(T x) {
  return T((x > T(0)) - (x < T(0)));
}

// scalars: lr, alpha, sign_decay, beta.
template <typename T>
struct AddSign {
  static constexpr std::size_t kVariables = 2;
  AddSign(std::span<const T> scalars, const NodeInfo&)
      : lr(scalars[0]), alpha(scalars[1]), sign_decay(scalars[2]), beta(scalars[3]) {}
  void operator()(T& var, T& m, T grad) const {
    m = m * beta + grad * (T(1) - beta);
    var -= lr * (alpha + sign_decay * (sign_of(grad) * sign_of(m))) * grad;
  }
  T lr, alpha, sign_decay, beta;
};

// scalars: lr, logbase, sign_decay, beta.
template <typename T>
struct PowerSign {
  static constexpr std::size_t kVariables = 2;
  PowerSign(std::span<const T> scalars, const NodeInfo&)
      : lr(scalars[0]), logbase(scalars[1]), sign_decay(scalars[2]), beta(scalars[3]) {}
  void operator()(T& var, T& m, T grad) const {
    m = m * beta + grad * (T(1) - beta);
    var -= lr * Eigen::numext::exp(logbase * sign_decay * (sign_of(grad) * sign_of(m))) * grad;
  }
  T lr, logbase, sign_decay, beta;
};

}  // namespace

const OpImplementation apply_add_sign_op = update_op<AddSign>("ApplyAddSign");
const OpImplementation resource_apply_add_sign_op = update_op<AddSign>("ResourceApplyAddSign");
const OpImplementation apply_power_sign_op = update_op<PowerSign>("ApplyPowerSign");
const OpImplementation resource_apply_power_sign_op =
    update_op<PowerSign>("ResourceApplyPowerSign");

}  // namespace icecore::inline v0
