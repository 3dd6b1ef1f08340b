#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <complex>
#include <cstddef>
#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "ops/array/array_functions.h"
#include "ops/in_float32.h"
#include "ops/linalg/gemm.h"
#include "ops/linalg/linalg_ops.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

std::string both(const Tensor& x, const Tensor& y, const char* between) {
  return to_string(x.shape()) + between + to_string(y.shape());
}

void check_same_batch(const Tensor& x, const Tensor& y) {
  const int rank = x.shape().rank();
  if (rank != y.shape().rank()) {
    refuse("In[0] and In[1] has different ndims: " + both(x, y, " vs. "));
  }
  if (rank < 2) refuse("In[0] and In[1] ndims must be >= 2: " + std::to_string(rank));
  for (int i = 0; i < rank - 2; ++i) {
    if (x.shape().dim(i) == y.shape().dim(i)) continue;
    const std::string dim = ".dim(" + std::to_string(i) + ")";
    refuse("In[0]" + dim + " and In[1]" + dim + " must be the same: " + both(x, y, " vs "));
  }
}

// Which matrix of each operand belongs to which of the result, where batches are spread over each
// other.
struct Batches {
  std::vector<std::int64_t> dims;
  std::vector<std::int64_t> x_strides, y_strides;  // In matrices; 0 where an operand is spread.
  std::int64_t count = 1;

  std::pair<std::int64_t, std::int64_t> at(std::int64_t index) const {
    std::int64_t x = 0, y = 0;
    for (std::size_t i = dims.size(); i-- > 0;) {
      const std::int64_t along = index % dims[i];
      index /= dims[i];
      x += along * x_strides[i];
      y += along * y_strides[i];
    }
    return {x, y};
  }
};

Batches batches_of(const Tensor& x, const Tensor& y) {
  const int x_rank = x.shape().rank() - 2, y_rank = y.shape().rank() - 2;
  const int rank = std::max(x_rank, y_rank);
  Batches batches;
  batches.dims.resize(static_cast<std::size_t>(rank));
  batches.x_strides = batches.y_strides = batches.dims;
  std::int64_t x_stride = 1, y_stride = 1;
  for (int i = 1; i <= rank; ++i) {
    const auto at = static_cast<std::size_t>(rank - i);
    const std::int64_t x_dim = i <= x_rank ? x.shape().dim(x_rank - i) : 1;
    const std::int64_t y_dim = i <= y_rank ? y.shape().dim(y_rank - i) : 1;
    if (x_dim != y_dim && x_dim != 1 && y_dim != 1) {
      refuse("In[0] and In[1] must have compatible batch dimensions: " + both(x, y, " vs. "));
    }
    batches.dims[at] = x_dim == 1 ? y_dim : x_dim;
    batches.x_strides[at] = x_dim == 1 ? 0 : x_stride;
    batches.y_strides[at] = y_dim == 1 ? 0 : y_stride;
    x_stride *= x_dim;
    y_stride *= y_dim;
  }
  return batches;
}

template <typename T>
Tensor conjugate_of(const KernelContext& context, const Tensor& tensor) {
  Tensor result = context.allocate(tensor.dtype(), tensor.shape());
  std::ranges::transform(tensor.values<T>(), result.mutable_values<T>().begin(),
                         [](T value) { return std::conj(value); });
  return result;
}

// An adjoint is a transposed conjugate; the product below transposes.
Tensor conjugate(const KernelContext& context, const Tensor& tensor) {
  if (tensor.dtype() == DType::kComplex64)
    return conjugate_of<std::complex<float>>(context, tensor);
  if (tensor.dtype() == DType::kComplex128) {
    return conjugate_of<std::complex<double>>(context, tensor);
  }
  return tensor;
}

void multiply(KernelContext& context, bool adj_x, bool adj_y, bool spread) {
  const Tensor& in_x = context.input(0);
  const Tensor& in_y = context.input(1);
  if (spread) {
    for (int i = 0; i < 2; ++i) {
      const int rank = context.input(i).shape().rank();
      if (rank < 2) {
        refuse("In[" + std::to_string(i) + "] ndims must be >= 2: " + std::to_string(rank));
      }
    }
  } else {
    check_same_batch(in_x, in_y);
  }
  Batches batches = batches_of(in_x, in_y);
  const auto x_dims = in_x.shape().dims().last(2);
  const auto y_dims = in_y.shape().dims().last(2);
  MatrixProduct product;
  product.transpose_a = adj_x;
  product.transpose_b = adj_y;
  product.m = x_dims[adj_x ? 1 : 0];
  product.k = x_dims[adj_x ? 0 : 1];
  product.n = y_dims[adj_y ? 0 : 1];
  const std::int64_t y_inner = y_dims[adj_y ? 1 : 0];
  if (product.k != y_inner) {
    refuse("In[0] mismatch In[1] shape: " + std::to_string(product.k) + " vs. " +
           std::to_string(y_inner) + ": " + both(in_x, in_y, " ") + (adj_x ? " 1" : " 0") +
           (adj_y ? " 1" : " 0"));
  }
  product.a_stride = x_dims[1];
  product.b_stride = y_dims[1];
  product.c_stride = product.n;
  std::vector<std::int64_t> dims = batches.dims;
  dims.push_back(product.m);
  dims.push_back(product.n);
  Tensor result = context.allocate(in_x.dtype(), Shape(dims));
  if (result.num_elements() == 0) {
    context.set_output(0, std::move(result));
    return;
  }
  for (const std::int64_t dim : batches.dims) batches.count *= dim;
  const Tensor x = adj_x ? conjugate(context, in_x) : in_x;
  const Tensor y = adj_y ? conjugate(context, in_y) : in_y;
  const DType dtype = x.dtype();
  const auto size = static_cast<std::int64_t>(dtype_size(dtype));
  std::byte* c = result.mutable_bytes().data();
  const auto one = [&](std::int64_t index) {
    const auto [x_index, y_index] = batches.at(index);
    MatrixProduct one_product = product;
    one_product.a = x.bytes().data() + x_index * product.m * product.k * size;
    one_product.b = y.bytes().data() + y_index * product.k * product.n * size;
    one_product.c = c + index * product.m * product.n * size;
    return one_product;
  };
  // Many small products are spread over the threads, few large ones each over all threads.
  constexpr double kSmall = 1 << 16;
  const double work = static_cast<double>(product.m) * static_cast<double>(product.n) *
                      static_cast<double>(std::max<std::int64_t>(product.k, 1));
  if (work <= kSmall) {
    const auto grain = static_cast<std::int64_t>(kSmall / work) + 1;
    context.threads().parallel_for(batches.count, grain, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) multiply_matrices_here(dtype, one(i));
    });
  } else {
    for (std::int64_t i = 0; i < batches.count; ++i) multiply_matrices(context, dtype, one(i));
  }
  context.set_output(0, std::move(result));
}

Kernel kernel_of(const NodeInfo& node, bool spread) {
  Kernel kernel = [adj_x = node.bool_attr("adj_x"), adj_y = node.bool_attr("adj_y"),
                   spread](KernelContext& context) { multiply(context, adj_x, adj_y, spread); };
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

Shape batch_of(const Shape& shape) {
  if (!shape.has_rank()) return shape;
  return Shape(std::vector<std::int64_t>(shape.dims().begin(), shape.dims().end() - 2));
}

void shape_of(ShapeContext& c, bool spread) {
  const Shape x = with_rank_at_least(c.input(0), 2);
  const Shape y = with_rank_at_least(c.input(1), 2);
  const bool adj_x = c.node().bool_attr("adj_x");
  const bool adj_y = c.node().bool_attr("adj_y");
  // Dimension 1 is the last.
  const auto dim = [](const Shape& shape, int i) {
    return shape.has_rank() ? shape.dim(shape.rank() - 2 + i) : -1;
  };
  Shape batch;
  if (spread) {
    merge_dims(dim(x, adj_x ? 0 : 1), dim(y, adj_y ? 1 : 0));
    batch = broadcast_shapes(batch_of(x), batch_of(y));
  } else {
    batch = merge_shapes(batch_of(x), batch_of(y));
    merge_dims(dim(x, adj_x ? 0 : 1), dim(y, adj_y ? 1 : 0));
  }
  if (!batch.has_rank()) return;
  std::vector<std::int64_t> dims(batch.dims().begin(), batch.dims().end());
  dims.push_back(dim(x, adj_x ? 1 : 0));
  dims.push_back(dim(y, adj_y ? 0 : 1));
  c.set_output(0, Shape(dims));
}

std::pair<Output, Output> gradients_of(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const NodeInfo node = c.op().info();
  const bool adj_x = node.bool_attr("adj_x");
  const bool adj_y = node.bool_attr("adj_y");
  const Output gradient = c.gradient();
  const Output x = c.input(0), y = c.input(1);
  const Output x_gradient =
      adj_x ? matmul(graph, y, gradient, {.adjoint_a = adj_y, .adjoint_b = true})
            : matmul(graph, gradient, y, {.adjoint_b = !adj_y});
  const Output y_gradient =
      adj_y ? matmul(graph, gradient, x, {.adjoint_a = true, .adjoint_b = adj_x})
            : matmul(graph, x, gradient, {.adjoint_a = !adj_x});
  return {x_gradient, y_gradient};
}

}  // namespace

void batch_mat_mul_shape(ShapeContext& c) {
  shape_of(c, false);
}

void batch_mat_mul_v2_shape(ShapeContext& c) {
  shape_of(c, true);
}

Kernel batch_mat_mul_kernel(const NodeInfo& node) {
  return kernel_of(node, false);
}

Kernel batch_mat_mul_v2_kernel(const NodeInfo& node) {
  return kernel_of(node, true);
}

void batch_mat_mul_gradient(GradientContext& c) {
  const auto [x, y] = gradients_of(c);
  c.set(0, x);
  c.set(1, y);
}

void batch_mat_mul_v2_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  auto [x, y] = gradients_of(c);
  const Shape x_shape = c.input(0).shape(), y_shape = c.input(1).shape();
  if (!x_shape.has_rank() || !x_shape.is_fully_defined() || x_shape != y_shape) {
    // What was spread is summed up again.
    const Output sx = icecore::shape(graph, c.input(0));
    const Output sy = icecore::shape(graph, c.input(1));
    const Output bx = subscript(graph, sx, std::nullopt, -2);
    const Output by = subscript(graph, sy, std::nullopt, -2);
    const Operation axes = graph.apply_op("BroadcastGradientArgs", {bx, by});
    x = graph.apply_op("Reshape", {reduce_sum(graph, x, {.axis = axes.output(0)}), sx}).output();
    y = graph.apply_op("Reshape", {reduce_sum(graph, y, {.axis = axes.output(1)}), sy}).output();
  }
  c.set(0, x);
  c.set(1, y);
}

}  // namespace icecore::inline v0
