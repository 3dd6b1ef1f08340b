#include "ops/array/paddings.h"

#include <string>

#include "ops/array/arguments.h"

namespace icecore::inline v0 {

std::vector<std::int64_t> paddings_of(const Tensor& paddings, const Shape& shape,
                                      std::string_view separator) {
  if (paddings.shape().rank() != 2 || paddings.shape().dim(1) != 2) {
    refuse("paddings must be a matrix with 2 columns: " + to_string(paddings.shape()));
  }
  if (paddings.shape().dim(0) != shape.rank()) {
    refuse("The first dimension of paddings must be the rank of inputs" +
           to_string(paddings.shape()) + std::string(separator) + to_string(shape));
  }
  return ints_of(paddings);
}

void pad_shape(ShapeContext& c) {
  const Shape paddings = with_rank(c.input(1), 2);
  if (paddings.dim(1) >= 0 && paddings.dim(1) != 2) {
    refuse_shape("Dimension must be 2 but is " + std::to_string(paddings.dim(1)));
  }
  Shape input = c.input(0);
  std::int64_t rank = paddings.dim(0);
  if (rank >= 0) {
    input = with_rank(input, unknown_dims(rank).rank());
  } else if (input.has_rank()) {
    rank = input.rank();
  }
  const auto values = c.constant_ints(1);
  if (!values) {
    if (rank >= 0) c.set_output(0, unknown_dims(rank));
    return;
  }
  std::vector<std::int64_t> dims = dims_of(input);
  for (std::size_t d = 0; d < dims.size(); ++d) {
    const std::int64_t before = (*values)[2 * d], after = (*values)[2 * d + 1];
    if (before < 0 || after < 0) refuse_shape("Paddings must be non-negative");
    dims[d] = add_dims(dims[d], add_dims(before, after));
  }
  c.set_output(0, Shape(dims));
}

}  // namespace icecore::inline v0
