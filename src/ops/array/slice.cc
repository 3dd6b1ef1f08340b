// Slice.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"

namespace icecore::inline v0 {
namespace {

void slice_shape(ShapeContext& c) {
  Shape input = c.input(0);
  const Shape lengths = merge_shapes(with_rank(c.input(1), 1), with_rank(c.input(2), 1));
  if (lengths.dim(0) >= 0) {
    if (lengths.dim(0) > kMostDims) unknown_dims(lengths.dim(0));
    input = with_rank(input, static_cast<int>(lengths.dim(0)));
  }
  const auto begin = c.constant_ints(1);
  const auto size = c.constant_ints(2);
  if (!size) {
    if (const Shape known = c.shape_input(2); known.has_rank()) {
      c.set_output(0, known);
    } else if (input.has_rank()) {
      c.set_output(0, unknown_dims(input.rank()));
    }
    return;
  }
  std::vector<std::int64_t> dims = *size;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    const std::int64_t dim = input.dim(static_cast<int>(i));
    if (dims[i] == -1) {
      // All that is behind the beginning.
      if (begin && dim >= 0) {
        dims[i] = dim - (*begin)[i];
        if (dims[i] < 0 || (*begin)[i] < 0) {
          refuse_shape("Negative dimension size caused by subtracting " +
                       std::to_string((*begin)[i]) + " from " + std::to_string(dim));
        }
      }
      continue;
    }
    if (dims[i] < -1) {
      refuse_shape("Slice size " + std::to_string(dims[i]) + " in dimension " + std::to_string(i) +
                   " is negative");
    }
    if (begin && dim >= 0 &&
        ((*begin)[i] < 0 || (*begin)[i] > dim || dims[i] > dim - (*begin)[i])) {
      refuse_shape("slice from " + std::to_string((*begin)[i]) + " of size " +
                   std::to_string(dims[i]) + " does not fit dimension " + std::to_string(i) +
                   " of size " + std::to_string(dim));
    }
  }
  c.set_output(0, Shape(dims));
}

Kernel slice_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Shape shape = input.shape();
    const int rank = shape.rank();
    if (c.input(1).shape().rank() != 1 || c.input(2).shape().rank() != 1 ||
        c.input(1).num_elements() != rank || c.input(2).num_elements() != rank) {
      refuse("Expected begin and size arguments to be 1-D tensors of size " + std::to_string(rank) +
             ", but got shapes " + to_string(c.input(1).shape()) + " and " +
             to_string(c.input(2).shape()) + " instead.");
    }
    const std::vector<std::int64_t> begin = ints_of(c.input(1));
    std::vector<std::int64_t> size = ints_of(c.input(2));
    bool whole = true;
    for (int d = 0; d < rank; ++d) {
      const auto i = static_cast<std::size_t>(d);
      const std::int64_t dim = shape.dim(d);
      if (size[i] == -1 && begin[i] >= 0 && begin[i] <= dim) size[i] = dim - begin[i];
      if (dim == 0) {
        if (begin[i] != 0 || size[i] != 0) {
          refuse("Expected begin[" + std::to_string(d) + "] == 0 (got " + std::to_string(begin[i]) +
                 ") and size[" + std::to_string(d) + "] == 0 (got " + std::to_string(size[i]) +
                 ") when input.dim_size(" + std::to_string(d) + ") == 0");
        }
      } else {
        if (begin[i] < 0 || begin[i] > dim) {
          refuse("Expected begin[" + std::to_string(d) + "] in [0, " + std::to_string(dim) +
                 "], but got " + std::to_string(begin[i]));
        }
        if (size[i] < 0 || size[i] > dim - begin[i]) {
          refuse("Expected size[" + std::to_string(d) + "] in [0, " +
                 std::to_string(dim - begin[i]) + "], but got " + std::to_string(size[i]));
        }
      }
      whole = whole && begin[i] == 0 && size[i] == dim;
    }
    if (whole) {
      c.set_output(0, c.take_input(0));
      return;
    }
    const Shape out_shape(size);
    Tensor out = c.allocate(input.dtype(), out_shape);
    const std::vector<std::int64_t> from = row_major_strides(shape);
    const std::vector<std::int64_t> to = row_major_strides(out_shape);
    Box box;
    for (std::size_t i = 0; i < size.size(); ++i) {
      box.from += begin[i] * from[i];
      box.dims.push_back({size[i], from[i], to[i]});
    }
    copy_box(c.threads(), input, out, std::move(box));
    c.set_output(0, std::move(out));
  });
}

// What was cut off becomes zeros around the gradient.
void slice_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output rank = icecore::rank(graph, c.input(0));
  const Output size = icecore::shape(graph, c.output(0));
  const Output shape = stack(graph, {Input(rank), Input(1)});
  const Output before = reshape(graph, c.input(1), shape);
  const Output whole = icecore::shape(graph, c.input(0));
  const Output rest = add_node(graph, "Sub", {Input(whole), Input(size)}, {}, "sub");
  const Output behind = add_node(graph, "Sub", {Input(rest), Input(c.input(1))}, {}, "sub");
  const Output after = reshape(graph, behind, shape);
  const Output paddings = concat(graph, {Input(before), Input(after)}, 1);
  c.set(0, add_node(graph, "Pad", {Input(c.gradient()), Input(paddings)}));
}

}  // namespace

const OpImplementation slice_op = {"Slice", slice_shape, slice_kernel, slice_gradient};

}  // namespace icecore::inline v0
