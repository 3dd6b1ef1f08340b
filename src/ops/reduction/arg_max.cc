// ArgMax, ArgMin.
#include <algorithm>
#include <limits>
#include <vector>

#include "base/thread_pool.h"
#include "ops/array/arguments.h"
#include "ops/in_float32.h"
#include "ops/number_types.h"
#include "ops/reduction/reduction_ops.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kGrain = 1 << 15;

void arg_shape(ShapeContext& c) {
  with_rank(c.input(1), 0);
  const Shape& input = c.input(0);
  if (!input.has_rank()) return;
  if (input.rank() <= 1) {
    c.set_output(0, Shape());
    return;
  }
  const auto known = c.constant_ints(1);
  if (!known) {
    c.set_output(0, unknown_dims(input.rank() - 1));
    return;
  }
  const std::int64_t axis = known->front();
  const std::string rank = std::to_string(input.rank());
  const int dim = while_building([&] {
    return resolve_axis(axis, input.rank(),
                        "Dimension (" + std::to_string(axis) + ") must be in the range [-" + rank +
                            ", " + rank + "), where " + rank +
                            " is the number of dimensions in the input.");
  });
  c.set_output(0, join_shapes(part_of_shape(input, 0, dim), part_of_shape(input, dim + 1)));
}

// Of [count, inner] the index of the first extreme in each column. An element counts only if it is
// beyond the least (or largest) finite number, so that NaN never does.
template <typename T, typename Index, bool kMax>
void find_extremes(const T* x, std::int64_t count, std::int64_t inner, Index* out) {
  using Limits = std::numeric_limits<T>;
  constexpr T kStart = kMax ? Limits::lowest() : Limits::max();
  const auto beats = [](T a, T b) { return kMax ? a > b : a < b; };
  if (inner == 1) {
    T best = kStart;
    Index at = 0;
    for (std::int64_t i = 0; i < count; ++i) {
      if (!beats(x[i], best)) continue;
      best = x[i];
      at = static_cast<Index>(i);
    }
    *out = at;
    return;
  }
  std::vector<T> best(static_cast<std::size_t>(inner), kStart);
  std::fill_n(out, inner, Index{0});
  for (std::int64_t i = 0; i < count; ++i, x += inner) {
    for (std::int64_t k = 0; k < inner; ++k) {
      T& so_far = best[static_cast<std::size_t>(k)];
      if (!beats(x[k], so_far)) continue;
      so_far = x[k];
      out[k] = static_cast<Index>(i);
    }
  }
}

template <typename T, typename Index, bool kMax>
void find_all(KernelContext& c, Tensor& out, std::int64_t outer, std::int64_t count,
              std::int64_t inner) {
  const T* const x = c.input(0).values<T>().data();
  Index* const to = out.mutable_values<Index>().data();
  c.threads().parallel_for(
      outer, std::max<std::int64_t>(1, kGrain / std::max<std::int64_t>(1, count * inner)),
      [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
          find_extremes<T, Index, kMax>(x + i * count * inner, count, inner, to + i * inner);
        }
      });
}

template <bool kMax>
Kernel arg_kernel(const NodeInfo& node) {
  const DType type = node.type_attr("output_type");
  return in_float32(Kernel([type](KernelContext& c) {
    const Shape& shape = c.input(0).shape();
    const Tensor& dimension = c.input(1);
    if (dimension.shape().rank() != 0) {
      refuse("dim must be a scalar, but received tensor of shape: " + to_string(dimension.shape()));
    }
    const std::int64_t given = ints_of(dimension).front();
    const std::string rank = std::to_string(shape.rank());
    const int axis = resolve_axis(given, shape.rank(),
                                  "Expected dimension in the range [-" + rank + ", " + rank +
                                      "), but got " + std::to_string(given));
    if (shape.dim(axis) == 0) {
      refuse("Reduction axis " + std::to_string(given) + " is empty in shape " + to_string(shape));
    }
    Tensor out = c.allocate(
        type, join_shapes(part_of_shape(shape, 0, axis), part_of_shape(shape, axis + 1)));
    if (out.num_elements() > 0) {
      std::int64_t outer = 1, inner = 1;
      for (int i = 0; i < axis; ++i) outer *= shape.dim(i);
      for (int i = axis + 1; i < shape.rank(); ++i) inner *= shape.dim(i);
      visit_numbers(WideRealTypes(), c.input(0).dtype(), [&]<typename T>(std::type_identity<T>) {
        if (type == DType::kInt64) {
          find_all<T, std::int64_t, kMax>(c, out, outer, shape.dim(axis), inner);
        } else {
          find_all<T, std::int32_t, kMax>(c, out, outer, shape.dim(axis), inner);
        }
      });
    }
    c.set_output(0, std::move(out));
  }));
}

}  // namespace

const OpImplementation arg_max_op = {"ArgMax", arg_shape, arg_kernel<true>, not_differentiable};
const OpImplementation arg_min_op = {"ArgMin", arg_shape, arg_kernel<false>, not_differentiable};

}  // namespace icecore::inline v0
