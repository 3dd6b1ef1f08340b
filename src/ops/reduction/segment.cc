// SegmentSum, SegmentMean, SegmentProd, SegmentMax, SegmentMin: of rows that stand together.
#include <icecore/gradient_context.h>

#include <algorithm>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/in_float32.h"
#include "ops/number_types.h"
#include "ops/reduction/reduction_functions.h"
#include "ops/reduction/reduction_ops.h"
#include "ops/reduction/segment_checks.h"

namespace icecore::inline v0 {
namespace {

enum class Fold { kSum, kMean, kProd, kMax, kMin };

void segment_shape(ShapeContext& c) {
  const Shape& data = with_rank_at_least(c.input(0), 1);
  with_rank(c.input(1), 1);
  c.set_output(0, join_shapes(Shape{-1}, part_of_shape(data, 1)));
}

template <Fold fold, typename T>
void fold_rows(const T* data, const std::vector<std::int64_t>& ids, std::int64_t width,
               std::span<T> out) {
  std::ranges::fill(out, T(fold == Fold::kProd ? 1 : 0));
  for (std::size_t i = 0; i < ids.size();) {
    T* const to = out.data() + ids[i] * width;
    const std::size_t first = i;
    for (; i < ids.size() && ids[i] == ids[first]; ++i, data += width) {
      if (i == first) {
        std::copy_n(data, width, to);
        continue;
      }
      for (std::int64_t k = 0; k < width; ++k) {
        if constexpr (fold == Fold::kProd) {
          to[k] = wrapping_mul(to[k], data[k]);
        } else if constexpr (fold == Fold::kMax) {
          to[k] = to[k] < data[k] ? data[k] : to[k];
        } else if constexpr (fold == Fold::kMin) {
          to[k] = data[k] < to[k] ? data[k] : to[k];
        } else {
          to[k] = wrapping_add(to[k], data[k]);
        }
      }
    }
    if constexpr (fold == Fold::kMean) {
      const T count = static_cast<T>(i - first);
      if (count == T(0)) refuse("Integer division by zero");
      for (std::int64_t k = 0; k < width; ++k) to[k] = static_cast<T>(to[k] / count);
    }
  }
}

template <Fold fold>
Kernel segment_kernel(const NodeInfo&) {
  return in_float32(Kernel([](KernelContext& c) {
    const Tensor& data = c.input(0);
    const Tensor& segment_ids = c.input(1);
    if (segment_ids.shape().rank() != 1) refuse("segment_ids should be a vector.");
    if (data.shape().rank() < 1 || data.shape().dim(0) != segment_ids.num_elements()) {
      refuse("segment_ids should be the same size as dimension 0 of input.");
    }
    const std::vector<std::int64_t> ids = ints_of(segment_ids);
    Tensor out = c.allocate(data.dtype(), with_rows(data.shape(), count_segments(ids)));
    if (out.num_elements() > 0) {
      constexpr bool kOrdered = fold == Fold::kMax || fold == Fold::kMin;
      using Types = std::conditional_t<kOrdered, WideRealTypes, WideNumberTypes>;
      visit_numbers(Types(), data.dtype(), [&]<typename T>(std::type_identity<T>) {
        fold_rows<fold, T>(data.values<T>().data(), ids, row_width(data.shape()),
                           out.mutable_values<T>());
      });
    }
    c.set_output(0, std::move(out));
  }));
}

void segment_sum_gradient(GradientContext& c) {
  c.set(0, gather(c.graph(), c.gradient(), c.input(1)));
}

void segment_mean_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient(), ids = c.input(1);
  const Output rank = icecore::rank(graph, c.input(0));
  const Output ids_shape = icecore::shape(graph, ids);
  const Output less = expand_dims(graph, binary(graph, "Sub", rank, 1, "sub"), 0);
  const Output rest = add_node(graph, "Fill", {Input(less), Input(1)});
  const Output ones_shape = concat(graph, {Input(ids_shape), Input(rest)}, 0);
  const Output one = graph.constant(scalar_of(gradient.dtype(), 1));
  const Output ones = add_node(graph, "Fill", {Input(ones_shape), Input(one)});
  const Output counts = binary(graph, "SegmentSum", ones, ids);
  const Output share = binary(graph, "RealDiv", gradient, counts, "truediv");
  c.set(0, gather(graph, share, ids));
}

void segment_extreme_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient(), x = c.input(0), ids = c.input(1);
  const Output zeros = zeros_like(graph, x);
  const Output gathered = gather(graph, c.output(0), ids);
  const Output selected = binary(graph, "Equal", x, gathered);
  const Output counts = binary(graph, "SegmentSum", cast(graph, selected, gradient.dtype()), ids);
  const Output share = binary(graph, "RealDiv", gradient, counts, "truediv");
  const Output shares = gather(graph, share, ids);
  c.set(0, select(graph, selected, shares, zeros));
}

}  // namespace

const OpImplementation segment_sum_op = {"SegmentSum", segment_shape, segment_kernel<Fold::kSum>,
                                         segment_sum_gradient};
const OpImplementation segment_mean_op = {"SegmentMean", segment_shape, segment_kernel<Fold::kMean>,
                                          segment_mean_gradient};
const OpImplementation segment_prod_op = {"SegmentProd", segment_shape,
                                          segment_kernel<Fold::kProd>};
const OpImplementation segment_max_op = {"SegmentMax", segment_shape, segment_kernel<Fold::kMax>,
                                         segment_extreme_gradient};
const OpImplementation segment_min_op = {"SegmentMin", segment_shape, segment_kernel<Fold::kMin>,
                                         segment_extreme_gradient};

}  // namespace icecore::inline v0
