// Random numbers: TensorFlow's, bit for bit.
#pragma once

#include <icecore/op_set.h>

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable random_ops();

// Each stands in the file that is named after it or its kin.
extern const OpImplementation accidental_hits_op;  // accidental_hits.cc
extern const OpImplementation log_uniform_candidate_sampler_op,
    uniform_candidate_sampler_op;                                        // candidate_sampler.cc
extern const OpImplementation multinomial_op, stateless_multinomial_op;  // multinomial.cc
extern const OpImplementation random_standard_normal_op, truncated_normal_op,
    stateless_random_normal_op, stateless_truncated_normal_op;  // normal.cc
extern const OpImplementation random_shuffle_op;                // shuffle.cc
extern const OpImplementation random_uniform_op, random_uniform_int_op, stateless_random_uniform_op,
    stateless_random_uniform_int_op;  // uniform.cc

}  // namespace icecore::inline v0
