// Tile, TileGrad.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/accumulate.h"
#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

void tile_shape(ShapeContext& c) {
  Shape multiples = c.shape_input(1);
  if (c.input(0).has_rank()) {
    const int rank = c.input(0).rank();
    multiples = with_rank(multiples, rank);
    merge_shapes(c.input(1), Shape{rank});
  }
  if (!multiples.has_rank()) return;
  const Shape input = with_rank(c.input(0), multiples.rank());
  std::vector<std::int64_t> dims;
  for (int d = 0; d < input.rank(); ++d) {
    dims.push_back(multiply_dims(input.dim(d), multiples.dim(d)));
  }
  c.set_output(0, Shape(dims));
}

std::vector<std::int64_t> multiples_of(const Tensor& input, const Tensor& multiples,
                                       std::int64_t least) {
  // A scalar counts as a vector of one, as in old graphs.
  if (multiples.shape().rank() != 1) {
    refuse("Expected multiples to be 1-D, but got shape " + to_string(multiples.shape()));
  }
  if (multiples.num_elements() != input.shape().rank()) {
    refuse("Expected multiples argument to be a vector of length " +
           std::to_string(input.shape().rank()) + " but got length " +
           std::to_string(multiples.num_elements()));
  }
  std::vector<std::int64_t> values = ints_of(multiples);
  for (std::size_t d = 0; d < values.size(); ++d) {
    if (values[d] < least) {
      refuse("Expected multiples[" + std::to_string(d) + "] " + (least == 0 ? ">= 0" : "> 0") +
             ", but got " + std::to_string(values[d]));
    }
  }
  return values;
}

// The pieces in the whole ("to"), each of them the same elements ("from").
Box tiles(const Shape& piece, const Shape& whole, const std::vector<std::int64_t>& multiples) {
  const std::vector<std::int64_t> from = row_major_strides(piece);
  const std::vector<std::int64_t> to = row_major_strides(whole);
  Box box;
  for (std::size_t d = 0; d < multiples.size(); ++d) {
    const std::int64_t dim = piece.dim(static_cast<int>(d));
    box.dims.push_back({multiples[d], 0, dim * to[d]});
    box.dims.push_back({dim, from[d], to[d]});
  }
  return box;
}

Kernel tile_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const std::vector<std::int64_t> multiples = multiples_of(input, c.input(1), 0);
    std::vector<std::int64_t> dims = dims_of(input.shape());
    for (std::size_t d = 0; d < dims.size(); ++d) dims[d] = multiply_sizes(dims[d], multiples[d]);
    const Shape shape(dims);
    if (shape == input.shape()) {
      c.set_output(0, c.take_input(0));
      return;
    }
    Tensor out = c.allocate(input.dtype(), shape);
    if (out.num_elements() > 0) {
      copy_box(c.threads(), input, out, tiles(input.shape(), shape, multiples));
    }
    c.set_output(0, std::move(out));
  });
}

// Sums over the repetitions: of [2, 20] tiled by [3, 4] the even dimensions of [3, 2, 4, 20].
void tile_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output multiples = c.input(1);
  Output shape = icecore::shape(graph, c.input(0), multiples.dtype());
  const Output both = stack(graph, {multiples, shape}, 0);
  const Output turned = transpose(graph, both, std::vector<int>{1, 0});
  Output split_shape = reshape(graph, turned, std::vector<int>{-1});
  const Output axes = range(graph, 0, Input(icecore::size(graph, split_shape)), 2);
  Output gradient;
  if (const auto* slices = std::get_if<IndexedSlices>(&c.output_gradient())) {
    const Output rows = cast(graph, subscript(graph, shape, 0), slices->indices.dtype());
    const Output index =
        add_node(graph, "FloorMod", {Input(slices->indices), Input(rows)}, {}, "FloorMod");
    gradient =
        add_node(graph, "UnsortedSegmentSum", {Input(slices->values), Input(index), Input(rows)});
    split_shape = concat(
        graph, {Input(std::vector<int>{1}), Input(subscript(graph, split_shape, 1, std::nullopt))},
        0);
  } else {
    gradient = c.gradient();
  }
  const Output pieces = reshape(graph, gradient, split_shape);
  const Output sum = add_node(graph, "Sum", {Input(pieces), Input(axes)});
  graph.set_shape(sum, c.input(0).shape());
  c.set(0, sum);
}

Kernel tile_grad_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const std::vector<std::int64_t> multiples = multiples_of(input, c.input(1), 1);
    std::vector<std::int64_t> dims = dims_of(input.shape());
    for (std::size_t d = 0; d < dims.size(); ++d) {
      if (dims[d] % multiples[d] != 0) {
        refuse("Expected input_dim[" + std::to_string(d) + "] to be divisible by multiples[" +
               std::to_string(d) + "], but " + std::to_string(dims[d]) + " % " +
               std::to_string(multiples[d]) + " != 0");
      }
      dims[d] /= multiples[d];
    }
    const Shape shape(dims);
    if (shape == input.shape()) {
      c.set_output(0, c.take_input(0));
      return;
    }
    Tensor out = c.allocate(input.dtype(), shape);
    fill_zeros(c.threads(), out);
    Box box = tiles(shape, input.shape(), multiples);
    for (BoxDim& dim : box.dims) std::swap(dim.from_stride, dim.to_stride);
    if (out.num_elements() > 0) add_box(input, out, box);
    c.set_output(0, std::move(out));
  });
}

}  // namespace

const OpImplementation tile_op = {"Tile", tile_shape, tile_kernel, tile_gradient};
const OpImplementation tile_grad_op = {"TileGrad", unknown_shape, tile_grad_kernel};

}  // namespace icecore::inline v0
