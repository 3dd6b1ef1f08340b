// ExtractImagePatches. (Its gradient needs sparse products, which aren't here yet.)
#include <icecore/gradient_context.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

// Along rows or columns.
struct Window {
  std::int64_t size, stride, rate;
  // Of the window with its holes.
  std::int64_t reach() const { return add_sizes(size, multiply_sizes(size - 1, rate - 1)); }
};

struct Attributes {
  Window rows, columns;
  bool same;

  explicit Attributes(const NodeInfo& node) : same(node.string_attr("padding") == "SAME") {
    const auto read = [&](const char* attr, const char* name) {
      const std::vector<std::int64_t> values = node.ints_attr(attr);
      if (values.size() != 4) {
        refuse("ExtractImagePatches requires the " + std::string(name) +
               " attribute to contain 4 values, but got: " + std::to_string(values.size()));
      }
      if (values[0] != 1 || values[3] != 1) {
        refuse("Only support " + std::string(attr) + " across space.");
      }
      if (values[1] < 1 || values[2] < 1) refuse(std::string(attr) + " is OUT_OF_RANGE");
      return values;
    };
    const auto sizes = read("ksizes", "ksizes"), strides = read("strides", "stride"),
               rates = read("rates", "rates");
    rows = {sizes[1], strides[1], rates[1]};
    columns = {sizes[2], strides[2], rates[2]};
  }
};

// How many windows fit along a dimension, and how far before it the first begins.
struct Fit {
  std::int64_t count, before;
};

Fit fit(std::int64_t dim, const Window& window, bool same) {
  const std::int64_t reach = window.reach();
  if (!same) {
    const std::int64_t room = dim - reach + window.stride;
    if (room < 0) {
      refuse("Computed output size would be negative: " + std::to_string(room / window.stride) +
             " [input_size: " + std::to_string(dim) + ", effective_filter_size: " +
             std::to_string(reach) + ", stride: " + std::to_string(window.stride) + "]");
    }
    return {room / window.stride, 0};
  }
  const std::int64_t count = dim / window.stride + (dim % window.stride != 0 ? 1 : 0);
  const std::int64_t padding =
      add_sizes(multiply_sizes(std::max<std::int64_t>(count, 1) - 1, window.stride), reach) - dim;
  return {count, std::max<std::int64_t>(0, padding) / 2};
}

void extract_image_patches_shape(ShapeContext& c) {
  const Shape input = with_rank(c.input(0), 4);
  const Attributes attributes = while_building([&] { return Attributes(c.node()); });
  const std::int64_t depth =
      multiply_dims(multiply_dims(input.dim(3), attributes.rows.size), attributes.columns.size);
  std::int64_t rows = -1, columns = -1;
  if (input.dim(1) >= 0 && input.dim(2) >= 0) {
    while_building([&] {
      rows = fit(input.dim(1), attributes.rows, attributes.same).count;
      columns = fit(input.dim(2), attributes.columns, attributes.same).count;
    });
  }
  c.set_output(0, Shape{input.dim(0), rows, columns, depth});
}

// The windows whose item `offset` lies inside a dimension: the first, how many, and where the first
// one's lies.
struct Inside {
  std::int64_t first, count, place;
};

Inside inside(std::int64_t dim, const Window& window, const Fit& fit, std::int64_t offset) {
  const std::int64_t start = offset * window.rate - fit.before;
  const std::int64_t first = start >= 0 ? 0 : (-start + window.stride - 1) / window.stride;
  const std::int64_t end = dim - start <= 0 ? 0 : (dim - start + window.stride - 1) / window.stride;
  const std::int64_t count = std::max<std::int64_t>(0, std::min(end, fit.count) - first);
  return {first, count, start + first * window.stride};
}

Kernel extract_image_patches_kernel(const NodeInfo& node) {
  return Kernel([attributes = Attributes(node)](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Shape& shape = input.shape();
    if (shape.rank() != 4) refuse("input must be 4-dimensional" + to_string(shape));
    const Fit rows = fit(shape.dim(1), attributes.rows, attributes.same);
    const Fit columns = fit(shape.dim(2), attributes.columns, attributes.same);
    const std::int64_t depth = shape.dim(3);
    const std::int64_t patch =
        multiply_sizes(multiply_sizes(depth, attributes.rows.size), attributes.columns.size);
    Tensor out = c.allocate(input.dtype(), Shape{shape.dim(0), rows.count, columns.count, patch});
    fill_zeros(c.threads(), out);
    const std::vector<std::int64_t> from = row_major_strides(shape);
    const std::vector<std::int64_t> to = row_major_strides(out.shape());
    // What is allocated bounds how often this goes round.
    for (std::int64_t r = 0; out.num_elements() > 0 && r < attributes.rows.size; ++r) {
      const Inside row = inside(shape.dim(1), attributes.rows, rows, r);
      for (std::int64_t k = 0; k < attributes.columns.size; ++k) {
        const Inside column = inside(shape.dim(2), attributes.columns, columns, k);
        if (row.count == 0 || column.count == 0) continue;
        Box box;
        box.from = row.place * from[1] + column.place * from[2];
        box.to =
            row.first * to[1] + column.first * to[2] + (r * attributes.columns.size + k) * depth;
        box.dims = {{shape.dim(0), from[0], to[0]},
                    {row.count, attributes.rows.stride * from[1], to[1]},
                    {column.count, attributes.columns.stride * from[2], to[2]},
                    {depth, 1, 1}};
        copy_box(c.threads(), input, out, std::move(box));
      }
    }
    c.set_output(0, std::move(out));
  });
}

}  // namespace

const OpImplementation extract_image_patches_op = {
    "ExtractImagePatches", extract_image_patches_shape, extract_image_patches_kernel};

}  // namespace icecore::inline v0
