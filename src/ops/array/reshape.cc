// Reshape, ExpandDims, Squeeze, EnsureShape: other shapes of the same values.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <string>

#include "base/shape_match.h"
#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"

namespace icecore::inline v0 {
namespace {

// What is known of how many elements a shape has: the product of its known dimensions, and where
// the one unknown dimension stands (-1: there is none, -2: there are several).
struct KnownElements {
  std::int64_t count = 1;
  int unknown = -1;
};

KnownElements known_elements(const Shape& shape) {
  KnownElements known;
  for (int i = 0; i < shape.rank(); ++i) {
    if (shape.dim(i) >= 0) {
      known.count = multiply_dims(known.count, shape.dim(i));
    } else {
      known.unknown = known.unknown == -1 ? i : -2;
    }
  }
  if (known.count == 0 && known.unknown != -2) {
    // A dimension of 0 settles the number of elements.
    for (const std::int64_t dim : shape.dims()) {
      if (dim == 0) known.unknown = -1;
    }
  }
  return known;
}

void reshape_shape(ShapeContext& c) {
  const Shape& in = c.input(0);
  with_rank(c.input(1), 1);
  Shape out = c.shape_input(1);
  if (!out.has_rank() || !in.has_rank()) {
    c.set_output(0, out);
    return;
  }
  const KnownElements from = known_elements(in), to = known_elements(out);
  if (from.unknown == -1 && to.unknown == -1) {
    if (from.count != to.count) {
      refuse_shape("Cannot reshape a tensor with " + std::to_string(from.count) +
                   " elements to shape " + to_string(out) + " (" + std::to_string(to.count) +
                   " elements)");
    }
  } else if (from.unknown == -1 && to.unknown >= 0 && to.count > 0) {
    out = with_dim(out, to.unknown, divide_dim(from.count, to.count));
  } else if (from.unknown >= 0 && to.unknown == -1 && from.count > 0) {
    divide_dim(to.count, from.count);
  }
  c.set_output(0, out);
}

Shape wanted_shape(const Tensor& input, const Tensor& sizes) {
  // A scalar counts as a vector of one, as in old graphs.
  if (sizes.shape().rank() > 1) {
    refuse("sizes input must be 1-D, not " + to_string(sizes.shape()));
  }
  std::vector<std::int64_t> dims = ints_of(sizes);
  if (dims.size() > static_cast<std::size_t>(kMostDims)) {
    refuse("shape has " + std::to_string(dims.size()) + " dimensions, more than a tensor can have");
  }
  int unknown = -1;
  std::int64_t product = 1;
  bool empty = false;
  for (int i = 0; i < static_cast<int>(dims.size()); ++i) {
    const std::int64_t dim = dims[static_cast<std::size_t>(i)];
    if (dim == -1) {
      if (unknown != -1) {
        refuse("Only one input size may be -1, not both " + std::to_string(unknown) + " and " +
               std::to_string(i));
      }
      unknown = i;
    } else if (dim < 0) {
      refuse("Size " + std::to_string(i) + " must be non-negative, not " + std::to_string(dim));
    } else if (dim == 0) {
      empty = true;
    } else {
      product = multiply_sizes(product, dim);
    }
  }
  if (unknown >= 0) {
    // TensorFlow divides what is left without the zeros on both sides.
    std::int64_t count = 1;
    bool input_empty = false;
    for (const std::int64_t dim : input.shape().dims()) {
      if (dim > 0 || !empty) {
        count = multiply_sizes(count, dim);
      } else {
        input_empty = true;
      }
    }
    const std::int64_t missing = count / product;
    if (!input_empty && product * missing != count) {
      refuse("Input to reshape is a tensor with " + std::to_string(count) +
             " values, but the requested shape requires a multiple of " + std::to_string(product));
    }
    dims[static_cast<std::size_t>(unknown)] = missing;
  }
  const Shape shape(dims);
  if (shape.num_elements() != input.num_elements()) {
    refuse("Input to reshape is a tensor with " + std::to_string(input.num_elements()) +
           " values, but the requested shape has " +
           std::to_string(shape.num_elements().value_or(product)));
  }
  return shape;
}

Kernel reshape_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Shape shape = wanted_shape(c.input(0), c.input(1));
    c.set_output(0, c.take_input(0).reshaped(shape));
  });
}

void reshape_gradient(GradientContext& c) {
  c.set(0, reshape(c.graph(), c.gradient(), icecore::shape(c.graph(), c.input(0))));
}

void expand_dims_shape(ShapeContext& c) {
  const Shape& input = c.input(0);
  const auto dim = c.constant_ints(1);
  if (dim && dim->size() != 1) refuse_shape("'dim' input must be a tensor with a single value");
  if (!dim || !input.has_rank()) return;
  const int rank = input.rank();
  std::int64_t at = dim->front();
  if (at < -rank - 1 || at > rank) {
    refuse_shape("dim " + std::to_string(at) + " not in the interval [" +
                 std::to_string(-rank - 1) + ", " + std::to_string(rank) + "].");
  }
  if (at < 0) at += rank + 1;
  std::vector<std::int64_t> dims = dims_of(input);
  dims.insert(dims.begin() + at, 1);
  c.set_output(0, Shape(dims));
}

Kernel expand_dims_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Shape& shape = c.input(0).shape();
    if (c.input(1).num_elements() != 1) refuse("'dim' must be a tensor with a single value");
    const int rank = shape.rank();
    std::int64_t at = ints_of(c.input(1)).front();
    if (at < -rank - 1 || at > rank) {
      refuse("Tried to expand dim index " + std::to_string(at) + " for tensor with " +
             std::to_string(rank) + " dimensions.");
    }
    if (at < 0) at += rank + 1;
    std::vector<std::int64_t> dims = dims_of(shape);
    dims.insert(dims.begin() + at, 1);
    c.set_output(0, c.take_input(0).reshaped(Shape(dims)));
  });
}

// The dimensions that are left; -1 in `dims` may be anything.
std::vector<std::int64_t> squeezed(const std::vector<std::int64_t>& dims,
                                   const std::vector<std::int64_t>& squeeze) {
  std::vector<std::int64_t> left;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    const bool named = std::ranges::find(squeeze, static_cast<std::int64_t>(i)) != squeeze.end();
    if (named && dims[i] != 1 && dims[i] != -1) {
      refuse("Can not squeeze dim[" + std::to_string(i) + "], expected a dimension of 1, got " +
             std::to_string(dims[i]));
    }
    if (!named && (dims[i] != 1 || !squeeze.empty())) left.push_back(dims[i]);
  }
  return left;
}

void squeeze_shape(ShapeContext& c) {
  const Shape& input = c.input(0);
  std::vector<std::int64_t> squeeze = c.node().ints_attr("squeeze_dims");
  if (!input.has_rank()) return;
  const int rank = input.rank();
  for (std::size_t i = 0; i < squeeze.size(); ++i) {
    if (squeeze[i] < -rank || squeeze[i] >= rank) {
      refuse_shape("squeeze_dims[" + std::to_string(i) + "] not in [" + std::to_string(-rank) +
                   "," + std::to_string(rank) + ").");
    }
    if (squeeze[i] < 0) squeeze[i] += rank;
  }
  // An unknown dimension may be 1 or not.
  if (squeeze.empty() && !input.is_fully_defined()) return;
  c.set_output(0, Shape(while_building([&] { return squeezed(dims_of(input), squeeze); })));
}

Kernel squeeze_kernel(const NodeInfo& node) {
  const std::vector<std::int64_t> squeeze_dims = node.ints_attr("squeeze_dims");
  return Kernel([squeeze_dims](KernelContext& c) {
    const Shape& shape = c.input(0).shape();
    std::vector<std::int64_t> squeeze = squeeze_dims;
    for (std::int64_t& dim : squeeze) {
      dim = resolve_axis(dim, shape.rank(),
                         "Tried to squeeze dim index " + std::to_string(dim) + " for tensor with " +
                             std::to_string(shape.rank()) + " dimensions.");
    }
    const Shape left(squeezed(dims_of(shape), squeeze));
    c.set_output(0, c.take_input(0).reshaped(left));
  });
}

void ensure_shape_shape(ShapeContext& c) {
  c.set_output(0, merge_shapes(c.node().shape_attr("shape"), c.input(0)));
}

Kernel ensure_shape_kernel(const NodeInfo& node) {
  const Shape wanted = node.shape_attr("shape");
  return Kernel([wanted](KernelContext& c) {
    const Shape& shape = c.input(0).shape();
    if (!allows(wanted, shape)) {
      refuse("Shape of tensor " + c.node().input_name(0) + " " + to_string(shape) +
             " is not compatible with expected shape " + to_string(wanted) + ".");
    }
    c.set_output(0, c.take_input(0));
  });
}

void ensure_shape_gradient(GradientContext& c) {
  c.set(0, c.gradient());
}

}  // namespace

const OpImplementation reshape_op = {"Reshape", reshape_shape, reshape_kernel, reshape_gradient};
const OpImplementation expand_dims_op = {"ExpandDims", expand_dims_shape, expand_dims_kernel,
                                         reshape_gradient};
const OpImplementation squeeze_op = {"Squeeze", squeeze_shape, squeeze_kernel, reshape_gradient};
const OpImplementation ensure_shape_op = {"EnsureShape", ensure_shape_shape, ensure_shape_kernel,
                                          ensure_shape_gradient};

}  // namespace icecore::inline v0
