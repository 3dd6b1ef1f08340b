// Fill, ZerosLike, OnesLike, Empty, DeepCopy.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <string>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

void fill_shape(ShapeContext& c) {
  with_rank(c.input(0), 1);
  with_rank(c.input(1), 0);
  if (const auto dims = c.constant_ints(0)) {
    for (const std::int64_t dim : *dims) {
      if (dim < 0) refuse_shape("Fill dimensions must be >= 0");
    }
  }
  c.set_output(0, c.shape_input(0));
}

Shape shape_from(const Tensor& dims) {
  const std::vector<std::int64_t> values = ints_of(dims);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < 0) {
      refuse("Dimension " + std::to_string(values[i]) + " must be >= 0");
    }
  }
  if (values.size() > static_cast<std::size_t>(kMostDims)) {
    refuse("a tensor can't have " + std::to_string(values.size()) + " dimensions");
  }
  return Shape(values);
}

Kernel fill_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& dims = c.input(0);
    const Tensor& value = c.input(1);
    if (dims.shape().rank() != 1) {
      refuse("dims must be a vector, got shape " + to_string(dims.shape()));
    }
    if (value.shape().rank() != 0) {
      refuse("value must be a scalar, got shape " + to_string(value.shape()));
    }
    Tensor out = c.allocate(value.dtype(), shape_from(dims));
    fill(c.threads(), out, value);
    c.set_output(0, std::move(out));
  });
}

void fill_gradient(GradientContext& c) {
  c.set(1, reduce_sum(c.graph(), c.gradient()));
}

Kernel zeros_like_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& x = c.input(0);
    Tensor out = c.allocate(x.dtype(), x.shape());
    fill_zeros(c.threads(), out);
    c.set_output(0, std::move(out));
  });
}

Kernel ones_like_kernel(const NodeInfo& node) {
  const Tensor one = scalar_of(node.type_attr("T"), 1);
  return Kernel([one](KernelContext& c) {
    Tensor out = c.allocate(one.dtype(), c.input(0).shape());
    fill(c.threads(), out, one);
    c.set_output(0, std::move(out));
  });
}

void empty_shape(ShapeContext& c) {
  c.set_output(0, c.shape_input(0));
}

// Also without `init` the values are zeros: nothing of what memory held before leaves it.
Kernel empty_kernel(const NodeInfo& node) {
  const DType dtype = node.type_attr("dtype");
  return Kernel([dtype](KernelContext& c) {
    if (c.input(0).shape().rank() != 1) {
      refuse("shape must be a vector of int32, got shape " + to_string(c.input(0).shape()));
    }
    Tensor out = c.allocate(dtype, shape_from(c.input(0)));
    fill_zeros(c.threads(), out);
    c.set_output(0, std::move(out));
  });
}

// A tensor that is handed on never changes, so the same one is as good as a copy.
Kernel deep_copy_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { c.set_output(0, c.take_input(0)); });
}

}  // namespace

const OpImplementation fill_op = {"Fill", fill_shape, fill_kernel, fill_gradient};
const OpImplementation zeros_like_op = {"ZerosLike", unchanged_shape, zeros_like_kernel,
                                        not_differentiable};
const OpImplementation ones_like_op = {"OnesLike", unchanged_shape, ones_like_kernel,
                                       not_differentiable};
const OpImplementation empty_op = {"Empty", empty_shape, empty_kernel};
const OpImplementation deep_copy_op = {"DeepCopy", unchanged_shape, deep_copy_kernel};

}  // namespace icecore::inline v0
