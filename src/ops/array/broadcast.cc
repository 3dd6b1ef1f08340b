// BroadcastTo, BroadcastArgs, BroadcastGradientArgs.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/array_ops.h"
#include "ops/array/box_copy.h"

namespace icecore::inline v0 {
namespace {

void broadcast_to_shape(ShapeContext& c) {
  with_rank(c.input(1), 1);
  Shape out = c.shape_input(1);
  const Shape& in = c.input(0);
  if (out.has_rank() && in.has_rank()) {
    if (in.rank() > out.rank()) {
      refuse_shape("Shape must be at most rank " + std::to_string(out.rank()) + " but is rank " +
                   std::to_string(in.rank()));
    }
    for (int i = 0; i < in.rank(); ++i) {
      const int at = out.rank() - in.rank() + i;
      if (in.dim(i) > 1) out = with_dim(out, at, merge_dims(in.dim(i), out.dim(at)));
    }
  }
  c.set_output(0, out);
}

Kernel broadcast_to_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& input = c.input(0);
    const Shape in = input.shape();
    if (c.input(1).shape().rank() != 1) {
      refuse("shape must be a vector, not " + to_string(c.input(1).shape()));
    }
    const std::vector<std::int64_t> dims = ints_of(c.input(1));
    for (const std::int64_t dim : dims) {
      if (dim < 0) refuse("Dimension " + std::to_string(dim) + " must be >= 0");
    }
    if (dims.size() > static_cast<std::size_t>(kMostDims)) refuse("shape has too many dimensions");
    const Shape out_shape(dims);
    if (in == out_shape) {
      c.set_output(0, c.take_input(0));
      return;
    }
    if (in.rank() > out_shape.rank()) {
      refuse("Rank of input (" + std::to_string(in.rank()) +
             ") must be no greater than rank of output shape (" + std::to_string(out_shape.rank()) +
             ").");
    }
    const int added = out_shape.rank() - in.rank();
    const std::vector<std::int64_t> from = row_major_strides(in);
    const std::vector<std::int64_t> to = row_major_strides(out_shape);
    Box box;
    for (int d = 0; d < out_shape.rank(); ++d) {
      const std::int64_t dim = out_shape.dim(d);
      std::int64_t stride = 0;
      if (d >= added && in.dim(d - added) != 1) {
        if (in.dim(d - added) != dim) {
          refuse((dim == 1 ? "Unable to broadcast tensor of shape " + to_string(in) +
                                 " to tensor of shape "
                           : "Incompatible shapes: " + to_string(in) + " vs. ") +
                 to_string(out_shape));
        }
        stride = from[static_cast<std::size_t>(d - added)];
      }
      box.dims.push_back({dim, stride, to[static_cast<std::size_t>(d)]});
    }
    Tensor out = c.allocate(input.dtype(), out_shape);
    copy_box(c.threads(), input, out, std::move(box));
    c.set_output(0, std::move(out));
  });
}

void broadcast_to_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output shape = icecore::shape(graph, c.input(0));
  const Operation axes = graph.apply_op("BroadcastGradientArgs", {Input(c.input(1)), Input(shape)});
  const Output sum =
      add_node(graph, "Sum", {Input(c.gradient()), Input(axes.output(1))}, {{"keep_dims", true}});
  c.set(0, reshape(graph, sum, shape));
}

// The two shapes that BroadcastArgs and BroadcastGradientArgs are given.
struct Shapes {
  std::vector<std::int64_t> x, y;
};

Shapes shapes_of(const KernelContext& c) {
  for (int i = 0; i < 2; ++i) {
    if (c.input(i).shape().rank() != 1) {
      refuse("In[" + std::to_string(i) + "] must be a vector." + to_string(c.input(i).shape()));
    }
  }
  Shapes shapes{ints_of(c.input(0)), ints_of(c.input(1))};
  return shapes;
}

[[noreturn]] void refuse_shapes(const Shapes& shapes) {
  refuse("Incompatible shapes: " + join_ints(shapes.x) + " vs. " + join_ints(shapes.y));
}

// The dimension counted from the last; what isn't there counts as 1.
std::int64_t from_last(const std::vector<std::int64_t>& dims, std::size_t i) {
  return i < dims.size() ? dims[dims.size() - 1 - i] : 1;
}

void broadcast_args_shape(ShapeContext& c) {
  const Shape x = with_rank(c.input(0), 1), y = with_rank(c.input(1), 1);
  const bool known = x.dim(0) >= 0 && y.dim(0) >= 0;
  c.set_output(0, Shape{known ? std::max(x.dim(0), y.dim(0)) : -1});
}

Kernel broadcast_args_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Shapes shapes = shapes_of(c);
    const std::size_t rank = std::max(shapes.x.size(), shapes.y.size());
    std::vector<std::int64_t> out(rank);
    for (std::size_t i = 0; i < rank; ++i) {
      const std::int64_t x = from_last(shapes.x, i), y = from_last(shapes.y, i);
      if (x != y && x != 1 && y != 1) refuse_shapes(shapes);
      out[rank - 1 - i] = x == 1 ? y : x;
    }
    c.set_output(0,
                 ints_tensor(c, c.input(0).dtype(), Shape{static_cast<std::int64_t>(rank)}, out));
  });
}

void broadcast_gradient_args_shape(ShapeContext& c) {
  with_rank(c.input(0), 1);
  with_rank(c.input(1), 1);
  c.set_output(0, Shape{-1});
  c.set_output(1, Shape{-1});
}

// Over which dimensions of the sum's gradient each operand's must be summed.
Kernel broadcast_gradient_args_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Shapes shapes = shapes_of(c);
    const std::size_t rank = std::max(shapes.x.size(), shapes.y.size());
    std::vector<std::int64_t> of_x, of_y;
    for (std::size_t i = rank; i-- > 0 && shapes.x != shapes.y;) {
      const std::int64_t x = from_last(shapes.x, i), y = from_last(shapes.y, i);
      const auto at = static_cast<std::int64_t>(rank - 1 - i);
      if (x != y && x != 1 && y != 1) refuse_shapes(shapes);
      // Where both are 1 both are listed, as TensorFlow does.
      if (x == 1) of_x.push_back(at);
      if (y == 1) of_y.push_back(at);
    }
    const auto vector = [&](const std::vector<std::int64_t>& values) {
      return ints_tensor(c, c.input(0).dtype(), Shape{static_cast<std::int64_t>(values.size())},
                         values);
    };
    c.set_output(0, vector(of_x));
    c.set_output(1, vector(of_y));
  });
}

}  // namespace

const OpImplementation broadcast_to_op = {"BroadcastTo", broadcast_to_shape, broadcast_to_kernel,
                                          broadcast_to_gradient};
const OpImplementation broadcast_args_op = {"BroadcastArgs", broadcast_args_shape,
                                            broadcast_args_kernel};
const OpImplementation broadcast_gradient_args_op = {
    "BroadcastGradientArgs", broadcast_gradient_args_shape, broadcast_gradient_args_kernel,
    not_differentiable};

}  // namespace icecore::inline v0
