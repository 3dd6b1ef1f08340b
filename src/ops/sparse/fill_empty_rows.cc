// SparseFillEmptyRows, and the op of its gradient.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/elements.h"
#include "ops/number_types.h"
#include "ops/sparse/sparse_ops.h"

namespace icecore::inline v0 {
namespace {

using Places = std::vector<std::size_t>;

// Where each element goes in the filled tensor, whose rows are in order, and where each row ends.
struct Filled {
  Places places, ends;
  std::vector<bool> is_empty;  // By row.
};

Filled fill(std::span<const std::int64_t> indices, std::size_t count, std::size_t rank,
            std::size_t rows) {
  Filled filled;
  Places counts(rows, 0);
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t row = indices[i * rank];
    if (row < 0 || std::cmp_greater_equal(row, rows)) {
      refuse("indices(" + std::to_string(i) + ", 0) is invalid: " + std::to_string(row) +
             " >= " + std::to_string(rows));
    }
    ++counts[static_cast<std::size_t>(row)];
  }
  std::size_t end = 0;
  Places next;
  for (const std::size_t number : counts) {
    next.push_back(end);
    end += std::max<std::size_t>(number, 1);
    filled.ends.push_back(end);
    filled.is_empty.push_back(number == 0);
  }
  for (std::size_t i = 0; i < count; ++i) {
    filled.places.push_back(next[static_cast<std::size_t>(indices[i * rank])]++);
  }
  return filled;
}

void check_inputs(const KernelContext& c) {
  const auto must = [&](int i, int rank, const char* what) {
    if (c.input(i).shape().rank() == rank) return;
    refuse(std::string(what) + ", saw: " + to_string(c.input(i).shape()));
  };
  must(2, 1, "dense_shape must be a vector");
  must(0, 2, "indices must be a matrix");
  must(1, 1, "values must be a vector");
  must(3, 0, "default_value must be a scalar");
  const Shape& indices = c.input(0).shape();
  if (indices.dim(0) != c.input(1).num_elements()) {
    refuse("indices and values must be as many, not " + std::to_string(indices.dim(0)) + " and " +
           std::to_string(c.input(1).num_elements()));
  }
  if (indices.dim(1) != c.input(2).num_elements() || indices.dim(1) == 0) {
    refuse("indices of shape " + to_string(indices) + " don't fit a dense_shape of " +
           std::to_string(c.input(2).num_elements()) + " dimensions");
  }
}

void fill_empty_rows(KernelContext& c) {
  check_inputs(c);
  const Tensor &indices = c.input(0), &values = c.input(1);
  const std::int64_t rows = c.input(2).values<std::int64_t>()[0];
  const std::int64_t count = indices.shape().dim(0), rank = indices.shape().dim(1);
  if (rows < 0) refuse("dense_shape[0] must not be negative: " + std::to_string(rows));
  if (rows == 0 && count > 0) {
    refuse("Received SparseTensor with dense_shape[0] = 0 but indices.shape[0] = " +
           std::to_string(count));
  }
  // First: more rows than memory holds are refused by it.
  Tensor empty = c.allocate(DType::kBool, Shape{rows});
  const std::span<const std::int64_t> from = indices.values<std::int64_t>();
  const auto width = static_cast<std::size_t>(rank);
  const Filled filled =
      fill(from, static_cast<std::size_t>(count), width, static_cast<std::size_t>(rows));
  const auto total = static_cast<std::int64_t>(filled.ends.empty() ? 0 : filled.ends.back());
  std::ranges::copy(filled.is_empty, empty.mutable_values<std::uint8_t>().begin());

  Tensor out_indices = c.allocate(DType::kInt64, Shape{total, rank});
  const std::span<std::int64_t> to = out_indices.mutable_values<std::int64_t>();
  std::ranges::fill(to, 0);
  for (std::size_t row = 0; row < filled.ends.size(); ++row) {
    if (filled.is_empty[row]) to[(filled.ends[row] - 1) * width] = static_cast<std::int64_t>(row);
  }
  Tensor out_values = c.allocate(values.dtype(), Shape{total});
  Tensor map = c.allocate(DType::kInt64, Shape{count});
  const std::span<std::int64_t> places = map.mutable_values<std::int64_t>();
  visit_elements(values.dtype(), [&]<typename T>(std::type_identity<T>) {
    const std::span<T> out = mutable_elements<T>(out_values);
    std::ranges::fill(out, elements<T>(c.input(3))[0]);
    for (std::size_t i = 0; i < filled.places.size(); ++i) {
      out[filled.places[i]] = elements<T>(values)[i];
    }
  });
  for (std::size_t i = 0; i < filled.places.size(); ++i) {
    std::ranges::copy(from.subspan(i * width, width),
                      to.begin() + static_cast<std::ptrdiff_t>(filled.places[i] * width));
    places[i] = static_cast<std::int64_t>(filled.places[i]);
  }
  c.set_output(0, std::move(out_indices));
  c.set_output(1, std::move(out_values));
  c.set_output(2, std::move(empty));
  c.set_output(3, std::move(map));
}

}  // namespace

void sparse_fill_empty_rows_shape(ShapeContext& c) {
  const Shape indices = with_rank(c.input(0), 2);
  const Shape values = with_rank(c.input(1), 1);
  const Shape dims = with_rank(c.input(2), 1);
  with_rank(c.input(3), 0);
  const std::int64_t count = merge_dims(indices.dim(0), values.dim(0));
  merge_dims(indices.dim(1), dims.dim(0));
  const Shape dense = c.shape_input(2);
  c.set_output(0, Shape{-1, dims.dim(0)});
  c.set_output(1, Shape{-1});
  c.set_output(2, Shape{dense.has_rank() && dense.rank() > 0 ? dense.dim(0) : -1});
  c.set_output(3, Shape{count});
}

void sparse_fill_empty_rows_grad_shape(ShapeContext& c) {
  c.set_output(0, with_rank(c.input(0), 1));
  with_rank(c.input(1), 1);
  c.set_output(1, Shape());
}

Kernel sparse_fill_empty_rows_kernel(const NodeInfo&) {
  return Kernel(fill_empty_rows);
}

Kernel sparse_fill_empty_rows_grad_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor &map = c.input(0), &gradients = c.input(1);
    if (map.shape().rank() != 1) {
      refuse("reverse_index_map must be a vector, saw: " + to_string(map.shape()));
    }
    if (gradients.shape().rank() != 1) {
      refuse("grad_values must be a vector, saw: " + to_string(gradients.shape()));
    }
    Tensor values = c.allocate(gradients.dtype(), map.shape());
    Tensor missing = c.allocate(gradients.dtype(), Shape());
    visit_numbers(AllNumberTypes(), gradients.dtype(), [&]<typename T>(std::type_identity<T>) {
      const std::span<const T> from = gradients.values<T>();
      const std::span<const std::int64_t> places = map.values<std::int64_t>();
      const std::span<T> to = values.mutable_values<T>();
      std::vector<bool> visited(from.size(), false);
      for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] < 0 || std::cmp_greater_equal(places[i], from.size())) {
          refuse("Elements in reverse index must be in [0, " + std::to_string(from.size()) +
                 ") but got " + std::to_string(places[i]));
        }
        to[i] = from[static_cast<std::size_t>(places[i])];
        visited[static_cast<std::size_t>(places[i])] = true;
      }
      T sum(0);
      for (std::size_t i = 0; i < from.size(); ++i) {
        if (visited[i]) continue;
        if constexpr (std::is_integral_v<T>) {
          sum = wrapping_add(sum, from[i]);
        } else {
          sum += from[i];
        }
      }
      missing.mutable_values<T>()[0] = sum;
    });
    c.set_output(0, std::move(values));
    c.set_output(1, std::move(missing));
  });
}

void sparse_fill_empty_rows_gradient(GradientContext& c) {
  const std::vector<OpInput> inputs{c.output(3), c.gradient(1)};
  const Operation op = c.graph().apply_op("SparseFillEmptyRowsGrad", inputs, {});
  c.set(1, op.output(0));
  c.set(3, op.output(1));
}

}  // namespace icecore::inline v0
