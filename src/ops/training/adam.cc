// ApplyAdam, ApplyAdamWithAmsgrad, ApplyAdaMax.
#include "ops/training/training_ops.h"
#include "ops/training/update_rule.h"

namespace icecore::inline v0 {
namespace {

// scalars: beta1_power, beta2_power, lr, beta1, beta2, epsilon.
template <typename T>
struct Adam {
  static constexpr std::size_t kVariables = 3;
  Adam(std::span<const T> scalars, const NodeInfo& node)
      : alpha(scalars[2] * Eigen::numext::sqrt(T(1) - scalars[1]) / (T(1) - scalars[0])),
        beta1(scalars[3]),
        one_minus_beta1(T(1) - scalars[3]),
        one_minus_beta2(T(1) - scalars[4]),
        epsilon(scalars[5]),
        nesterov(node.bool_attr("use_nesterov")) {}
  void operator()(T& var, T& m, T& v, T grad) const {
    m += (grad - m) * one_minus_beta1;
    v += (grad * grad - v) * one_minus_beta2;
    const T step = nesterov ? grad * one_minus_beta1 + beta1 * m : m;
    var -= (step * alpha) / (Eigen::numext::sqrt(v) + epsilon);
  }
  T alpha, beta1, one_minus_beta1, one_minus_beta2, epsilon;
  bool nesterov;
};

// The same, but by the largest v so far.
template <typename T>
struct AdamWithAmsgrad {
  static constexpr std::size_t kVariables = 4;
  AdamWithAmsgrad(std::span<const T> scalars, const NodeInfo&)
      : alpha(scalars[2] * Eigen::numext::sqrt(T(1) - scalars[1]) / (T(1) - scalars[0])),
        one_minus_beta1(T(1) - scalars[3]),
        one_minus_beta2(T(1) - scalars[4]),
        epsilon(scalars[5]) {}
  void operator()(T& var, T& m, T& v, T& vhat, T grad) const {
    m += (grad - m) * one_minus_beta1;
    v += (grad * grad - v) * one_minus_beta2;
    vhat = vhat < v ? v : vhat;
    var -= (m * alpha) / (Eigen::numext::sqrt(vhat) + epsilon);
  }
  T alpha, one_minus_beta1, one_minus_beta2, epsilon;
};

// scalars: beta1_power, lr, beta1, beta2, epsilon.
template <typename T>
struct AdaMax {
  static constexpr std::size_t kVariables = 3;
  AdaMax(std::span<const T> scalars, const NodeInfo&)
      : rate(scalars[1] / (T(1) - scalars[0])),
        one_minus_beta1(T(1) - scalars[2]),
        beta2(scalars[3]),
        epsilon(scalars[4]) {}
  void operator()(T& var, T& m, T& v, T grad) const {
    m += (grad - m) * one_minus_beta1;
    const T size = grad < T(0) ? T(-grad) : grad;
    const T decayed = beta2 * v;
    v = decayed < size ? size : decayed;
    var -= rate * (m / (v + epsilon));
  }
  T rate, one_minus_beta1, beta2, epsilon;
};

}  // namespace

const OpImplementation apply_adam_op = update_op<Adam>("ApplyAdam");
const OpImplementation resource_apply_adam_op = update_op<Adam>("ResourceApplyAdam");
const OpImplementation resource_apply_adam_with_amsgrad_op =
    update_op<AdamWithAmsgrad>("ResourceApplyAdamWithAmsgrad");
const OpImplementation apply_ada_max_op = update_op<AdaMax>("ApplyAdaMax");
const OpImplementation resource_apply_ada_max_op = update_op<AdaMax>("ResourceApplyAdaMax");

}  // namespace icecore::inline v0
