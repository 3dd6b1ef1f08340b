// Prod.
#include <icecore/gradient_context.h>

#include "ops/array/array_functions.h"
#include "ops/reduction/reduce_kernel.h"
#include "ops/reduction/reduction_functions.h"
#include "ops/reduction/reduction_ops.h"

namespace icecore::inline v0 {
namespace {

struct ProdOp {
  static constexpr bool kPassesOver = false;
  template <typename T>
  static constexpr T initial() {
    return T(1);
  }
  template <typename T>
  static constexpr T combine(T a, T b) {
    return wrapping_mul(a, b);
  }
};

Kernel prod_kernel(const NodeInfo& node) {
  const bool keep_dims = node.bool_attr("keep_dims");
  return in_float32(Kernel([keep_dims](KernelContext& c) {
    const ReducePlan plan = plan_reduction(c.input(0).shape(), c.input(1), keep_dims);
    c.set_output(0, reduce_summed<ProdOp>(c, c.input(0), plan));
  }));
}

Output conj(GraphBuilder& graph, const Output& x) {
  const bool complex = x.dtype() == DType::kComplex64 || x.dtype() == DType::kComplex128;
  return complex ? call(graph, "Conj", {Input(x)}) : x;
}

Output as_matrix(GraphBuilder& graph, const Output& x, const Output& rows, const Output& columns) {
  const ScopeGuard scope = graph.name_scope("Reshape");
  const Output shape = stack_scalars(graph, {Input(rows), Input(columns)}, "shape");
  return call(graph, "Reshape", {Input(x), Input(shape)}, {}, scope.name());
}

// As products of all that stand before and behind each element, so that zeros don't matter.
void prod_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output x = c.input(0);
  const Output input_shape = shape_of(graph, x);
  Output axes = reshape(graph, c.input(1), std::vector<int>{-1});
  const Output kept_dims = reduced_shape(graph, input_shape, c.input(1));
  const Output tile_scaling = safe_shape_div(graph, input_shape, kept_dims);
  Output gradient = reshape(graph, c.gradient(), kept_dims);
  gradient = call(graph, "Tile", {Input(gradient), Input(tile_scaling)});

  // The reduced dimensions come to the front, as one.
  Output order, reduced_count, other_count;
  {
    const ScopeGuard device = graph.device("/cpu:0");
    const Output rank = rank_of(graph, x);
    axes = binary(graph, "FloorMod", binary(graph, "AddV2", axes, rank, "add"), rank, "mod");
    const Output reduced = cast(graph, axes, DType::kInt32);
    const Output all = range(graph, 0, rank, 1);
    const Output other = call(graph, "ListDiff", {Input(all), Input(reduced)});
    order = concat(graph, {Input(reduced), Input(other)}, 0);
    reduced_count = reduce_all(graph, "Prod", gather(graph, input_shape, reduced));
    other_count = reduce_all(graph, "Prod", gather(graph, input_shape, other));
  }
  const Output permuted = transpose(graph, x, order);
  const Output permuted_shape = shape_of(graph, permuted);
  const Output matrix = as_matrix(graph, permuted, reduced_count, other_count);
  const Output left = call(graph, "Cumprod", {Input(matrix), Input(0)}, {{"exclusive", true}});
  const Output right =
      call(graph, "Cumprod", {Input(matrix), Input(0)}, {{"exclusive", true}, {"reverse", true}});
  const Output left_conj = conj(graph, left);
  Output others = binary(graph, "Mul", left_conj, conj(graph, right), "mul");
  others = reshape(graph, others, permuted_shape);
  const Output back = call(graph, "InvertPermutation", {Input(order)});
  const Output result = binary(graph, "Mul", gradient, transpose(graph, others, back), "mul");
  c.set(0, reshape(graph, result, input_shape));
}

}  // namespace

const OpImplementation prod_op = {"Prod", reduction_shape, prod_kernel, prod_gradient};

}  // namespace icecore::inline v0
