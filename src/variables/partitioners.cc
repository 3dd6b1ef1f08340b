// Partitioners (partitioned_variables.py).
#include <icecore/variable.h>

#include <algorithm>
#include <cmath>

#include "graph/builder_data.h"

namespace icecore::inline v0 {
namespace {

// The dimension along the axis; ValueError where there is none, or the shape isn't known.
std::int64_t dim_along(const Shape& shape, int axis) {
  if (!shape.is_fully_defined()) {
    refuse_as(Misuse::kValue, "shape is not fully defined: " + to_string(shape));
  }
  if (axis < 0 || axis >= shape.rank()) {
    refuse_as(Misuse::kValue, "Can not partition variable along axis " + std::to_string(axis) +
                                  " when shape is only " + to_string(shape));
  }
  return shape.dim(axis);
}

std::vector<std::int64_t> partitions_along(const Shape& shape, int axis, std::int64_t count) {
  std::vector<std::int64_t> partitions(static_cast<std::size_t>(shape.rank()), 1);
  partitions[static_cast<std::size_t>(axis)] = count;
  return partitions;
}

double element_bytes(DType dtype, std::int64_t bytes_per_string_element) {
  return static_cast<double>(dtype == DType::kString
                                 ? bytes_per_string_element
                                 : static_cast<std::int64_t>(dtype_size(dtype)));
}

double elements(const Shape& shape) {
  double product = 1;
  for (const std::int64_t dim : shape.dims()) product *= static_cast<double>(dim);
  return product;
}

}  // namespace

Partitioner fixed_size_partitioner(std::int64_t num_shards, int axis) {
  return [=](const Shape& shape, DType) {
    return partitions_along(shape, axis, std::min(num_shards, dim_along(shape, axis)));
  };
}

Partitioner variable_axis_size_partitioner(std::int64_t max_shard_bytes, int axis,
                                           std::int64_t bytes_per_string_element,
                                           std::optional<std::int64_t> max_shards) {
  if (max_shard_bytes < 1 || bytes_per_string_element < 1) {
    refuse_as(Misuse::kValue,
              "Both max_shard_bytes and bytes_per_string_element must be positive.");
  }
  if (max_shards && *max_shards < 1) {
    refuse_as(Misuse::kValue, "max_shards must be positive.");
  }
  return [=](const Shape& shape, DType dtype) {
    const auto rows = static_cast<double>(dim_along(shape, axis));
    if (rows == 0) return partitions_along(shape, axis, 0);
    const double bytes_per_row =
        elements(shape) / rows * element_bytes(dtype, bytes_per_string_element);
    const double rows_per_shard =
        std::max(1.0, std::floor(static_cast<double>(max_shard_bytes) / bytes_per_row));
    auto shards = static_cast<std::int64_t>(std::ceil(rows / rows_per_shard));
    if (max_shards) shards = std::min(shards, *max_shards);
    return partitions_along(shape, axis, shards);
  };
}

Partitioner min_max_variable_partitioner(std::int64_t max_partitions, int axis,
                                         std::int64_t min_slice_size,
                                         std::int64_t bytes_per_string_element) {
  return [=](const Shape& shape, DType dtype) {
    const std::int64_t most = std::min(dim_along(shape, axis), max_partitions);
    const double wanted =
        std::ceil(elements(shape) * element_bytes(dtype, bytes_per_string_element) /
                  static_cast<double>(min_slice_size));
    const double count = std::max(1.0, std::min(static_cast<double>(most), wanted));
    return partitions_along(shape, axis, static_cast<std::int64_t>(count));
  };
}

}  // namespace icecore::inline v0
