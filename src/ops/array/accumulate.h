// Adding up where array ops meet the same element twice.
#pragma once

#include <icecore/tensor.h>

#include <cstdint>
#include <span>

#include "ops/array/box_copy.h"

namespace icecore::inline v0 {

// to[places[i]] += from[i], where both count rows of `inner` elements. Strings are appended, bools
// joined by or. UNIMPLEMENTED where the dtype can't be added.
void add_rows(const Tensor& from, Tensor& to, std::span<const std::int64_t> places,
              std::int64_t inner);

// The same of a box: to += from.
void add_box(const Tensor& from, Tensor& to, const Box& box);

}  // namespace icecore::inline v0
