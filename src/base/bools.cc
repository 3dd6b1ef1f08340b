#include "base/bools.h"

#include <algorithm>

namespace icecore::inline v0 {

Tensor with_normal_bools(Tensor tensor) {
  constexpr std::byte kTrue{1};
  if (tensor.dtype() != DType::kBool) return tensor;
  const auto is_normal = [](std::byte value) { return value <= kTrue; };
  if (std::ranges::all_of(tensor.bytes(), is_normal)) return tensor;
  Tensor normal(DType::kBool, tensor.shape());
  std::ranges::copy(tensor.bytes(), normal.mutable_bytes().begin());
  normalise_bools(normal.mutable_bytes());
  return normal;
}

}  // namespace icecore::inline v0
