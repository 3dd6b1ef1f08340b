// SparseSegmentSum, SparseSegmentMean, SparseSegmentSqrtN, with a number of segments or without,
// and their gradients' ops: segments of gathered rows.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <cmath>

#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/in_float32.h"
#include "ops/number_types.h"
#include "ops/reduction/reduction_ops.h"
#include "ops/reduction/segment_checks.h"

namespace icecore::inline v0 {
namespace {

enum class Norm { kSum, kMean, kSqrtN };

Shape checked_row(ShapeContext& c) {
  const Shape& data = with_rank_at_least(c.input(0), 1);
  merge_shapes(with_rank(c.input(1), 1), with_rank(c.input(2), 1));
  return part_of_shape(data, 1);
}

void sparse_segment_shape(ShapeContext& c) {
  c.set_output(0, join_shapes(Shape{-1}, checked_row(c)));
}

// Input 3 says how many rows come out; messages call it `name`.
void counted_shape(ShapeContext& c, const std::string& name) {
  with_rank(c.input(3), 0);
  const Shape row = checked_row(c);
  const auto count = c.constant_ints(3);
  if (count && count->front() < 0) {
    refuse_shape("Cannot specify a negative value for " + name);
  }
  c.set_output(0, join_shapes(Shape{count ? count->front() : -1}, row));
}

void with_num_segments_shape(ShapeContext& c) {
  counted_shape(c, "num_segments");
}
void sparse_segment_grad_shape(ShapeContext& c) {
  counted_shape(c, "output_dim0");
}

// What a sum of `count` rows is divided by.
double divisor(Norm norm, std::int64_t count) {
  if (norm == Norm::kMean) return static_cast<double>(count);
  if (norm == Norm::kSqrtN) return std::sqrt(static_cast<double>(count));
  return 1;
}

template <typename T>
T scaled(T value, double divisor) {
  if constexpr (std::is_integral_v<T>) return value;
  return static_cast<T>(value / static_cast<T>(divisor));
}

void check_vectors(const KernelContext& c) {
  if (c.input(1).shape().rank() != 1) refuse("indices should be a vector.");
  if (c.input(2).shape().rank() != 1) refuse("segment_ids should be a vector.");
  if (c.input(1).num_elements() != c.input(2).num_elements()) {
    refuse("segment_ids and indices should have same size.");
  }
  if (c.input(0).shape().rank() < 1) refuse("data must be at least rank 1");
}

std::int64_t count_input(const KernelContext& c, const std::string& name) {
  if (c.input(3).shape().rank() != 0) {
    refuse(name + " should be a scalar, not shape " + to_string(c.input(3).shape()));
  }
  return ints_of(c.input(3)).front();
}

template <typename T>
void fold_rows(const Tensor& data, const std::vector<std::int64_t>& rows,
               const std::vector<std::int64_t>& ids, Norm norm, Tensor& to) {
  const std::int64_t width = row_width(data.shape());
  const T* const from = data.values<T>().data();
  const std::span<T> out = to.mutable_values<T>();
  std::ranges::fill(out, T(0));
  for (std::size_t i = 0; i < ids.size();) {
    T* const sum = out.data() + ids[i] * width;
    const std::size_t first = i;
    for (; i < ids.size() && ids[i] == ids[first]; ++i) {
      const T* const row = from + rows[i] * width;
      for (std::int64_t k = 0; k < width; ++k) sum[k] = wrapping_add(sum[k], row[k]);
    }
    if (norm == Norm::kSum) continue;
    const double by = divisor(norm, static_cast<std::int64_t>(i - first));
    for (std::int64_t k = 0; k < width; ++k) sum[k] = scaled(sum[k], by);
  }
}

template <Norm norm, bool kCounted>
Kernel sparse_segment_kernel(const NodeInfo&) {
  return in_float32(Kernel([](KernelContext& c) {
    check_vectors(c);
    const Tensor& data = c.input(0);
    const std::vector<std::int64_t> rows = ints_of(c.input(1)), ids = ints_of(c.input(2));
    std::int64_t segments = 0;
    if constexpr (kCounted) {
      segments = count_input(c, "num_segments");
      if (segments < 0) refuse("segment ids must be >= 0");
    }
    const std::int64_t needed = count_segments(ids);
    if (kCounted && needed > segments) refuse("segment ids must be < num_segments");
    if (!kCounted) segments = needed;
    const std::int64_t limit = data.shape().dim(0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i] < 0 || rows[i] >= limit) {
        refuse("Bad: indices[" + std::to_string(i) + "] == " + std::to_string(rows[i]) +
               " out of range [0, " + std::to_string(limit) + ")");
      }
    }
    Tensor out = c.allocate(data.dtype(), with_rows(data.shape(), segments));
    if (out.num_elements() > 0) {
      visit_numbers(WideRealTypes(), data.dtype(), [&]<typename T>(std::type_identity<T>) {
        fold_rows<T>(data, rows, ids, norm, out);
      });
    }
    c.set_output(0, std::move(out));
  }));
}

// Each row of the gradient goes back to the rows that its segment was made of.
template <Norm norm>
Kernel sparse_segment_grad_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    check_vectors(c);
    const Tensor& gradient = c.input(0);
    const std::vector<std::int64_t> rows = ints_of(c.input(1)), ids = ints_of(c.input(2));
    const std::int64_t count = count_input(c, "output_dim0");
    if (count < 0) refuse("Cannot specify a negative value for output_dim0");
    const std::int64_t segments = gradient.shape().dim(0);
    // Segments of no elements may be more than memory holds numbers.
    const bool is_empty = gradient.num_elements() == 0;
    std::vector<std::int64_t> sizes(is_empty ? 0 : static_cast<std::size_t>(segments));
    if (!ids.empty() && ids.back() >= segments) refuse("Invalid number of segments");
    for (const std::int64_t id : ids) {
      if (id < 0 || id >= segments) {
        refuse("Segment id " + std::to_string(id) + " out of range [0, " +
               std::to_string(segments) + ").");
      }
      if (!is_empty) ++sizes[static_cast<std::size_t>(id)];
    }
    for (const std::int64_t row : rows) {
      if (row < 0 || row >= count) {
        refuse("Index " + std::to_string(row) + " out of range [0, " + std::to_string(count) +
               ").");
      }
    }
    Tensor out = c.allocate(gradient.dtype(), with_rows(gradient.shape(), count));
    visit_numbers(
        NumberTypes<float, double>(), gradient.dtype(), [&]<typename T>(std::type_identity<T>) {
          const std::int64_t width = row_width(gradient.shape());
          const T* const from = gradient.values<T>().data();
          const std::span<T> to = out.mutable_values<T>();
          std::ranges::fill(to, T(0));
          if (is_empty) return;
          for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto size = sizes[static_cast<std::size_t>(ids[i])];
            const T scale = static_cast<T>(1 / divisor(norm, size));
            for (std::int64_t k = 0; k < width; ++k) {
              to[static_cast<std::size_t>(rows[i] * width + k)] += from[ids[i] * width + k] * scale;
            }
          }
        });
    c.set_output(0, std::move(out));
  });
}

Output rows_of_data(GradientContext& c) {
  return subscript(c.graph(), icecore::shape(c.graph(), c.input(0)), 0);
}

void sum_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output rows = rows_of_data(c);
  const Output gathered = gather(graph, c.gradient(), c.input(2));
  c.set(0,
        add_node(graph, "UnsortedSegmentSum", {Input(gathered), Input(c.input(1)), Input(rows)}));
}

void gradient_by(GradientContext& c, std::string_view op) {
  const Output rows = rows_of_data(c);
  c.set(0, add_node(c.graph(), op,
                    {Input(c.gradient()), Input(c.input(1)), Input(c.input(2)), Input(rows)}));
}

void mean_gradient(GradientContext& c) {
  gradient_by(c, "SparseSegmentMeanGrad");
}
void sqrt_n_gradient(GradientContext& c) {
  gradient_by(c, "SparseSegmentSqrtNGrad");
}

}  // namespace

const OpImplementation sparse_segment_sum_op = {"SparseSegmentSum", sparse_segment_shape,
                                                sparse_segment_kernel<Norm::kSum, false>,
                                                sum_gradient};
const OpImplementation sparse_segment_sum_with_num_segments_op = {
    "SparseSegmentSumWithNumSegments", with_num_segments_shape,
    sparse_segment_kernel<Norm::kSum, true>, sum_gradient};
const OpImplementation sparse_segment_mean_op = {"SparseSegmentMean", sparse_segment_shape,
                                                 sparse_segment_kernel<Norm::kMean, false>,
                                                 mean_gradient};
const OpImplementation sparse_segment_mean_with_num_segments_op = {
    "SparseSegmentMeanWithNumSegments", with_num_segments_shape,
    sparse_segment_kernel<Norm::kMean, true>, mean_gradient};
const OpImplementation sparse_segment_mean_grad_op = {
    "SparseSegmentMeanGrad", sparse_segment_grad_shape, sparse_segment_grad_kernel<Norm::kMean>};
const OpImplementation sparse_segment_sqrt_n_op = {"SparseSegmentSqrtN", sparse_segment_shape,
                                                   sparse_segment_kernel<Norm::kSqrtN, false>,
                                                   sqrt_n_gradient};
const OpImplementation sparse_segment_sqrt_n_with_num_segments_op = {
    "SparseSegmentSqrtNWithNumSegments", with_num_segments_shape,
    sparse_segment_kernel<Norm::kSqrtN, true>, sqrt_n_gradient};
const OpImplementation sparse_segment_sqrt_n_grad_op = {
    "SparseSegmentSqrtNGrad", sparse_segment_grad_shape, sparse_segment_grad_kernel<Norm::kSqrtN>};

}  // namespace icecore::inline v0
