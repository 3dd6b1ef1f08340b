// What optimizers' nodes do: Apply… of a variable and its slots, by a gradient.
#pragma once

#include <icecore/op_set.h>

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable training_ops();

// Each stands in the file that is named after its rule: on references and on resources, of a dense
// gradient and (sparse) of rows of one.
extern const OpImplementation apply_adadelta_op, resource_apply_adadelta_op,
    sparse_apply_adadelta_op, resource_sparse_apply_adadelta_op;  // adadelta.cc
extern const OpImplementation apply_adagrad_op, resource_apply_adagrad_op, sparse_apply_adagrad_op,
    resource_sparse_apply_adagrad_op, apply_adagrad_v2_op, resource_apply_adagrad_v2_op,
    sparse_apply_adagrad_v2_op, resource_sparse_apply_adagrad_v2_op, apply_proximal_adagrad_op,
    resource_apply_proximal_adagrad_op, sparse_apply_proximal_adagrad_op,
    resource_sparse_apply_proximal_adagrad_op, apply_adagrad_da_op, resource_apply_adagrad_da_op,
    sparse_apply_adagrad_da_op, resource_sparse_apply_adagrad_da_op;  // adagrad.cc
extern const OpImplementation apply_adam_op, resource_apply_adam_op,
    resource_apply_adam_with_amsgrad_op, apply_ada_max_op, resource_apply_ada_max_op;  // adam.cc
extern const OpImplementation apply_ftrl_op, resource_apply_ftrl_op, sparse_apply_ftrl_op,
    resource_sparse_apply_ftrl_op, apply_ftrl_v2_op, resource_apply_ftrl_v2_op,
    sparse_apply_ftrl_v2_op, resource_sparse_apply_ftrl_v2_op;  // ftrl.cc
extern const OpImplementation apply_gradient_descent_op, resource_apply_gradient_descent_op,
    apply_proximal_gradient_descent_op, resource_apply_proximal_gradient_descent_op,
    sparse_apply_proximal_gradient_descent_op,
    resource_sparse_apply_proximal_gradient_descent_op;  // gradient_descent.cc
extern const OpImplementation apply_momentum_op, resource_apply_momentum_op,
    sparse_apply_momentum_op, resource_sparse_apply_momentum_op, resource_apply_keras_momentum_op,
    resource_sparse_apply_keras_momentum_op;  // momentum.cc
extern const OpImplementation apply_rms_prop_op, resource_apply_rms_prop_op,
    sparse_apply_rms_prop_op, resource_sparse_apply_rms_prop_op, apply_centered_rms_prop_op,
    resource_apply_centered_rms_prop_op, sparse_apply_centered_rms_prop_op,
    resource_sparse_apply_centered_rms_prop_op;  // rms_prop.cc
extern const OpImplementation apply_add_sign_op, resource_apply_add_sign_op, apply_power_sign_op,
    resource_apply_power_sign_op;  // sign.cc

}  // namespace icecore::inline v0
