// Sum, Mean, EuclideanNorm.
#include <icecore/gradient_context.h>

#include <cmath>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/reduction/reduce_kernel.h"
#include "ops/reduction/reduction_functions.h"
#include "ops/reduction/reduction_ops.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kGrain = 1 << 15;

ReducePlan plan_of(const KernelContext& c, bool keep_dims) {
  return plan_reduction(c.input(0).shape(), c.input(1), keep_dims);
}

Kernel sum_kernel(const NodeInfo& node) {
  const bool keep_dims = node.bool_attr("keep_dims");
  return in_float32(Kernel([keep_dims](KernelContext& c) {
    const ReducePlan plan = plan_of(c, keep_dims);
    c.set_output(0, reduce_summed<SumOp>(c, c.input(0), plan));
  }));
}

// Each element by the number of those it sums up.
template <typename T>
void divide(std::span<const T> sums, std::span<T> means, std::int64_t count) {
  if constexpr (std::is_integral_v<T>) {
    // As many as the dtype can count: beyond, TensorFlow divides by 0.
    const T divisor = static_cast<T>(count);
    if (divisor == 0) refuse("Integer division by zero");
    for (std::size_t i = 0; i < sums.size(); ++i) {
      means[i] = std::is_signed_v<T> && divisor == static_cast<T>(-1)
                     ? wrapping_sub(T{0}, sums[i])
                     : static_cast<T>(sums[i] / divisor);
    }
  } else {
    const T divisor = static_cast<T>(count);
    for (std::size_t i = 0; i < sums.size(); ++i) means[i] = sums[i] / divisor;
  }
}

Kernel mean_kernel(const NodeInfo& node) {
  const bool keep_dims = node.bool_attr("keep_dims");
  return in_float32(Kernel([keep_dims](KernelContext& c) {
    const ReducePlan plan = plan_of(c, keep_dims);
    const Tensor sums = reduce_summed<SumOp>(c, c.input(0), plan);
    Tensor means = c.allocate(sums.dtype(), sums.shape());
    if (means.num_elements() > 0) {
      visit_numbers(WideNumberTypes(), sums.dtype(), [&]<typename T>(std::type_identity<T>) {
        divide<T>(sums.values<T>(), means.mutable_values<T>(), plan.reduced);
      });
    }
    c.set_output(0, std::move(means));
  }));
}

template <typename T>
T square_of(T x) {
  if constexpr (is_complex_number<T>) {
    return x * std::conj(x);
  } else {
    return wrapping_mul(x, x);
  }
}

Kernel euclidean_norm_kernel(const NodeInfo& node) {
  const bool keep_dims = node.bool_attr("keep_dims");
  return in_float32(Kernel([keep_dims](KernelContext& c) {
    const ReducePlan plan = plan_of(c, keep_dims);
    const Tensor& input = c.input(0);
    if (plan.steps.empty()) {  // As they are, signs included: so does TensorFlow.
      c.set_output(0, input.reshaped(plan.output));
      return;
    }
    visit_numbers(WideNumberTypes(), input.dtype(), [&]<typename T>(std::type_identity<T>) {
      Tensor squares = c.allocate(input.dtype(), input.shape());
      const std::span<const T> from = input.values<T>();
      const std::span<T> to = squares.mutable_values<T>();
      c.threads().parallel_for(
          input.num_elements(), kGrain, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i) {
              to[static_cast<std::size_t>(i)] = square_of(from[static_cast<std::size_t>(i)]);
            }
          });
      const Tensor sums = reduce_summed<SumOp>(c, squares, plan);
      Tensor norms = c.allocate(input.dtype(), plan.output);
      const std::span<const T> sum = sums.values<T>();
      const std::span<T> norm = norms.mutable_values<T>();
      for (std::size_t i = 0; i < sum.size(); ++i) {
        if constexpr (std::is_integral_v<T>) {
          norm[i] = sum[i] < 0 ? T{0} : static_cast<T>(std::sqrt(static_cast<double>(sum[i])));
        } else {
          norm[i] = std::sqrt(sum[i]);
        }
      }
      c.set_output(0, std::move(norms));
    });
  }));
}

void sum_gradient(GradientContext& c) {
  c.set(0, spread_sum_gradient(c));
}

void mean_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output sum = spread_sum_gradient(c);
  const Shape input = c.input(0).shape(), output = c.output(0).shape();
  Output factor;
  if (input.is_fully_defined() && output.is_fully_defined()) {
    const std::int64_t in = input.num_elements().value_or(0);
    const std::int64_t out = output.num_elements().value_or(0);
    factor = graph.constant(
        scalar_of(sum.dtype(), static_cast<double>(in / std::max<std::int64_t>(out, 1))));
  } else {
    const Output input_shape = icecore::shape(graph, c.input(0));
    const Output output_shape = icecore::shape(graph, c.output(0));
    const Output input_size = reduce_prod(graph, input_shape);
    factor = safe_shape_div(graph, input_size, reduce_prod(graph, output_shape));
  }
  const Output divisor = cast(graph, factor, sum.dtype());
  const ScopeGuard scope = graph.name_scope("truediv");
  c.set(0, add_node(graph, "RealDiv", {Input(sum), Input(divisor)}, {}, scope.name()));
}

}  // namespace

const OpImplementation sum_op = {"Sum", reduction_shape, sum_kernel, sum_gradient};
const OpImplementation mean_op = {"Mean", reduction_shape, mean_kernel, mean_gradient};
const OpImplementation euclidean_norm_op = {"EuclideanNorm", reduction_shape, euclidean_norm_kernel,
                                            not_differentiable};

}  // namespace icecore::inline v0
