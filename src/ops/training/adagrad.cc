// ApplyAdagrad, ApplyAdagradV2, ApplyProximalAdagrad, ApplyAdagradDA.
#include "ops/training/proximal.h"
#include "ops/training/training_ops.h"
#include "ops/training/update_rule.h"

namespace icecore::inline v0 {
namespace {

template <typename T>
struct Adagrad {
  static constexpr std::size_t kVariables = 2;
  Adagrad(std::span<const T> scalars, const NodeInfo& node)
      : lr(scalars[0]), update_slots(node.bool_attr("update_slots")) {}
  void operator()(T& var, T& accum, T grad) const {
    if (update_slots) accum += grad * grad;
    var -= grad * lr * (T(1) / Eigen::numext::sqrt(accum));
  }
  T lr;
  bool update_slots;
};

template <typename T>
struct AdagradV2 {
  static constexpr std::size_t kVariables = 2;
  AdagradV2(std::span<const T> scalars, const NodeInfo& node)
      : lr(scalars[0]), epsilon(scalars[1]), update_slots(node.bool_attr("update_slots")) {}
  void operator()(T& var, T& accum, T grad) const {
    if (update_slots) accum += grad * grad;
    var -= grad * lr / (Eigen::numext::sqrt(accum) + epsilon);
  }
  T lr, epsilon;
  bool update_slots;
};

template <typename T>
struct ProximalAdagrad {
  static constexpr std::size_t kVariables = 2;
  ProximalAdagrad(std::span<const T> scalars, const NodeInfo&)
      : lr(scalars[0]), l1(scalars[1]), l2(scalars[2]) {
    check_rate(lr, l1, l2);
  }
  void operator()(T& var, T& accum, T grad) const {
    accum += grad * grad;
    const T rate = lr * (T(1) / Eigen::numext::sqrt(accum));
    var = proximal_step<T>(var - grad * rate, rate, l1, l2);
  }
  T lr, l1, l2;
};

// Dual averaging: the variable follows from the sums alone. scalars: lr, l1, l2, global_step.
template <typename T>
struct AdagradDa {
  static constexpr std::size_t kVariables = 3;
  AdagradDa(std::span<const T> scalars, const NodeInfo&)
      : lr(scalars[0]),
        l1_sum(scalars[3] * scalars[1]),
        l2_sum(scalars[2] * (scalars[3] * scalars[0])) {}
  void operator()(T& var, T& sum, T& square_sum, T grad) const {
    sum += grad;
    square_sum += grad * grad;
    const T scale = l2_sum + Eigen::numext::sqrt(square_sum);
    T kept = sum;
    if (l1_sum > T(0)) {
      const T size = (sum < T(0) ? T(-sum) : sum) - l1_sum;
      kept = size > T(0) ? (sum < T(0) ? T(-size) : size) : T(0);
    }
    var = T(-lr) * kept / scale;
  }
  T lr, l1_sum, l2_sum;
};

}  // namespace

const OpImplementation apply_adagrad_op = update_op<Adagrad>("ApplyAdagrad");
const OpImplementation resource_apply_adagrad_op = update_op<Adagrad>("ResourceApplyAdagrad");
const OpImplementation sparse_apply_adagrad_op = update_op<Adagrad>("SparseApplyAdagrad");
const OpImplementation resource_sparse_apply_adagrad_op =
    update_op<Adagrad>("ResourceSparseApplyAdagrad");
const OpImplementation apply_adagrad_v2_op = update_op<AdagradV2>("ApplyAdagradV2");
const OpImplementation resource_apply_adagrad_v2_op =
    update_op<AdagradV2>("ResourceApplyAdagradV2");
const OpImplementation sparse_apply_adagrad_v2_op = update_op<AdagradV2>("SparseApplyAdagradV2");
const OpImplementation resource_sparse_apply_adagrad_v2_op =
    update_op<AdagradV2>("ResourceSparseApplyAdagradV2");
const OpImplementation apply_proximal_adagrad_op =
    update_op<ProximalAdagrad>("ApplyProximalAdagrad");
const OpImplementation resource_apply_proximal_adagrad_op =
    update_op<ProximalAdagrad>("ResourceApplyProximalAdagrad");
const OpImplementation sparse_apply_proximal_adagrad_op =
    update_op<ProximalAdagrad>("SparseApplyProximalAdagrad");
const OpImplementation resource_sparse_apply_proximal_adagrad_op =
    update_op<ProximalAdagrad>("ResourceSparseApplyProximalAdagrad");
const OpImplementation apply_adagrad_da_op = update_op<AdagradDa>("ApplyAdagradDA");
const OpImplementation resource_apply_adagrad_da_op =
    update_op<AdagradDa>("ResourceApplyAdagradDA");
const OpImplementation sparse_apply_adagrad_da_op = update_op<AdagradDa>("SparseApplyAdagradDA");
const OpImplementation resource_sparse_apply_adagrad_da_op =
    update_op<AdagradDa>("ResourceSparseApplyAdagradDA");

}  // namespace icecore::inline v0
