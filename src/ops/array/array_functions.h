// Functions of TensorFlow's array_ops.py that its gradient functions call and that icecore/array.h
// and icecore/math.h don't have: they add the same nodes under the same names.
#pragma once

#include <icecore/array.h>
#include <icecore/graph_builder.h>
#include <icecore/math.h>

#include <cstdint>
#include <vector>

#include "compose/nodes.h"

namespace icecore::inline v0 {

Output expand_dims(GraphBuilder& graph, const Output& x, std::int64_t axis);
Output transpose(GraphBuilder& graph, const Output& x, const Input& permutation,
                 bool conjugate = false);
Output gather(GraphBuilder& graph, const Output& params, const Output& indices);

// A scalar: any value of floats, int32, int64 and complex numbers, else zero (strings: "") or one.
Tensor scalar_of(DType dtype, double value);

}  // namespace icecore::inline v0
