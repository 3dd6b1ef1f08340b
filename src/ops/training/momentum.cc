// ApplyMomentum, ApplyKerasMomentum.
#include "ops/training/training_ops.h"
#include "ops/training/update_rule.h"

namespace icecore::inline v0 {
namespace {

template <typename T>
struct Momentum {
  static constexpr std::size_t kVariables = 2;
  Momentum(std::span<const T> scalars, const NodeInfo& node)
      : lr(scalars[0]), momentum(scalars[1]), nesterov(node.bool_attr("use_nesterov")) {}
  void operator()(T& var, T& accum, T grad) const {
    accum = accum * momentum + grad;
    var -= nesterov ? grad * lr + accum * momentum * lr : accum * lr;
  }
  T lr, momentum;
  bool nesterov;
};

template <typename T>
struct KerasMomentum {
  static constexpr std::size_t kVariables = 2;
  KerasMomentum(std::span<const T> scalars, const NodeInfo& node)
      : lr(scalars[0]), momentum(scalars[1]), nesterov(node.bool_attr("use_nesterov")) {}
  void operator()(T& var, T& accum, T grad) const {
    accum = accum * momentum - grad * lr;
    var += nesterov ? accum * momentum - grad * lr : accum;
  }
  T lr, momentum;
  bool nesterov;
};

}  // namespace

const OpImplementation apply_momentum_op = update_op<Momentum>("ApplyMomentum");
const OpImplementation resource_apply_momentum_op = update_op<Momentum>("ResourceApplyMomentum");
const OpImplementation sparse_apply_momentum_op = update_op<Momentum>("SparseApplyMomentum");
const OpImplementation resource_sparse_apply_momentum_op =
    update_op<Momentum>("ResourceSparseApplyMomentum");
const OpImplementation resource_apply_keras_momentum_op =
    update_op<KerasMomentum>("ResourceApplyKerasMomentum");
const OpImplementation resource_sparse_apply_keras_momentum_op =
    update_op<KerasMomentum>("ResourceSparseApplyKerasMomentum");

}  // namespace icecore::inline v0
