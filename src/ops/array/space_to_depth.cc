// SpaceToDepth, DepthToSpace.
#include <icecore/error.h>
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"

namespace icecore::inline v0 {
namespace {

struct Format {
  int height, width, depth;  // Which dimensions they are.
};

// UNIMPLEMENTED for the packed format of quantised values.
Format format_of(const NodeInfo& node) {
  const std::string name = node.string_attr("data_format");
  if (name == "NHWC") return {1, 2, 3};
  if (name == "NCHW") return {2, 3, 1};
  throw Error(Code::kUnimplemented,
              "'" + node.name() + "': " + node.op() + " in the data format " + name);
}

std::int64_t block_of(const NodeInfo& node) {
  const std::int64_t block = node.int_attr("block_size");
  if (block <= 1) refuse("Block size should be > 1, but was: " + std::to_string(block));
  if (block > (1 << 20)) refuse("Block size is too large: " + std::to_string(block));
  return block;
}

template <bool kToDepth>
void depth_shape(ShapeContext& c) {
  if (c.node().string_attr("data_format") == "NCHW_VECT_C") return;
  const Format format = format_of(c.node());
  const std::int64_t block = while_building([&] { return block_of(c.node()); });
  std::vector<std::int64_t> dims = dims_of(with_rank(c.input(0), 4));
  for (const int d : {format.height, format.width}) {
    std::int64_t& dim = dims[static_cast<std::size_t>(d)];
    dim = kToDepth ? divide_dim(dim, block) : multiply_dims(dim, block);
  }
  std::int64_t& depth = dims[static_cast<std::size_t>(format.depth)];
  depth = kToDepth ? multiply_dims(depth, block * block) : divide_dim(depth, block * block);
  c.set_output(0, Shape(dims));
}

// "from" is in space, "to" in depth: of the same elements, block rows and columns apart.
Box block_box(const Shape& space, const Shape& deep, const Format& format, std::int64_t block) {
  const std::vector<std::int64_t> from = row_major_strides(space);
  const std::vector<std::int64_t> to = row_major_strides(deep);
  const auto h = static_cast<std::size_t>(format.height),
             w = static_cast<std::size_t>(format.width), d = static_cast<std::size_t>(format.depth);
  const std::int64_t depth = space.dim(format.depth);
  const BoxDim batch = {space.dim(0), from[0], to[0]};
  const BoxDim rows = {deep.dim(format.height), block * from[h], to[h]};
  const BoxDim columns = {deep.dim(format.width), block * from[w], to[w]};
  const BoxDim block_rows = {block, from[h], block * depth * to[d]};
  const BoxDim block_columns = {block, from[w], depth * to[d]};
  const BoxDim depths = {depth, from[d], to[d]};
  if (format.depth == 3) return {0, 0, {batch, rows, columns, block_rows, block_columns, depths}};
  return {0, 0, {batch, block_rows, block_columns, depths, rows, columns}};
}

Kernel space_to_depth_kernel(const NodeInfo& node) {
  return Kernel([format = format_of(node), block = block_of(node)](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Shape& shape = input.shape();
    if (shape.rank() != 4) {
      refuse("Input rank should be 4 instead of " + std::to_string(shape.rank()));
    }
    std::vector<std::int64_t> dims = dims_of(shape);
    std::int64_t& height = dims[static_cast<std::size_t>(format.height)];
    std::int64_t& width = dims[static_cast<std::size_t>(format.width)];
    std::int64_t& depth = dims[static_cast<std::size_t>(format.depth)];
    if (height % block != 0 || width % block != 0) {
      refuse("Image width " + std::to_string(width) + " and height " + std::to_string(height) +
             " should be divisible by block_size: " + std::to_string(block));
    }
    height /= block;
    width /= block;
    depth = multiply_sizes(depth, block * block);
    Tensor out = c.allocate(input.dtype(), Shape(dims));
    copy_box(c.threads(), input, out, block_box(shape, out.shape(), format, block));
    c.set_output(0, std::move(out));
  });
}

Kernel depth_to_space_kernel(const NodeInfo& node) {
  return Kernel([format = format_of(node), block = block_of(node)](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Shape& shape = input.shape();
    if (shape.rank() != 4) {
      refuse("Input rank should be: 4 instead of: " + std::to_string(shape.rank()));
    }
    std::vector<std::int64_t> dims = dims_of(shape);
    std::int64_t& depth = dims[static_cast<std::size_t>(format.depth)];
    if (depth % (block * block) != 0) {
      refuse("Input depth dimension " + std::to_string(depth) +
             " should be divisible by: " + std::to_string(block * block));
    }
    depth /= block * block;
    for (const int d : {format.height, format.width}) {
      dims[static_cast<std::size_t>(d)] = multiply_sizes(dims[static_cast<std::size_t>(d)], block);
    }
    Tensor out = c.allocate(input.dtype(), Shape(dims));
    Box box = block_box(out.shape(), shape, format, block);
    for (BoxDim& dim : box.dims) std::swap(dim.from_stride, dim.to_stride);
    copy_box(c.threads(), input, out, std::move(box));
    c.set_output(0, std::move(out));
  });
}

void opposite_gradient(GradientContext& c) {
  const NodeInfo info = c.op().info();
  if (info.string_attr("data_format") == "NCHW_VECT_C") {
    refuse_shape("Cannot compute " + info.op() +
                 " gradient with NCHW_VECT_C. NCHW_VECT_C requires qint8 data type.");
  }
  c.set(0, add_node(c.graph(), info.op() == "SpaceToDepth" ? "DepthToSpace" : "SpaceToDepth",
                    {Input(c.gradient())},
                    {{"block_size", info.attr("block_size")},
                     {"data_format", info.attr("data_format")}}));
}

}  // namespace

const OpImplementation space_to_depth_op = {"SpaceToDepth", depth_shape<true>,
                                            space_to_depth_kernel, opposite_gradient};
const OpImplementation depth_to_space_op = {"DepthToSpace", depth_shape<false>,
                                            depth_to_space_kernel, opposite_gradient};

}  // namespace icecore::inline v0
