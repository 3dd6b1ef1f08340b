#include "ops/strided/element_row.h"

#include <algorithm>
#include <cstdint>

namespace icecore::inline v0 {
namespace {

bool is_short_float(DType dtype) {
  return dtype == DType::kFloat16 || dtype == DType::kBFloat16;
}

// Roughly, in additions.
int cost_of(RowOp op) {
  switch (op) {
    case RowOp::kDiv:
    case RowOp::kDivNoNan:
    case RowOp::kSqrt:
    case RowOp::kRsqrt:
    case RowOp::kReciprocal:
    case RowOp::kSoftsign:
    case RowOp::kSoftsignGrad:
      return 3;
    case RowOp::kIntDiv:
    case RowOp::kIntMod:
    case RowOp::kFloorDiv:
    case RowOp::kFloorMod:
    case RowOp::kExp:
    case RowOp::kLog:
    case RowOp::kTanh:
    case RowOp::kSigmoid:
    case RowOp::kSelu:
    case RowOp::kSoftplus:
    case RowOp::kSoftplusGrad:
      return 8;
    case RowOp::kMod:
    case RowOp::kPow:
    case RowOp::kAtan2:
    case RowOp::kExpm1:
    case RowOp::kLog1p:
    case RowOp::kSin:
    case RowOp::kCos:
    case RowOp::kTan:
    case RowOp::kAsin:
    case RowOp::kAcos:
    case RowOp::kAtan:
    case RowOp::kSinh:
    case RowOp::kCosh:
    case RowOp::kAsinh:
    case RowOp::kAcosh:
    case RowOp::kAtanh:
    case RowOp::kErf:
    case RowOp::kErfc:
    case RowOp::kLgamma:
    case RowOp::kDigamma:
      return 40;
    default:
      return 1;
  }
}

constexpr std::int64_t kPiece = 512;

struct ShortFloat {
  RowFunction compute, widen, narrow;
  const void* parameter;
};

// A row of half or bfloat16 by one of float32.
void short_float_row(const Row& row) {
  const ShortFloat& how = *static_cast<const ShortFloat*>(row.parameter);
  alignas(64) float in[kMaxRowInputs][kPiece];
  alignas(64) float out[kPiece];
  for (std::int64_t begin = 0; begin < row.count; begin += kPiece) {
    Row wide = {};
    wide.count = std::min(kPiece, row.count - begin);
    wide.parameter = how.parameter;
    for (int i = 0; i < kMaxRowInputs && row.in[i] != nullptr; ++i) {
      wide.in[i] = reinterpret_cast<const std::byte*>(in[i]);
      wide.in_stride[i] = row.in_stride[i] == 0 ? 0 : std::ptrdiff_t{sizeof(float)};
      if (row.in_stride[i] == 0 && begin != 0) continue;  // Widened before.
      Row widening = {};
      widening.out = reinterpret_cast<std::byte*>(in[i]);
      widening.out_stride = sizeof(float);
      widening.in[0] = row.in[i] + begin * row.in_stride[i];
      widening.in_stride[0] = sizeof(std::uint16_t);
      widening.count = row.in_stride[i] == 0 ? 1 : wide.count;
      how.widen(widening);
    }
    if (how.narrow == nullptr) {
      wide.out = row.out + begin;
      wide.out_stride = 1;
      how.compute(wide);
      continue;
    }
    wide.out = reinterpret_cast<std::byte*>(out);
    wide.out_stride = sizeof(float);
    how.compute(wide);
    Row narrowing = {};
    narrowing.out = row.out + begin * std::ptrdiff_t{sizeof(std::uint16_t)};
    narrowing.out_stride = sizeof(std::uint16_t);
    narrowing.in[0] = wide.out;
    narrowing.in_stride[0] = sizeof(float);
    narrowing.count = wide.count;
    how.narrow(narrowing);
  }
}

}  // namespace

bool gives_bool(RowOp op) {
  switch (op) {
    case RowOp::kEqual:
    case RowOp::kNotEqual:
    case RowOp::kLess:
    case RowOp::kLessEqual:
    case RowOp::kGreater:
    case RowOp::kGreaterEqual:
    case RowOp::kLogicalNot:
    case RowOp::kIsNan:
    case RowOp::kIsInf:
    case RowOp::kIsFinite:
      return true;
    default:
      return false;
  }
}

ElementRow::ElementRow(RowOp op, DType dtype) : cost_(cost_of(op)) {
  if (!is_short_float(dtype)) {
    compute_ = find_row(op, dtype);
    return;
  }
  compute_ = find_row(op, DType::kFloat32);
  widen_ = find_cast_row(dtype, DType::kFloat32);
  if (!gives_bool(op)) narrow_ = find_cast_row(DType::kFloat32, dtype);
}

void ElementRow::run(const StridedLoop& loop, ThreadPool& threads, std::byte* out,
                     std::span<const std::byte* const> in, const void* parameter) const {
  if (widen_ == nullptr) {
    loop.run(threads, cost_, out, in, compute_, parameter);
    return;
  }
  const ShortFloat how = {compute_, widen_, narrow_, parameter};
  loop.run(threads, cost_, out, in, short_float_row, &how);
}

void ElementRow::walk(const StridedLoop& loop, std::int64_t begin, std::int64_t end, std::byte* out,
                      std::span<const std::byte* const> in, const void* parameter) const {
  if (widen_ == nullptr) {
    loop.walk(begin, end, out, in, compute_, parameter);
    return;
  }
  const ShortFloat how = {compute_, widen_, narrow_, parameter};
  loop.walk(begin, end, out, in, short_float_row, &how);
}

}  // namespace icecore::inline v0
