// The element-wise inner loops, by what they compute and on which dtype.
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>

#include <cstddef>

#include "ops/rows/row.h"

namespace icecore::inline v0 {

enum class RowOp {
  // Two inputs of one dtype, which is the output's.
  kAdd,
  kSub,
  kMul,
  kDiv,  // Of floats and complex; integers see below.
  kDivNoNan,
  kMulNoNan,
  kSquaredDifference,
  kMaximum,
  kMinimum,
  kBitwiseAnd,  // Also of bool.
  kBitwiseOr,
  kBitwiseXor,
  // Of integers; `parameter` is a DivisionFault.
  kIntDiv,
  kIntMod,
  // FloorDiv and FloorMod of floats, FloorDiv and FloorMod of integers (DivisionFault), fmod.
  kFloorDiv,
  kFloorMod,
  kMod,
  kPow,  // Integers: a negative exponent is a DivisionFault.
  kAtan2,
  // Gradients of the functions below, given (output, gradient).
  kSqrtGrad,
  kRsqrtGrad,
  kReciprocalGrad,
  kTanhGrad,
  kSigmoidGrad,
  // The same, given (gradient, input).
  kReluGrad,
  kRelu6Grad,
  kLeakyReluGrad,  // `parameter` is a float, alpha.
  kSeluGrad,       // (gradient, output).
  kSoftplusGrad,
  kSoftsignGrad,
  // Two inputs of one dtype, the output is bool.
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  // One input, output of its dtype.
  kNeg,
  kAbs,
  kSign,
  kSquare,
  kSqrt,
  kRsqrt,
  kReciprocal,
  kExp,
  kExpm1,
  kLog,
  kLog1p,
  kSin,
  kCos,
  kTan,
  kAsin,
  kAcos,
  kAtan,
  kSinh,
  kCosh,
  kTanh,
  kAsinh,
  kAcosh,
  kAtanh,
  kSigmoid,
  kErf,
  kErfc,
  kLgamma,
  kDigamma,
  kFloor,
  kCeil,
  kRint,  // Half to even.
  kInvert,
  kLogicalNot,
  kConj,
  kRelu,
  kRelu6,
  kLeakyRelu,  // `parameter` is a float, alpha.
  kSelu,
  kSoftplus,
  kSoftsign,
  // One input, the output is bool.
  kIsNan,
  kIsInf,
  kIsFinite,
  // Three inputs: value, smallest, largest.
  kClip,
};

// Null where there is none. Half and bfloat16 have none of their own: see
// ops/strided/element_row.h.
RowFunction find_row(RowOp op, DType dtype);

// From one dtype to another, as C converts; to bool: whether it isn't zero. Half and bfloat16 go to
// and from float32 only. Null where there is none.
RowFunction find_cast_row(DType from, DType to);

// Inputs: condition (bool), then, else; by the size of an element. Null for odd sizes.
RowFunction find_select_row(std::size_t element_size);

}  // namespace icecore::inline v0
