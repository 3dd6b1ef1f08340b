// MirrorPad, MirrorPadGrad.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/accumulate.h"
#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"
#include "ops/array/paddings.h"

namespace icecore::inline v0 {
namespace {

constexpr int kMostMirrored = 5;  // Dimensions, as in TensorFlow: there are 3^n pieces.

// How far from the edge the mirror image begins: SYMMETRIC repeats the edge, REFLECT doesn't.
std::int64_t offset_of(const NodeInfo& node) {
  const std::string mode = node.string_attr("mode");
  if (mode != "SYMMETRIC" && mode != "REFLECT") {
    refuse("mode must be either REFLECT or SYMMETRIC.");
  }
  return mode == "REFLECT" ? 1 : 0;
}

void check_padding(std::int64_t before, std::int64_t after, std::int64_t dim, std::int64_t offset) {
  const std::string pair = std::to_string(before) + ", " + std::to_string(after);
  if (offset == 0 ? before > dim || after > dim : before >= dim || after >= dim) {
    refuse(offset == 0 ? "paddings must be no greater than the dimension size: " + pair +
                             " greater than " + std::to_string(dim)
                       : "paddings must be less than the dimension size: " + pair +
                             " not less than " + std::to_string(dim));
  }
}

// A run of one dimension of the enlarged tensor, and where it comes from.
struct Piece {
  std::int64_t at, size, from, step;
};

std::vector<Piece> pieces_of(std::int64_t dim, std::int64_t before, std::int64_t after,
                             std::int64_t offset) {
  std::vector<Piece> pieces;
  if (before > 0) pieces.push_back({0, before, before - 1 + offset, -1});
  pieces.push_back({before, dim, 0, 1});
  if (after > 0) pieces.push_back({before + dim, after, dim - 1 - offset, -1});
  return pieces;
}

// Calls `visit` with the box of every combination of pieces: "from" is the small tensor.
template <typename Visit>
void visit_boxes(const Shape& small, const Shape& large, const std::vector<std::int64_t>& paddings,
                 std::int64_t offset, Visit&& visit) {
  const std::vector<std::int64_t> from = row_major_strides(small);
  const std::vector<std::int64_t> to = row_major_strides(large);
  std::vector<Box> boxes(1);
  for (std::size_t d = 0; d < from.size(); ++d) {
    std::vector<Box> longer;
    for (const Box& box : boxes) {
      for (const Piece& piece : pieces_of(small.dim(static_cast<int>(d)), paddings[2 * d],
                                          paddings[2 * d + 1], offset)) {
        Box next = box;
        next.from += piece.from * from[d];
        next.to += piece.at * to[d];
        next.dims.push_back({piece.size, piece.step * from[d], to[d]});
        longer.push_back(std::move(next));
      }
    }
    boxes = std::move(longer);
  }
  for (Box& box : boxes) visit(box);
}

void check_dims(const Shape& shape) {
  if (shape.rank() > kMostMirrored) {
    throw Error(Code::kUnimplemented, "inputs rank not in [0,5]: " + std::to_string(shape.rank()));
  }
}

Kernel mirror_pad_kernel(const NodeInfo& node) {
  return Kernel([offset = offset_of(node)](KernelContext& c) {
    const Tensor& input = c.input(0);
    check_dims(input.shape());
    const std::vector<std::int64_t> paddings = paddings_of(c.input(1), input.shape(), ", ");
    std::vector<std::int64_t> dims = dims_of(input.shape());
    for (std::size_t d = 0; d < dims.size(); ++d) {
      const std::int64_t before = paddings[2 * d], after = paddings[2 * d + 1];
      if (before < 0 || after < 0) {
        refuse("paddings must be non-negative: " + std::to_string(before) + " " +
               std::to_string(after));
      }
      check_padding(before, after, dims[d], offset);
      dims[d] = add_sizes(add_sizes(dims[d], before), after);
    }
    const Shape shape(dims);
    if (shape == input.shape()) {
      c.set_output(0, c.take_input(0));
      return;
    }
    Tensor out = c.allocate(input.dtype(), shape);
    if (out.num_elements() > 0) {
      visit_boxes(input.shape(), shape, paddings, offset,
                  [&](const Box& box) { copy_box(c.threads(), input, out, box); });
    }
    c.set_output(0, std::move(out));
  });
}

void mirror_pad_gradient(GradientContext& c) {
  c.set(0, add_node(c.graph(), "MirrorPadGrad", {Input(c.gradient()), Input(c.input(1))},
                    {{"mode", c.op().info().attr("mode")}}));
}

void mirror_pad_grad_shape(ShapeContext& c) {
  const Shape paddings = with_rank(c.input(1), 2);
  if (paddings.dim(0) < 0) return;
  const Shape input = with_rank(c.input(0), unknown_dims(paddings.dim(0)).rank());
  merge_shapes(paddings, Shape{input.rank(), 2});
  const auto values = c.constant_ints(1);
  if (!values) {
    c.set_output(0, unknown_dims(input.rank()));
    return;
  }
  std::vector<std::int64_t> dims = dims_of(input);
  for (std::size_t d = 0; d < dims.size(); ++d) {
    const std::int64_t before = (*values)[2 * d], after = (*values)[2 * d + 1];
    if (before < 0 || after < 0) refuse_shape("Paddings must be non-negative");
    if (dims[d] < 0) continue;
    const std::int64_t both = add_dims(before, after);
    if (both > dims[d]) {
      refuse_shape("Negative dimension size caused by subtracting " + std::to_string(both) +
                   " from " + std::to_string(dims[d]));
    }
    dims[d] -= both;
  }
  c.set_output(0, Shape(dims));
}

Kernel mirror_pad_grad_kernel(const NodeInfo& node) {
  return Kernel([offset = offset_of(node)](KernelContext& c) {
    const Tensor& input = c.input(0);
    check_dims(input.shape());
    const std::vector<std::int64_t> paddings = paddings_of(c.input(1), input.shape(), " ");
    std::vector<std::int64_t> dims = dims_of(input.shape());
    for (std::size_t d = 0; d < dims.size(); ++d) {
      const std::int64_t before = paddings[2 * d], after = paddings[2 * d + 1];
      if (before < 0 || after < 0) {
        refuse("paddings must be non-negative: " + std::to_string(before) + ", " +
               std::to_string(after));
      }
      dims[d] -= add_sizes(before, after);
      check_padding(before, after, dims[d], offset);
    }
    const Shape shape(dims);
    if (shape == input.shape()) {
      c.set_output(0, c.take_input(0));
      return;
    }
    Tensor out = c.allocate(input.dtype(), shape);
    fill_zeros(c.threads(), out);
    if (out.num_elements() > 0) {
      visit_boxes(shape, input.shape(), paddings, offset, [&](Box& box) {
        std::swap(box.from, box.to);
        for (BoxDim& dim : box.dims) std::swap(dim.from_stride, dim.to_stride);
        add_box(input, out, box);
      });
    }
    c.set_output(0, std::move(out));
  });
}

void mirror_pad_grad_gradient(GradientContext& c) {
  c.set(0, add_node(c.graph(), "MirrorPad", {Input(c.gradient()), Input(c.input(1))},
                    {{"mode", c.op().info().attr("mode")}}));
}

}  // namespace

const OpImplementation mirror_pad_op = {"MirrorPad", pad_shape, mirror_pad_kernel,
                                        mirror_pad_gradient};
const OpImplementation mirror_pad_grad_op = {"MirrorPadGrad", mirror_pad_grad_shape,
                                             mirror_pad_grad_kernel, mirror_pad_grad_gradient};

}  // namespace icecore::inline v0
