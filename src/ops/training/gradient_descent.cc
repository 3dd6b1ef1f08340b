// ApplyGradientDescent, ApplyProximalGradientDescent.
#include "ops/training/proximal.h"
#include "ops/training/training_ops.h"
#include "ops/training/update_rule.h"

namespace icecore::inline v0 {
namespace {

template <typename T>
struct GradientDescent {
  static constexpr std::size_t kVariables = 1;
  GradientDescent(std::span<const T> scalars, const NodeInfo&) : alpha(scalars[0]) {}
  void operator()(T& var, T grad) const { var -= grad * alpha; }
  T alpha;
};

template <typename T>
struct ProximalGradientDescent {
  static constexpr std::size_t kVariables = 1;
  ProximalGradientDescent(std::span<const T> scalars, const NodeInfo&)
      : alpha(scalars[0]), l1(scalars[1]), l2(scalars[2]) {}
  void operator()(T& var, T grad) const {
    var = proximal_step<T>(var - grad * alpha, alpha, l1, l2);
  }
  T alpha, l1, l2;
};

}  // namespace

const OpImplementation apply_gradient_descent_op =
    update_op<GradientDescent>("ApplyGradientDescent");
const OpImplementation resource_apply_gradient_descent_op =
    update_op<GradientDescent>("ResourceApplyGradientDescent");
const OpImplementation apply_proximal_gradient_descent_op =
    update_op<ProximalGradientDescent>("ApplyProximalGradientDescent");
const OpImplementation resource_apply_proximal_gradient_descent_op =
    update_op<ProximalGradientDescent>("ResourceApplyProximalGradientDescent");
const OpImplementation sparse_apply_proximal_gradient_descent_op =
    update_op<ProximalGradientDescent>("SparseApplyProximalGradientDescent");
const OpImplementation resource_sparse_apply_proximal_gradient_descent_op =
    update_op<ProximalGradientDescent>("ResourceSparseApplyProximalGradientDescent");

}  // namespace icecore::inline v0
