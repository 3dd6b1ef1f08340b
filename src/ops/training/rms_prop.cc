// ApplyRMSProp, ApplyCenteredRMSProp.
#include "ops/training/training_ops.h"
#include "ops/training/update_rule.h"

namespace icecore::inline v0 {
namespace {

// scalars: lr, rho, momentum, epsilon.
template <typename T>
struct RmsPropScalars {
  explicit RmsPropScalars(std::span<const T> scalars)
      : lr(scalars[0]),
        rho(scalars[1]),
        one_minus_rho(T(1) - scalars[1]),
        momentum(scalars[2]),
        epsilon(scalars[3]) {}
  T lr, rho, one_minus_rho, momentum, epsilon;
};

template <typename T>
struct RmsProp : RmsPropScalars<T> {
  static constexpr std::size_t kVariables = 3;
  RmsProp(std::span<const T> scalars, const NodeInfo&) : RmsPropScalars<T>(scalars) {}
  void operator()(T& var, T& ms, T& mom, T grad) const {
    ms += (grad * grad - ms) * this->one_minus_rho;
    mom = mom * this->momentum + (grad * this->lr) / Eigen::numext::sqrt(ms + this->epsilon);
    var -= mom;
  }
};

// TensorFlow's sparse ops take the moving averages in another form, which rounds otherwise.
template <typename T>
struct SparseRmsProp : RmsPropScalars<T> {
  static constexpr std::size_t kVariables = 3;
  SparseRmsProp(std::span<const T> scalars, const NodeInfo&) : RmsPropScalars<T>(scalars) {}
  void operator()(T& var, T& ms, T& mom, T grad) const {
    ms = ms * this->rho + grad * grad * this->one_minus_rho;
    mom = mom * this->momentum + (T(1) / Eigen::numext::sqrt(ms + this->epsilon)) * this->lr * grad;
    var -= mom;
  }
};

template <typename T>
struct CenteredRmsProp : RmsPropScalars<T> {
  static constexpr std::size_t kVariables = 4;
  CenteredRmsProp(std::span<const T> scalars, const NodeInfo&) : RmsPropScalars<T>(scalars) {}
  void operator()(T& var, T& mg, T& ms, T& mom, T grad) const {
    ms += (grad * grad - ms) * this->one_minus_rho;
    mg += (grad - mg) * this->one_minus_rho;
    const T spread = (ms - mg * mg) + this->epsilon;
    mom = mom * this->momentum + (grad * this->lr) / Eigen::numext::sqrt(spread);
    var -= mom;
  }
};

template <typename T>
struct SparseCenteredRmsProp : RmsPropScalars<T> {
  static constexpr std::size_t kVariables = 4;
  SparseCenteredRmsProp(std::span<const T> scalars, const NodeInfo&) : RmsPropScalars<T>(scalars) {}
  void operator()(T& var, T& mg, T& ms, T& mom, T grad) const {
    ms = ms * this->rho + grad * grad * this->one_minus_rho;
    mg = mg * this->rho + grad * this->one_minus_rho;
    const T spread = (ms + this->epsilon) - mg * mg;
    mom = mom * this->momentum + (T(1) / Eigen::numext::sqrt(spread)) * this->lr * grad;
    var -= mom;
  }
};

}  // namespace

const OpImplementation apply_rms_prop_op = update_op<RmsProp>("ApplyRMSProp");
const OpImplementation resource_apply_rms_prop_op = update_op<RmsProp>("ResourceApplyRMSProp");
const OpImplementation sparse_apply_rms_prop_op = update_op<SparseRmsProp>("SparseApplyRMSProp");
const OpImplementation resource_sparse_apply_rms_prop_op =
    update_op<SparseRmsProp>("ResourceSparseApplyRMSProp");
const OpImplementation apply_centered_rms_prop_op =
    update_op<CenteredRmsProp>("ApplyCenteredRMSProp");
const OpImplementation resource_apply_centered_rms_prop_op =
    update_op<CenteredRmsProp>("ResourceApplyCenteredRMSProp");
const OpImplementation sparse_apply_centered_rms_prop_op =
    update_op<SparseCenteredRmsProp>("SparseApplyCenteredRMSProp");
const OpImplementation resource_sparse_apply_centered_rms_prop_op =
    update_op<SparseCenteredRmsProp>("ResourceSparseApplyCenteredRMSProp");

}  // namespace icecore::inline v0
