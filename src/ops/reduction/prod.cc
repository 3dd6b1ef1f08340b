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

Output as_matrix(GraphBuilder& graph, const Output& x, const Output& rows, const Output& columns) {
  const ScopeGuard scope = graph.name_scope("Reshape");
  const Output shape = stack(graph, {Input(rows), Input(columns)}, 0, "shape");
  return add_node(graph, "Reshape", {Input(x), Input(shape)}, {}, scope.name());
}

// As products of all that stand before and behind each element, so that zeros don't matter.
void prod_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output x = c.input(0);
  const Output input_shape = icecore::shape(graph, x);
  Output axes = reshape(graph, c.input(1), std::vector<int>{-1});
  const Output kept_dims = reduced_shape(graph, input_shape, c.input(1));
  const Output tile_scaling = safe_shape_div(graph, input_shape, kept_dims);
  Output gradient = reshape(graph, c.gradient(), kept_dims);
  gradient = add_node(graph, "Tile", {Input(gradient), Input(tile_scaling)});

  // The reduced dimensions come to the front, as one.
  Output order, reduced_count, other_count;
  {
    const ScopeGuard device = graph.device("/cpu:0");
    const Output rank = icecore::rank(graph, x);
    axes = binary(graph, "FloorMod", binary(graph, "AddV2", axes, rank, "add"), rank, "mod");
    const Output reduced = cast(graph, axes, DType::kInt32);
    const Output all = range(graph, 0, rank, 1);
    const Output other = add_node(graph, "ListDiff", {Input(all), Input(reduced)});
    order = concat(graph, {Input(reduced), Input(other)}, 0);
    reduced_count = reduce_prod(graph, gather(graph, input_shape, reduced));
    other_count = reduce_prod(graph, gather(graph, input_shape, other));
  }
  const Output permuted = transpose(graph, x, order);
  const Output permuted_shape = icecore::shape(graph, permuted);
  const Output matrix = as_matrix(graph, permuted, reduced_count, other_count);
  const Output left = add_node(graph, "Cumprod", {Input(matrix), Input(0)}, {{"exclusive", true}});
  const Output right = add_node(graph, "Cumprod", {Input(matrix), Input(0)},
                                {{"exclusive", true}, {"reverse", true}});
  const Output left_conj = conj(graph, left);
  Output others = binary(graph, "Mul", left_conj, conj(graph, right), "mul");
  others = reshape(graph, others, permuted_shape);
  const Output back = add_node(graph, "InvertPermutation", {Input(order)});
  const Output result = binary(graph, "Mul", gradient, transpose(graph, others, back), "mul");
  c.set(0, reshape(graph, result, input_shape));
}

}  // namespace

const OpImplementation prod_op = {"Prod", reduction_shape, prod_kernel, prod_gradient};

}  // namespace icecore::inline v0
