// LowerBound, UpperBound, UnravelIndex.
#include <icecore/shape_context.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_ops.h"
#include "ops/number_types.h"

namespace icecore::inline v0 {
namespace {

void bound_shape(ShapeContext& c) {
  with_rank(c.input(0), 2);
  with_rank(c.input(1), 2);
  c.set_output(0, c.input(1));
}

// Where each value belongs in its row of sorted ones: before its equals, or behind them.
Kernel bound_kernel(const NodeInfo& node, bool upper) {
  return Kernel([upper, dtype = node.type_attr("out_type")](KernelContext& c) {
    const Tensor& sorted = c.input(0);
    const Tensor& values = c.input(1);
    check_rank(sorted, 2, "sorted_inputs");
    check_rank(values, 2, "values");
    const std::int64_t rows = sorted.shape().dim(0), width = sorted.shape().dim(1);
    if (rows != values.shape().dim(0)) refuse("Leading dim_size of both tensors must match.");
    const std::int64_t wanted = values.shape().dim(1);
    std::vector<std::int64_t> places;
    places.reserve(static_cast<std::size_t>(values.num_elements()));
    visit_numbers(RealTypes(), sorted.dtype(), [&]<typename T>(std::type_identity<T>) {
      const T* begin = sorted.values<T>().data();
      const T* value = values.values<T>().data();
      for (std::int64_t row = 0; row < rows && wanted > 0; ++row, begin += width) {
        for (std::int64_t i = 0; i < wanted; ++i, ++value) {
          places.push_back((upper ? std::upper_bound(begin, begin + width, *value)
                                  : std::lower_bound(begin, begin + width, *value)) -
                           begin);
        }
      }
    });
    c.set_output(0, ints_tensor(c, dtype, values.shape(), places));
  });
}

Kernel lower_bound_kernel(const NodeInfo& node) {
  return bound_kernel(node, false);
}
Kernel upper_bound_kernel(const NodeInfo& node) {
  return bound_kernel(node, true);
}

void unravel_index_shape(ShapeContext& c) {
  const Shape dims = with_rank(c.input(1), 1);
  const Shape& indices = c.input(0);
  if (!indices.has_rank()) return;
  if (indices.rank() == 0) {
    c.set_output(0, Shape{dims.dim(0)});
  } else {
    c.set_output(0, Shape{dims.dim(0), indices.num_elements().value_or(-1)});
  }
}

// Indices of elements by dimension. Of an index beyond the dimensions TensorFlow 1 takes what is
// left when the first has been gone round, as here.
Kernel unravel_index_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& indices = c.input(0);
    if (indices.shape().rank() > 1) {
      refuse("The indices can only be scalar or vector, got \"" + to_string(indices.shape()) +
             "\"");
    }
    if (c.input(1).shape().rank() != 1) {
      refuse("The indices can only be 1-D, got \"" + to_string(c.input(1).shape()) + "\"");
    }
    const std::vector<std::int64_t> dims = ints_of(c.input(1)), flat = ints_of(indices);
    std::vector<std::int64_t> strides(dims.size(), 1);
    std::int64_t stride = 1;
    for (std::size_t d = dims.size(); d-- > 0;) {
      if (dims[d] <= 0) refuse("Input dims cannot contain a dim of " + std::to_string(dims[d]));
      strides[d] = stride;
      stride = multiply_sizes(stride, dims[d]);
    }
    std::vector<std::int64_t> result;
    result.reserve(dims.size() * flat.size());
    for (std::size_t d = 0; d < dims.size(); ++d) {
      for (const std::int64_t index : flat) result.push_back(index / strides[d] % dims[d]);
    }
    const auto count = static_cast<std::int64_t>(dims.size());
    const Shape shape =
        indices.shape().rank() == 0 ? Shape{count} : Shape{count, indices.num_elements()};
    c.set_output(0, ints_tensor(c, indices.dtype(), shape, result));
  });
}

}  // namespace

const OpImplementation lower_bound_op = {"LowerBound", bound_shape, lower_bound_kernel};
const OpImplementation upper_bound_op = {"UpperBound", bound_shape, upper_bound_kernel};
const OpImplementation unravel_index_op = {"UnravelIndex", unravel_index_shape,
                                           unravel_index_kernel};

}  // namespace icecore::inline v0
