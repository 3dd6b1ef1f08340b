// UnsortedSegmentSum, UnsortedSegmentProd, UnsortedSegmentMax, UnsortedSegmentMin.
#include <icecore/gradient_context.h>

#include <algorithm>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/array/nd_index.h"
#include "ops/number_types.h"
#include "ops/reduction/reduction_functions.h"
#include "ops/reduction/reduction_ops.h"

namespace icecore::inline v0 {
namespace {

enum class Fold { kSum, kProd, kMax, kMin };

void unsorted_segment_shape(ShapeContext& c) {
  const Shape& data = c.input(0);
  const Shape& ids = c.input(1);
  with_rank(c.input(2), 0);
  if (!data.has_rank() || !ids.has_rank()) return;
  merge_shapes(part_of_shape(with_rank_at_least(data, ids.rank()), 0, ids.rank()), ids);
  const auto known = c.constant_ints(2);
  if (known && known->front() < 0) {
    refuse_shape("Dimension size, given by scalar input 2, must be non-negative but is " +
                 std::to_string(known->front()));
  }
  c.set_output(0, join_shapes(Shape{known ? known->front() : -1}, part_of_shape(data, ids.rank())));
}

template <Fold fold, typename T>
constexpr T initial() {
  if constexpr (fold == Fold::kSum)
    return T(0);
  else if constexpr (fold == Fold::kProd)
    return T(1);
  else if constexpr (fold == Fold::kMax)
    return Eigen::NumTraits<T>::lowest();
  else
    return Eigen::NumTraits<T>::highest();
}

template <Fold fold, typename T>
void fold_rows(const T* data, const std::vector<std::int64_t>& ids, std::int64_t width,
               std::span<T> out) {
  std::ranges::fill(out, initial<fold, T>());
  for (const std::int64_t id : ids) {
    if (id >= 0) {
      T* const to = out.data() + id * width;
      for (std::int64_t k = 0; k < width; ++k) {
        if constexpr (fold == Fold::kSum) {
          to[k] = wrapping_add(to[k], data[k]);
        } else if constexpr (fold == Fold::kProd) {
          to[k] = wrapping_mul(to[k], data[k]);
        } else if constexpr (fold == Fold::kMax) {
          to[k] = to[k] < data[k] ? data[k] : to[k];
        } else {
          to[k] = data[k] < to[k] ? data[k] : to[k];
        }
      }
    }
    data += width;
  }
}

template <Fold fold>
Kernel unsorted_segment_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& data = c.input(0);
    const Shape& ids_shape = c.input(1).shape();
    if (c.input(2).shape().rank() != 0) {
      refuse("num_segments should be a scalar, not shape " + to_string(c.input(2).shape()));
    }
    if (data.shape().rank() < ids_shape.rank() ||
        part_of_shape(data.shape(), 0, ids_shape.rank()) != ids_shape) {
      refuse("data.shape = " + to_string(data.shape()) +
             " does not start with segment_ids.shape = " + to_string(ids_shape));
    }
    const std::int64_t segments = ints_of(c.input(2)).front();
    if (segments < 0) {
      refuse("Input num_segments == " + std::to_string(segments) + " must not be negative.");
    }
    const std::vector<std::int64_t> ids = ints_of(c.input(1));
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (ids[i] < segments) continue;
      const auto place = index_of_element(static_cast<std::int64_t>(i), ids_shape);
      refuse("segment_ids" + (place.empty() ? std::string() : join_ints(place)) + " = " +
             std::to_string(ids[i]) + " is out of range [0, " + std::to_string(segments) + ")");
    }
    const Shape row = part_of_shape(data.shape(), ids_shape.rank());
    Tensor out = c.allocate(data.dtype(), join_shapes(Shape{segments}, row));
    if (out.num_elements() > 0) {
      constexpr bool kOrdered = fold == Fold::kMax || fold == Fold::kMin;
      using Types = std::conditional_t<kOrdered, RealTypes, AllNumberTypes>;
      visit_numbers(Types(), data.dtype(), [&]<typename T>(std::type_identity<T>) {
        fold_rows<fold, T>(data.values<T>().data(), ids, row.num_elements().value_or(0),
                           out.mutable_values<T>());
      });
    }
    c.set_output(0, std::move(out));
  });
}

// math_grad._GatherDropNegatives: zeros where the id is negative.
struct Gathered {
  Output values, clipped_ids, is_positive;
};
Gathered gather_positive(GraphBuilder& graph, const Output& params, const Output& ids,
                         Gathered known = {}) {
  if (!known.clipped_ids.valid()) {
    known.clipped_ids = binary(graph, "Maximum", ids, zeros_like(graph, ids));
  }
  const Output gathered = gather(graph, params, known.clipped_ids);
  if (!known.is_positive.valid()) {
    Output positive = binary(graph, "GreaterEqual", ids, 0);
    const Shape wide = gathered.shape(), narrow = positive.shape();
    if (!wide.has_rank() || !narrow.has_rank()) {
      refuse_shape("the gradient of an unsorted segment op needs inputs of known rank");
    }
    for (int i = narrow.rank(); i < wide.rank(); ++i) positive = expand_dims(graph, positive, -1);
    known.is_positive =
        binary(graph, "LogicalAnd", positive, ones_like(graph, gathered, DType::kBool), "and");
  }
  known.values = select(graph, known.is_positive, gathered, zeros_like(graph, gathered));
  return known;
}

void unsorted_segment_sum_gradient(GradientContext& c) {
  c.set(0, gather_positive(c.graph(), c.gradient(), c.input(1)).values);
}

void unsorted_segment_extreme_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output x = c.input(0), ids = c.input(1);
  const Gathered outputs = gather_positive(graph, c.output(0), ids);
  Output selected = binary(graph, "Equal", x, outputs.values);
  selected = binary(graph, "LogicalAnd", selected, outputs.is_positive);
  const Output gradient = c.gradient();
  const Output counts =
      add_node(graph, "UnsortedSegmentSum",
               {Input(cast(graph, selected, gradient.dtype())), Input(ids), Input(c.input(2))});
  const Output share = binary(graph, "RealDiv", gradient, counts, "truediv");
  const Output shares = gather_positive(graph, share, ids, outputs).values;
  c.set(0, select(graph, selected, shares, zeros_like(graph, shares)));
}

// By division; where one factor is zero, its gradient is the product of the others.
void unsorted_segment_prod_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output x = c.input(0), ids = c.input(1), segments = c.input(2);
  const Output is_zero = binary(graph, "Equal", x, 0);
  const Output zeros =
      add_node(graph, "UnsortedSegmentSum",
               {Input(cast(graph, is_zero, DType::kInt32)), Input(ids), Input(segments)});
  Output gradient = c.gradient();
  const Output several = binary(graph, "Greater", zeros, 1);
  gradient = select(graph, several, zeros_like(graph, gradient), gradient);
  const Output non_zero = select(graph, is_zero, ones_like(graph, x, x.dtype()), x);
  const Output non_zero_product =
      add_node(graph, "UnsortedSegmentProd", {Input(non_zero), Input(ids), Input(segments)});
  Gathered known;
  known.clipped_ids = binary(graph, "Maximum", ids, zeros_like(graph, ids));
  const Output product = gather(graph, c.output(0), known.clipped_ids);
  const Output others = gather(graph, non_zero_product, known.clipped_ids);
  const Output quotient = binary(graph, "RealDiv", product, x, "truediv");
  const Output derivative = select(graph, is_zero, others, quotient);
  const Output gathered = gather_positive(graph, gradient, ids, known).values;
  c.set(0, binary(graph, "Mul", gathered, derivative, "mul"));
}

}  // namespace

const OpImplementation unsorted_segment_sum_op = {"UnsortedSegmentSum", unsorted_segment_shape,
                                                  unsorted_segment_kernel<Fold::kSum>,
                                                  unsorted_segment_sum_gradient};
const OpImplementation unsorted_segment_prod_op = {"UnsortedSegmentProd", unsorted_segment_shape,
                                                   unsorted_segment_kernel<Fold::kProd>,
                                                   unsorted_segment_prod_gradient};
const OpImplementation unsorted_segment_max_op = {"UnsortedSegmentMax", unsorted_segment_shape,
                                                  unsorted_segment_kernel<Fold::kMax>,
                                                  unsorted_segment_extreme_gradient};
const OpImplementation unsorted_segment_min_op = {"UnsortedSegmentMin", unsorted_segment_shape,
                                                  unsorted_segment_kernel<Fold::kMin>,
                                                  unsorted_segment_extreme_gradient};

}  // namespace icecore::inline v0
