// A walk over the elements of a shape, and where an operand that is spread to it has them.
#pragma once

#include <icecore/shape.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ops/strided/strided_loop.h"

namespace icecore::inline v0 {

// Counts in elements; for loops that are too rare, or too slow by themselves, for StridedLoop.
class SpreadWalk {
 public:
  // The operand moves by `strides` along the shape's dimensions.
  SpreadWalk(const Shape& shape, const std::vector<std::ptrdiff_t>& strides) {
    for (std::size_t d = 0; d < strides.size(); ++d) {
      dims_.push_back({shape.dim(static_cast<int>(d)), strides[d], 0});
    }
  }
  SpreadWalk(const Shape& shape, const Shape& operand)
      : SpreadWalk(shape, spread_strides(operand, shape.rank(), 1)) {}

  std::size_t place() const { return static_cast<std::size_t>(place_); }
  // To the next element, row-major; after the last to the first.
  void advance() {
    for (std::size_t d = dims_.size(); d-- > 0;) {
      Dim& dim = dims_[d];
      place_ += dim.stride;
      if (++dim.at < dim.size) return;
      place_ -= dim.stride * dim.size;
      dim.at = 0;
    }
  }

 private:
  struct Dim {
    std::int64_t size, stride, at;
  };
  std::vector<Dim> dims_;
  std::int64_t place_ = 0;
};

}  // namespace icecore::inline v0
