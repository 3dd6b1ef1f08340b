// SpaceToBatchND, BatchToSpaceND, and SpaceToBatch, BatchToSpace of square blocks.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

// The shape of what comes out as far as it is known; `to_batch` says in which direction, `edges`
// are paddings or crops.
void block_shape(ShapeContext& c, const Shape& input, const Shape& block_shape,
                 const std::optional<std::vector<std::int64_t>>& block, const Shape& edges_shape,
                 const std::optional<std::vector<std::int64_t>>& edges, bool to_batch) {
  if (!block_shape.has_rank() || block_shape.rank() != 1) {
    refuse_shape("block_shape must have rank 1.");
  }
  const std::int64_t count = block_shape.dim(0);
  if (count < 0) refuse_shape("block_shape must have known size.");
  const int blocks = unknown_dims(count).rank();
  with_rank_at_least(input, blocks + 1);
  merge_shapes(edges_shape, Shape{blocks, 2});
  std::int64_t batch = input.has_rank() ? input.dim(0) : -1;
  std::vector<std::int64_t> dims(static_cast<std::size_t>(blocks), -1);
  if (!block && blocks > 0) batch = -1;
  for (std::size_t d = 0; d < dims.size(); ++d) {
    if (block && (*block)[d] < 1) refuse_shape("block_shape must be positive");
    if (block) {
      batch = to_batch ? multiply_dims(batch, (*block)[d]) : divide_dim(batch, (*block)[d]);
    }
    if (!edges) continue;
    const std::int64_t first = (*edges)[2 * d], last = (*edges)[2 * d + 1];
    if (first < 0 || last < 0) {
      refuse_shape(to_batch ? "paddings cannot be negative" : "crops cannot be negative");
    }
    const std::int64_t dim = input.has_rank() ? input.dim(static_cast<int>(d) + 1) : -1;
    if (!block || dim < 0) continue;
    if (to_batch) {
      dims[d] = divide_dim(add_dims(add_dims(dim, first), last), (*block)[d]);
    } else {
      const std::int64_t grown = multiply_dims(dim, (*block)[d]);
      if (add_dims(first, last) > grown) {
        refuse_shape("Negative dimension size caused by subtracting " + std::to_string(last) +
                     " from " + std::to_string(grown - first));
      }
      dims[d] = grown - first - last;
    }
  }
  dims.insert(dims.begin(), batch);
  c.set_output(0, join_shapes(Shape(dims), part_of_shape(input, 1 + blocks)));
}

template <bool kToBatch>
void nd_shape(ShapeContext& c) {
  block_shape(c, c.input(0), c.input(1), c.constant_ints(1), c.input(2), c.constant_ints(2),
              kToBatch);
}

template <bool kToBatch>
void square_shape(ShapeContext& c) {
  const std::int64_t size = c.node().int_attr("block_size");
  block_shape(c, with_rank(c.input(0), 4), Shape{2}, std::vector<std::int64_t>{size, size},
              c.input(1), c.constant_ints(1), kToBatch);
}

// Between space, [batch, space…, rest…], and batch, [block… * batch, space / block…, rest…]: calls
// `copy` with the box of each place in the block, "from" in space and "to" in batch.
template <typename Copy>
void visit_blocks(const Shape& space, const Shape& in_batch, const std::vector<std::int64_t>& block,
                  const std::vector<std::int64_t>& edges, Copy&& copy) {
  const std::vector<std::int64_t> from = row_major_strides(space);
  const std::vector<std::int64_t> to = row_major_strides(in_batch);
  std::int64_t places = 1;
  for (const std::int64_t size : block) places *= size;
  std::vector<std::int64_t> place(block.size(), 0);
  for (std::int64_t i = 0; i < places; ++i) {
    Box box;
    box.to = i * space.dim(0) * to[0];
    box.dims.push_back({space.dim(0), from[0], to[0]});
    for (std::size_t d = 0; d < block.size(); ++d) {
      // Row o of the batch is row o * block + first of space, if that is there.
      const std::int64_t first = place[d] - edges[2 * d];
      const std::int64_t begin = first >= 0 ? 0 : (-first + block[d] - 1) / block[d];
      const std::int64_t dim = space.dim(static_cast<int>(d) + 1);
      const std::int64_t most = in_batch.dim(static_cast<int>(d) + 1);
      const std::int64_t end =
          dim - first <= 0 ? 0 : std::min(most, (dim - first + block[d] - 1) / block[d]);
      const std::int64_t size = std::max<std::int64_t>(0, end - begin);
      if (size > 0) {
        box.from += (begin * block[d] + first) * from[d + 1];
        box.to += begin * to[d + 1];
      }
      box.dims.push_back({size, block[d] * from[d + 1], to[d + 1]});
    }
    for (std::size_t d = block.size() + 1; d < from.size(); ++d) {
      box.dims.push_back({space.dim(static_cast<int>(d)), from[d], to[d]});
    }
    copy(std::move(box));
    for (std::size_t d = block.size(); d-- > 0;) {
      if (++place[d] < block[d]) break;
      place[d] = 0;
    }
  }
}

void check_edges(const Tensor& input, std::size_t blocks, const Tensor& edges,
                 const std::string& name) {
  if (static_cast<std::size_t>(input.shape().rank()) < 1 + blocks) {
    refuse("input rank should be >= " + std::to_string(1 + blocks) + " instead of " +
           std::to_string(input.shape().rank()));
  }
  if (edges.shape() != Shape{static_cast<std::int64_t>(blocks), 2}) {
    refuse(name + " should have shape [" + std::to_string(blocks) + ", 2] instead of " +
           to_string(edges.shape()));
  }
}

std::int64_t product_of(const std::vector<std::int64_t>& block) {
  std::int64_t product = 1;
  for (const std::int64_t size : block) {
    if (size < 1) {
      refuse("Product of block sizes must be positive, got " + std::to_string(size));
    }
    product = multiply_sizes(product, size);
  }
  return product;
}

void space_to_batch(KernelContext& c, const std::vector<std::int64_t>& block,
                    const Tensor& paddings_tensor) {
  const Tensor& input = c.input(0);
  check_edges(input, block.size(), paddings_tensor, "paddings");
  const std::vector<std::int64_t> paddings = ints_of(paddings_tensor);
  std::vector<std::int64_t> dims = dims_of(input.shape());
  dims[0] = multiply_sizes(dims[0], product_of(block));
  for (std::size_t d = 0; d < block.size(); ++d) {
    const std::int64_t before = paddings[2 * d], after = paddings[2 * d + 1];
    if (before < 0 || after < 0) refuse("Paddings must be non-negative");
    const std::int64_t padded = add_sizes(add_sizes(dims[d + 1], before), after);
    if (padded % block[d] != 0) {
      refuse("padded_shape[" + std::to_string(d) + "]=" + std::to_string(padded) +
             " is not divisible by block_shape[" + std::to_string(d) +
             "]=" + std::to_string(block[d]));
    }
    dims[d + 1] = padded / block[d];
  }
  Tensor out = c.allocate(input.dtype(), Shape(dims));
  fill_zeros(c.threads(), out);
  if (out.num_elements() > 0 && input.num_elements() > 0) {
    visit_blocks(input.shape(), out.shape(), block, paddings,
                 [&](Box box) { copy_box(c.threads(), input, out, std::move(box)); });
  }
  c.set_output(0, std::move(out));
}

void batch_to_space(KernelContext& c, const std::vector<std::int64_t>& block,
                    const Tensor& crops_tensor) {
  const Tensor& input = c.input(0);
  check_edges(input, block.size(), crops_tensor, "crops");
  const std::vector<std::int64_t> crops = ints_of(crops_tensor);
  std::vector<std::int64_t> dims = dims_of(input.shape());
  const std::int64_t product = product_of(block);
  if (dims[0] % product != 0) {
    refuse("Input batch dimension (" + std::to_string(dims[0]) +
           ") is not divisible by product of block sizes (" + std::to_string(product) + ")");
  }
  dims[0] /= product;
  for (std::size_t d = 0; d < block.size(); ++d) {
    const std::int64_t before = crops[2 * d], after = crops[2 * d + 1];
    if (before < 0 || after < 0) refuse("Crops must be non-negative");
    const std::int64_t cropped = multiply_sizes(dims[d + 1], block[d]) - add_sizes(before, after);
    if (cropped < 0) {
      refuse("cropped_shape[" + std::to_string(d) + "]=" + std::to_string(cropped) +
             " must be non-negative");
    }
    dims[d + 1] = cropped;
  }
  Tensor out = c.allocate(input.dtype(), Shape(dims));
  if (out.num_elements() > 0) {
    visit_blocks(out.shape(), input.shape(), block, crops, [&](Box box) {
      std::swap(box.from, box.to);
      for (BoxDim& dim : box.dims) std::swap(dim.from_stride, dim.to_stride);
      copy_box(c.threads(), input, out, std::move(box));
    });
  }
  c.set_output(0, std::move(out));
}

std::vector<std::int64_t> block_of(const Tensor& block) {
  if (block.shape().rank() != 1) {
    refuse("block_shape rank should be 1 instead of " + std::to_string(block.shape().rank()));
  }
  return ints_of(block);
}

void check_square(const KernelContext& c) {
  if (c.input(0).shape().rank() != 4) {
    refuse("Input rank should be: 4 instead of: " + std::to_string(c.input(0).shape().rank()));
  }
}

Kernel space_to_batch_nd_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { space_to_batch(c, block_of(c.input(1)), c.input(2)); });
}
Kernel batch_to_space_nd_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { batch_to_space(c, block_of(c.input(1)), c.input(2)); });
}

std::int64_t square_size(const NodeInfo& node) {
  const std::int64_t size = node.int_attr("block_size");
  if (size <= 1) refuse("Block size should be > 1: " + std::to_string(size));
  return size;
}

Kernel space_to_batch_kernel(const NodeInfo& node) {
  return Kernel([size = square_size(node)](KernelContext& c) {
    check_square(c);
    space_to_batch(c, {size, size}, c.input(1));
  });
}
Kernel batch_to_space_kernel(const NodeInfo& node) {
  return Kernel([size = square_size(node)](KernelContext& c) {
    check_square(c);
    batch_to_space(c, {size, size}, c.input(1));
  });
}

void space_to_batch_nd_gradient(GradientContext& c) {
  c.set(0, add_node(c.graph(), "BatchToSpaceND",
                    {Input(c.gradient()), Input(c.input(1)), Input(c.input(2))}));
}
void batch_to_space_nd_gradient(GradientContext& c) {
  c.set(0, add_node(c.graph(), "SpaceToBatchND",
                    {Input(c.gradient()), Input(c.input(1)), Input(c.input(2))}));
}

// The Python functions of the square ones make the general ones.
Output square_gradient(GradientContext& c, std::string_view op) {
  const std::int64_t size = c.op().info().int_attr("block_size");
  const Output result =
      add_node(c.graph(), op,
               {Input(c.gradient()),
                Input(Tensor::of<std::int32_t>(
                    Shape{2}, {static_cast<std::int32_t>(size), static_cast<std::int32_t>(size)})),
                Input(c.input(1))});
  c.graph().set_shape(result, unknown_dims(4));
  return result;
}
void space_to_batch_gradient(GradientContext& c) {
  c.set(0, square_gradient(c, "BatchToSpaceND"));
}
void batch_to_space_gradient(GradientContext& c) {
  c.set(0, square_gradient(c, "SpaceToBatchND"));
}

}  // namespace

const OpImplementation space_to_batch_nd_op = {
    "SpaceToBatchND", nd_shape<true>, space_to_batch_nd_kernel, space_to_batch_nd_gradient};
const OpImplementation space_to_batch_op = {"SpaceToBatch", square_shape<true>,
                                            space_to_batch_kernel, space_to_batch_gradient};
const OpImplementation batch_to_space_nd_op = {
    "BatchToSpaceND", nd_shape<false>, batch_to_space_nd_kernel, batch_to_space_nd_gradient};
const OpImplementation batch_to_space_op = {"BatchToSpace", square_shape<false>,
                                            batch_to_space_kernel, batch_to_space_gradient};

}  // namespace icecore::inline v0
