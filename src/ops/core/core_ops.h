// Values that come from outside or go through: constants, placeholders, identities, checks,
// functions of the program.
#pragma once

#include <icecore/export.h>
#include <icecore/node_info.h>
#include <icecore/op_set.h>

#include <string>

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable core_ops();

// What is said where a placeholder isn't fed: TensorFlow's sentence.
ICECORE_API std::string unfed_placeholder(const NodeInfo& node);

// Each stands in the file that is named after it or its kin.
extern const OpImplementation const_op;  // const.cc
extern const OpImplementation placeholder_op, placeholder_v2_op, placeholder_with_default_op;
extern const OpImplementation identity_op, identity_n_op, ref_identity_op, snapshot_op,
    stop_gradient_op, prevent_gradient_op;                                         // identity.cc
extern const OpImplementation check_numerics_op, assert_op;                        // check.cc
extern const OpImplementation print_op, print_v2_op;                               // print.cc
extern const OpImplementation py_func_op, py_func_stateless_op, eager_py_func_op;  // py_func.cc

}  // namespace icecore::inline v0
