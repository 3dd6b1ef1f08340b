#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <string>

#include "ops/array/array_functions.h"
#include "ops/in_float32.h"
#include "ops/linalg/gemm.h"
#include "ops/linalg/linalg_ops.h"

namespace icecore::inline v0 {
namespace {

void refuse_unless_matrix(const Tensor& tensor, int i) {
  if (tensor.shape().rank() == 2) return;
  throw Error(Code::kInvalidArgument, "In[" + std::to_string(i) +
                                          "] is not a matrix. Instead it has shape " +
                                          to_string(tensor.shape()));
}

void multiply(KernelContext& context, bool transpose_a, bool transpose_b) {
  const Tensor& a = context.input(0);
  const Tensor& b = context.input(1);
  refuse_unless_matrix(a, 0);
  refuse_unless_matrix(b, 1);
  MatrixProduct product;
  product.transpose_a = transpose_a;
  product.transpose_b = transpose_b;
  product.m = a.shape().dim(transpose_a ? 1 : 0);
  product.k = a.shape().dim(transpose_a ? 0 : 1);
  product.n = b.shape().dim(transpose_b ? 0 : 1);
  if (product.k != b.shape().dim(transpose_b ? 1 : 0)) {
    throw Error(Code::kInvalidArgument, "Matrix size-incompatible: In[0]: " + to_string(a.shape()) +
                                            ", In[1]: " + to_string(b.shape()));
  }
  product.a_stride = a.shape().dim(1);
  product.b_stride = b.shape().dim(1);
  product.c_stride = product.n;
  if (transpose_a && product.m == 1) {  // A column is a row.
    product.transpose_a = false;
    product.a_stride = product.k;
  }
  Tensor c = context.allocate(a.dtype(), Shape{product.m, product.n});
  product.a = a.bytes().data();
  product.b = b.bytes().data();
  product.c = c.mutable_bytes().data();
  multiply_matrices(context, a.dtype(), product);
  context.set_output(0, std::move(c));
}

Output mat_mul(GraphBuilder& graph, const Output& a, const Output& b, bool transpose_a,
               bool transpose_b) {
  return graph
      .apply_op("MatMul", {a, b}, {{"transpose_a", transpose_a}, {"transpose_b", transpose_b}})
      .output();
}

}  // namespace

void mat_mul_shape(ShapeContext& c) {
  const Shape a = with_rank(c.input(0), 2);
  const Shape b = with_rank(c.input(1), 2);
  const bool transpose_a = c.node().bool_attr("transpose_a");
  const bool transpose_b = c.node().bool_attr("transpose_b");
  merge_dims(a.dim(transpose_a ? 0 : 1), b.dim(transpose_b ? 1 : 0));
  c.set_output(0, Shape{a.dim(transpose_a ? 1 : 0), b.dim(transpose_b ? 0 : 1)});
}

Kernel mat_mul_kernel(const NodeInfo& node) {
  Kernel kernel = [transpose_a = node.bool_attr("transpose_a"),
                   transpose_b = node.bool_attr("transpose_b")](KernelContext& context) {
    multiply(context, transpose_a, transpose_b);
  };
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

void mat_mul_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const NodeInfo node = c.op().info();
  const bool transpose_a = node.bool_attr("transpose_a");
  const bool transpose_b = node.bool_attr("transpose_b");
  const Output gradient = c.gradient();
  const Output a = conj(graph, c.input(0));
  const Output b = conj(graph, c.input(1));
  c.set(0, transpose_a ? mat_mul(graph, b, gradient, transpose_b, true)
                       : mat_mul(graph, gradient, b, false, !transpose_b));
  c.set(1, transpose_b ? mat_mul(graph, gradient, a, true, transpose_a)
                       : mat_mul(graph, a, gradient, !transpose_a, false));
}

}  // namespace icecore::inline v0
