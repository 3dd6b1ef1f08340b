#include "ops/array/nd_index.h"

#include <icecore/error.h>
#include <icecore/shape_context.h>

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
    std::uint64_t place = 0;  // Of a shape without elements it may wrap around.
    for (int d = 0; d < depth; ++d) {
      if (index[d] < 0 || index[d] >= shape.dim(d)) {
        const auto where = index_of_element(row, part_of_shape(indices.shape(), 0, -1));
        refuse("indices" + (where.empty() ? "" : join_ints(where)) + " = " +
               join_ints({index, index + depth}, ", ") + " does not index into " +
               std::string(what) + " " + to_string(shape));
      }
      place =
          place * static_cast<std::uint64_t>(shape.dim(d)) + static_cast<std::uint64_t>(index[d]);
    }
    places[static_cast<std::size_t>(row)] = static_cast<std::int64_t>(place);
  }
  return places;
}

}  // namespace

std::vector<std::int64_t> index_of_element(std::int64_t element, const Shape& shape) {
  std::vector<std::int64_t> index(static_cast<std::size_t>(shape.rank()));
  for (int d = shape.rank(); d-- > 0;) {
    index[static_cast<std::size_t>(d)] = element % shape.dim(d);
    element /= shape.dim(d);
  }
  return index;
}

void set_gather_nd_shape(ShapeContext& c, const Shape& params) {
  const Shape& indices = with_rank_at_least(c.input(1), 1);
  if (!params.has_rank() || !indices.has_rank()) return;
  const std::int64_t depth = indices.dim(indices.rank() - 1);
  if (depth < 0) return;
  if (depth > params.rank()) {
    refuse_shape("indices.shape[-1] must be <= params.rank, but saw indices shape: " +
                 to_string(indices) + " and params shape: " + to_string(params));
  }
  c.set_output(0, join_shapes(part_of_shape(indices, 0, -1), part_of_shape(params, depth)));
}

std::vector<std::int64_t> nd_places(const Tensor& indices, const Shape& shape, std::int64_t rows,
                                    std::int64_t depth, std::string_view what) {
  // Without an index all rows mean the whole tensor. Where that has no elements, the rows may be
  // more than memory holds places.
  if (depth == 0 && shape.num_elements() == 0) return {};
  return indices.dtype() == DType::kInt64
             ? places_of<std::int64_t>(indices, shape, rows, depth, what)
             : places_of<std::int32_t>(indices, shape, rows, depth, what);
}

NdSlices check_nd_run(const Shape& shape, const Shape& indices_shape, const Shape& updates_shape) {
  if (indices_shape.rank() == 0) {
    refuse("Indices shape must have rank at least one. Found:" + to_string(indices_shape));
  }
  if (updates_shape.rank() == 0) {
    refuse("Updates shape must have rank at least one. Found:" + to_string(updates_shape));
  }
  const int outer = indices_shape.rank() - 1;
  for (int d = 0; d < outer; ++d) {
    if (d >= updates_shape.rank() || indices_shape.dim(d) != updates_shape.dim(d)) {
      refuse("Outer dimensions of indices and update must match. Indices shape: " +
             to_string(indices_shape) + ", updates shape:" + to_string(updates_shape));
    }
  }
  const std::int64_t depth = indices_shape.dim(outer);
  if (updates_shape.rank() - outer != shape.rank() - depth) {
    refuse(
        "Inner dimensions of output shape must match inner dimensions of updates shape. "
        "Output: " +
        to_string(shape) + " updates: " + to_string(updates_shape));
  }
  for (int d = outer; d < updates_shape.rank(); ++d) {
    if (updates_shape.dim(d) != shape.dim(static_cast<int>(depth) + d - outer)) {
      refuse("The inner " + std::to_string(shape.rank() - depth) +
             " dimensions of output.shape=" + to_string(shape) + " must match the inner " +
             std::to_string(updates_shape.rank() - outer) +
             " dimensions of updates.shape=" + to_string(updates_shape));
    }
  }
  return {count_elements(indices_shape, 0, outer), depth,
          count_elements(shape, static_cast<int>(depth), shape.rank())};
}

void check_nd_updates(const Shape& target, const Shape& indices, const Shape& updates) {
  with_rank_at_least(indices, 1);
  if (!indices.has_rank() || !updates.has_rank()) return;
  const int outer = indices.rank() - 1;
  const std::int64_t depth = indices.dim(outer);
  if (depth < 0) return;
  try {
    merge_shapes(part_of_shape(indices, 0, outer), part_of_shape(updates, 0, outer));
  } catch (const Error& error) {
    refuse_shape("The outer " + std::to_string(outer) + " dimensions of indices.shape=" +
                 to_string(indices) + " must match the outer " + std::to_string(outer) +
                 " dimensions of updates.shape=" + to_string(updates) + ": " + error.message());
  }
  if (!target.has_rank()) return;
  try {
    merge_shapes(part_of_shape(target, depth), part_of_shape(updates, outer));
  } catch (const Error& error) {
    refuse_shape("The inner " + std::to_string(target.rank() - depth) +
                 " dimensions of input.shape=" + to_string(target) + " must match the inner " +
                 std::to_string(updates.rank() - outer) +
                 " dimensions of updates.shape=" + to_string(updates) + ": " + error.message());
  }
}

}  // namespace icecore::inline v0
