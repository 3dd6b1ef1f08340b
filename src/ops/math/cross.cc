// Cross: the product of vectors of three, the last dimension.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/shape_context.h>

#include "base/thread_pool.h"
#include "ops/array/arguments.h"
#include "ops/math/math_functions.h"
#include "ops/number_types.h"
#include "ops/standard_ops.h"

namespace icecore::inline v0 {
namespace {

void cross_shape(ShapeContext& c) {
  const Shape shape =
      merge_shapes(with_rank_at_least(c.input(0), 1), with_rank_at_least(c.input(1), 1));
  if (shape.has_rank()) {
    const std::int64_t size = shape.dim(shape.rank() - 1);
    if (size >= 0 && size != 3) {
      refuse_shape("Dimension must be 3 but is " + std::to_string(size));
    }
    c.set_output(0, with_dim(shape, shape.rank() - 1, 3));
  }
}

Kernel cross_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const Tensor& a = c.input(0);
    const Tensor& b = c.input(1);
    const Shape& shape = a.shape();
    if (shape != b.shape()) {
      refuse("Both inputs must be of same shape: " + to_string(shape) + " vs. " +
             to_string(b.shape()));
    }
    if (shape.rank() < 1) refuse("Input must be at least 1D" + to_string(shape));
    if (shape.dim(shape.rank() - 1) != 3) {
      throw Error(Code::kFailedPrecondition,
                  "Cross-products are only defined for 3-element vectors.");
    }
    Tensor out = c.allocate(a.dtype(), shape);
    visit_numbers(RealTypes(), a.dtype(), [&]<typename T>(std::type_identity<T>) {
      const T* const x = a.values<T>().data();
      const T* const y = b.values<T>().data();
      T* const to = out.mutable_values<T>().data();
      c.threads().parallel_for(
          a.num_elements() / 3, 1 << 13, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin * 3; i < end * 3; i += 3) {
              for (int d = 0; d < 3; ++d) {
                const std::int64_t j = i + (d + 1) % 3, k = i + (d + 2) % 3;
                to[i + d] = wrapping_sub(wrapping_mul(x[j], y[k]), wrapping_mul(x[k], y[j]));
              }
            }
          });
    });
    c.set_output(0, std::move(out));
  });
}

void cross_gradient(GradientContext& c) {
  const MathNodes nodes(c.graph());
  c.set(0, nodes.call("Cross", c.input(1), c.gradient()));
  c.set(1, nodes.call("Cross", c.gradient(), c.input(0)));
}

constexpr OpImplementation kOps[] = {{"Cross", cross_shape, cross_kernel, cross_gradient}};

}  // namespace

OpTable cross_ops() {
  return kOps;
}

}  // namespace icecore::inline v0
