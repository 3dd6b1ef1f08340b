// What segment ops have in common.
#pragma once

#include <icecore/shape_context.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <vector>

namespace icecore::inline v0 {

// How many rows of a result sorted segment ids ask for: the last of them and one. INVALID_ARGUMENT
// where they aren't sorted, or negative.
std::int64_t count_segments(const std::vector<std::int64_t>& ids);

// The data's shape with another first dimension.
Shape with_rows(const Shape& data, std::int64_t rows);

// The number of elements in a row.
std::int64_t row_width(const Shape& data);

}  // namespace icecore::inline v0
