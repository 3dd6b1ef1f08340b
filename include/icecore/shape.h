// The shape of a tensor: a list of dimensions, or an unknown rank.
#pragma once

#include <icecore/export.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace icecore::inline v0 {

class ICECORE_API Shape {
 public:
  // A scalar: rank 0, one element.
  Shape() = default;
  // -1 is an unknown dimension; any other negative one is INVALID_ARGUMENT.
  explicit Shape(std::vector<std::int64_t> dims);
  Shape(std::initializer_list<std::int64_t> dims) : Shape(std::vector<std::int64_t>(dims)) {}

  static Shape unknown_rank();

  bool has_rank() const { return has_rank_; }
  // Rank and dimensions; an unknown rank has none, so ask has_rank() first.
  int rank() const { return static_cast<int>(dims_.size()); }
  std::span<const std::int64_t> dims() const { return dims_; }
  std::int64_t dim(int i) const { return dims_[static_cast<std::size_t>(i)]; }

  // No dimension and no rank unknown.
  bool is_fully_defined() const;

  // The product of the dimensions: 1 for a scalar, 0 where a dimension is 0. Nothing where a
  // dimension is unknown or the product doesn't fit 63 bits.
  std::optional<std::int64_t> num_elements() const;

  bool operator==(const Shape&) const = default;

 private:
  bool has_rank_ = true;
  std::vector<std::int64_t> dims_;
};

// "[2,3]", "[]" for a scalar, "[?,3]", "<unknown>".
ICECORE_API std::string to_string(const Shape& shape);

}  // namespace icecore::inline v0
