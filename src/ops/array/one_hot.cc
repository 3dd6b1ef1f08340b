// OneHot.
#include <icecore/gradient_context.h>

#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

void one_hot_shape(ShapeContext& c) {
  const std::int64_t axis = c.node().int_attr("axis");
  if (axis < -1) refuse_shape("axis must be >= -1");
  with_rank(c.input(1), 0);
  const auto depth = c.constant_ints(1);
  if (depth && depth->front() < 0) {
    refuse_shape("Dimension size, given by scalar input 1, must be non-negative but is " +
                 std::to_string(depth->front()));
  }
  const Shape& indices = c.input(0);
  if (!indices.has_rank()) return;
  if (axis > indices.rank()) {
    refuse_shape("axis must be at most the rank of indices, " + std::to_string(indices.rank()) +
                 ", but is " + std::to_string(axis));
  }
  std::vector<std::int64_t> dims = dims_of(indices);
  dims.insert(axis == -1 ? dims.end() : dims.begin() + axis, depth ? depth->front() : -1);
  c.set_output(0, Shape(dims));
}

Kernel one_hot_kernel(const NodeInfo& node) {
  const std::int64_t axis_attr = node.int_attr("axis");
  return Kernel([axis_attr](KernelContext& c) {
    const Tensor& indices = c.input(0);
    const Shape& shape = indices.shape();
    if (axis_attr != -1 && (axis_attr < 0 || axis_attr > shape.rank())) {
      refuse("Expected axis to be -1 or between [0, " + std::to_string(shape.rank() + 1) +
             ").  But received: " + std::to_string(axis_attr));
    }
    constexpr const char* kNames[] = {"", "depth", "on_value", "off_value"};
    for (int i = 1; i < 4; ++i) {
      if (c.input(i).shape().rank() != 0) {
        refuse(std::string(kNames[i]) +
               " must be a scalar, but got: " + to_string(c.input(i).shape()));
      }
    }
    const std::int64_t depth = ints_of(c.input(1)).front();
    if (depth < 0) refuse("depth must be non-negative, got: " + std::to_string(depth));
    const int axis = axis_attr == -1 ? shape.rank() : static_cast<int>(axis_attr);
    std::vector<std::int64_t> dims = dims_of(shape);
    dims.insert(dims.begin() + axis, depth);
    const Tensor& on = c.input(2);
    Tensor out = c.allocate(on.dtype(), Shape(dims));
    fill(c.threads(), out, c.input(3));
    const std::int64_t inner = count_elements(shape, axis, shape.rank());
    const std::vector<std::int64_t> at = ints_of(indices);
    visit_elements(on.dtype(), [&]<typename T>(std::type_identity<T>) {
      const std::span<T> values = mutable_elements<T>(out);
      const T& value = elements<T>(on)[0];
      for (std::size_t i = 0; i < at.size(); ++i) {
        if (at[i] < 0 || at[i] >= depth) continue;  // A row without any.
        const auto item = static_cast<std::int64_t>(i);
        values[static_cast<std::size_t>((item / inner * depth + at[i]) * inner + item % inner)] =
            value;
      }
    });
    c.set_output(0, std::move(out));
  });
}

}  // namespace

const OpImplementation one_hot_op = {"OneHot", one_hot_shape, one_hot_kernel, not_differentiable};

}  // namespace icecore::inline v0
