// From serialized messages to tensors.
#pragma once

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable parsing_ops();

// parse_example.cc
void parse_example_shape(ShapeContext&);
void parse_single_example_shape(ShapeContext&);
Kernel parse_example_kernel(const NodeInfo&);
Kernel parse_single_example_kernel(const NodeInfo&);

}  // namespace icecore::inline v0
