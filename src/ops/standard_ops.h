// The tables of all families of ops.
#pragma once

#include <icecore/op_set.h>

#include <span>

namespace icecore::inline v0 {

// One function a family, at the end of FAMILY/FAMILY_ops.cc, whose table has one line an op.
using OpTable = std::span<const OpImplementation>;

}  // namespace icecore::inline v0
