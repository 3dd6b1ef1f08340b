// ApplyAdadelta.
#include "ops/training/training_ops.h"
#include "ops/training/update_rule.h"

namespace icecore::inline v0 {
namespace {

// scalars: lr, rho, epsilon.
template <typename T>
struct Adadelta {
  static constexpr std::size_t kVariables = 3;
  Adadelta(std::span<const T> scalars, const NodeInfo&)
      : lr(scalars[0]), rho(scalars[1]), one_minus_rho(T(1) - scalars[1]), epsilon(scalars[2]) {}
  void operator()(T& var, T& accum, T& accum_update, T grad) const {
    accum = accum * rho + grad * grad * one_minus_rho;
    const T update = Eigen::numext::sqrt(accum_update + epsilon) *
                     (T(1) / Eigen::numext::sqrt(accum + epsilon)) * grad;
    var -= update * lr;
    accum_update = accum_update * rho + update * update * one_minus_rho;
  }
  T lr, rho, one_minus_rho, epsilon;
};

}  // namespace

const OpImplementation apply_adadelta_op = update_op<Adadelta>("ApplyAdadelta");
const OpImplementation resource_apply_adadelta_op = update_op<Adadelta>("ResourceApplyAdadelta");
const OpImplementation sparse_apply_adadelta_op = update_op<Adadelta>("SparseApplyAdadelta");
const OpImplementation resource_sparse_apply_adadelta_op =
    update_op<Adadelta>("ResourceSparseApplyAdadelta");

}  // namespace icecore::inline v0
