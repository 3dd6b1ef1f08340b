// Cumsum, Cumprod.
#include <icecore/gradient_context.h>

#include <algorithm>

#include "base/thread_pool.h"
#include "ops/array/arguments.h"
#include "ops/array/array_functions.h"
#include "ops/number_types.h"
#include "ops/reduction/reduction_functions.h"
#include "ops/reduction/reduction_ops.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kGrain = 1 << 15;

// Along the middle of [outer, count, inner], from one end or from the other; each sum with the
// element that it stands for, or (exclusive) without.
template <typename T, bool kProduct>
void scan(KernelContext& c, Tensor& out, std::int64_t outer, std::int64_t count, std::int64_t inner,
          bool exclusive, bool reverse) {
  const T* const from = c.input(0).values<T>().data();
  T* const to = out.mutable_values<T>().data();
  const auto combine = [](T a, T b) { return kProduct ? wrapping_mul(a, b) : wrapping_add(a, b); };
  const std::int64_t step = reverse ? -inner : inner;
  c.threads().parallel_for(
      outer, std::max<std::int64_t>(1, kGrain / std::max<std::int64_t>(1, count * inner)),
      [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t block = begin; block < end; ++block) {
          const std::int64_t first = block * count * inner + (reverse ? (count - 1) * inner : 0);
          const T* x = from + first;
          T* y = to + first;
          // The first row has nothing before it, the others have the row written last.
          for (std::int64_t k = 0; k < inner; ++k) y[k] = exclusive ? T(kProduct ? 1 : 0) : x[k];
          for (std::int64_t i = 1; i < count; ++i) {
            const T* const next = exclusive ? x : x + step;
            for (std::int64_t k = 0; k < inner; ++k) y[step + k] = combine(y[k], next[k]);
            x += step;
            y += step;
          }
        }
      });
}

template <bool kProduct>
Kernel scan_kernel(const NodeInfo& node) {
  const bool exclusive = node.bool_attr("exclusive"), reverse = node.bool_attr("reverse");
  return Kernel([exclusive, reverse](KernelContext& c) {
    const Shape& shape = c.input(0).shape();
    if (c.input(1).shape().rank() != 0) {
      refuse("ScanOp: axis must be a scalar, not " + to_string(c.input(1).shape()));
    }
    const std::int64_t given = ints_of(c.input(1)).front();
    const std::string rank = std::to_string(shape.rank());
    const int axis = resolve_axis(given, shape.rank(),
                                  "ScanOp: Expected scan axis in the range [-" + rank + ", " +
                                      rank + "), but got " + std::to_string(given));
    Tensor out = c.allocate(c.input(0).dtype(), shape);
    if (out.num_elements() > 0) {
      std::int64_t outer = 1, inner = 1;
      for (int i = 0; i < axis; ++i) outer *= shape.dim(i);
      for (int i = axis + 1; i < shape.rank(); ++i) inner *= shape.dim(i);
      visit_numbers(AllNumberTypes(), out.dtype(), [&]<typename T>(std::type_identity<T>) {
        scan<T, kProduct>(c, out, outer, shape.dim(axis), inner, exclusive, reverse);
      });
    }
    c.set_output(0, std::move(out));
  });
}

AttrList attrs(bool exclusive, bool reverse) {
  return {{"exclusive", exclusive}, {"reverse", reverse}};
}

void cumsum_gradient(GradientContext& c) {
  const NodeInfo info = c.op().info();
  c.set(0, add_node(c.graph(), "Cumsum", {Input(c.gradient()), Input(c.input(1))},
                    attrs(info.bool_attr("exclusive"), !info.bool_attr("reverse"))));
}

void cumprod_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const NodeInfo info = c.op().info();
  const bool exclusive = info.bool_attr("exclusive"), reverse = info.bool_attr("reverse");
  const Output x = c.input(0), axis = c.input(1);
  const Output product =
      add_node(graph, "Cumprod", {Input(x), Input(axis)}, attrs(exclusive, reverse));
  const Output scaled = binary(graph, "Mul", product, c.gradient(), "mul");
  const Output sum =
      add_node(graph, "Cumsum", {Input(scaled), Input(axis)}, attrs(exclusive, !reverse));
  c.set(0, binary(graph, "RealDiv", sum, x, "truediv"));
}

}  // namespace

const OpImplementation cumsum_op = {"Cumsum", unchanged_shape, scan_kernel<false>, cumsum_gradient};
const OpImplementation cumprod_op = {"Cumprod", unchanged_shape, scan_kernel<true>,
                                     cumprod_gradient};

}  // namespace icecore::inline v0
