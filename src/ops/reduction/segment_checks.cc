#include "ops/reduction/segment_checks.h"

#include <string>

#include "ops/array/arguments.h"

namespace icecore::inline v0 {

std::int64_t count_segments(const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return 0;
  const std::int64_t count = add_sizes(ids.back(), 1);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0 && ids[i] < ids[i - 1]) refuse("segment ids are not increasing");
    if (ids[i] < 0) {
      refuse("Segment id " + std::to_string(ids[i]) + " out of range [0, " + std::to_string(count) +
             "), possibly because 'segment_ids' input is not sorted.");
    }
  }
  return count;
}

Shape with_rows(const Shape& data, std::int64_t rows) {
  return join_shapes(Shape{rows}, part_of_shape(data, 1));
}

std::int64_t row_width(const Shape& data) {
  std::int64_t width = 1;
  for (int i = 1; i < data.rank(); ++i) width = multiply_sizes(width, data.dim(i));
  return width;
}

}  // namespace icecore::inline v0
