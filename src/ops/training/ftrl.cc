// ApplyFtrl, ApplyFtrlV2.
#include "ops/training/training_ops.h"
#include "ops/training/update_rule.h"

namespace icecore::inline v0 {
namespace {

// What both have in common. `shrunk` is the gradient with what l2_shrinkage adds to it.
template <typename T>
struct FtrlStep {
  T lr, l1, l2, lr_power;

  void check() const {
    check_rate(lr, l1, l2);
    check_scalar(lr_power <= T(0), "lr_power is not a non-positive scalar");
  }
  T root(T accum) const {
    return lr_power == T(-0.5) ? Eigen::numext::sqrt(accum)
                               : Eigen::numext::pow(accum, T(-lr_power));
  }
  void apply(T& var, T& accum, T& linear, T grad, T shrunk) const {
    const T new_accum = accum + grad * grad;
    const T new_root = root(new_accum);
    linear += shrunk - (new_root - root(accum)) / lr * var;
    const T size = linear < T(0) ? T(-linear) : linear;
    const T x = (linear < T(0) ? T(-l1) : l1) - linear;
    const T y = new_root / lr + T(2) * l2;
    var = size > l1 ? x / y : T(0);
    accum = new_accum;
  }
};

// scalars: lr, l1, l2, lr_power.
template <typename T>
struct Ftrl {
  static constexpr std::size_t kVariables = 3;
  Ftrl(std::span<const T> scalars, const NodeInfo&)
      : step{scalars[0], scalars[1], scalars[2], scalars[3]} {
    step.check();
  }
  void operator()(T& var, T& accum, T& linear, T grad) const {
    step.apply(var, accum, linear, grad, grad);
  }
  FtrlStep<T> step;
};

// scalars: lr, l1, l2, l2_shrinkage, lr_power.
template <typename T>
struct FtrlV2 {
  static constexpr std::size_t kVariables = 3;
  FtrlV2(std::span<const T> scalars, const NodeInfo&)
      : step{scalars[0], scalars[1], scalars[2], scalars[4]}, l2_shrinkage(scalars[3]) {
    step.check();
    check_scalar(l2_shrinkage >= T(0),
                 "l2 shrinkage regularization strength is not a non-negative scalar");
  }
  void operator()(T& var, T& accum, T& linear, T grad) const {
    step.apply(var, accum, linear, grad, grad + T(2) * l2_shrinkage * var);
  }
  FtrlStep<T> step;
  T l2_shrinkage;
};

}  // namespace

const OpImplementation apply_ftrl_op = update_op<Ftrl>("ApplyFtrl");
const OpImplementation resource_apply_ftrl_op = update_op<Ftrl>("ResourceApplyFtrl");
const OpImplementation sparse_apply_ftrl_op = update_op<Ftrl>("SparseApplyFtrl");
const OpImplementation resource_sparse_apply_ftrl_op = update_op<Ftrl>("ResourceSparseApplyFtrl");
const OpImplementation apply_ftrl_v2_op = update_op<FtrlV2>("ApplyFtrlV2");
const OpImplementation resource_apply_ftrl_v2_op = update_op<FtrlV2>("ResourceApplyFtrlV2");
const OpImplementation sparse_apply_ftrl_v2_op = update_op<FtrlV2>("SparseApplyFtrlV2");
const OpImplementation resource_sparse_apply_ftrl_v2_op =
    update_op<FtrlV2>("ResourceSparseApplyFtrlV2");

}  // namespace icecore::inline v0
