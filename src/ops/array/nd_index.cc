#include "ops/array/nd_index.h"

#include <string>

#include "ops/array/arguments.h"

namespace icecore::inline v0 {
namespace {

template <typename Index>
std::vector<std::int64_t> places_of(const Tensor& indices, const Shape& shape, std::int64_t rows,
                                    std::int64_t depth, std::string_view what) {
  const Index* index = indices.values<Index>().data();
  std::vector<std::int64_t> places(static_cast<std::size_t>(rows));
  for (std::int64_t row = 0; row < rows; ++row, index += depth) {
    std::int64_t place = 0;
    for (int d = 0; d < depth; ++d) {
      if (index[d] < 0 || index[d] >= shape.dim(d)) {
        std::vector<std::int64_t> where(static_cast<std::size_t>(indices.shape().rank() - 1));
        std::int64_t rest = row;
        for (std::size_t i = where.size(); i-- > 0;) {
          where[i] = rest % indices.shape().dim(static_cast<int>(i));
          rest /= indices.shape().dim(static_cast<int>(i));
        }
        refuse("indices" + (where.empty() ? "" : join_ints(where)) + " = " +
               join_ints({index, index + depth}, ", ") + " does not index into " +
               std::string(what) + " " + to_string(shape));
      }
      place = place * shape.dim(d) + static_cast<std::int64_t>(index[d]);
    }
    places[static_cast<std::size_t>(row)] = place;
  }
  return places;
}

}  // namespace

std::vector<std::int64_t> nd_places(const Tensor& indices, const Shape& shape, std::int64_t rows,
                                    std::int64_t depth, std::string_view what) {
  return indices.dtype() == DType::kInt64
             ? places_of<std::int64_t>(indices, shape, rows, depth, what)
             : places_of<std::int32_t>(indices, shape, rows, depth, what);
}

}  // namespace icecore::inline v0
