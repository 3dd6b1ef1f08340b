// All, Any.
#include "ops/reduction/reduce_kernel.h"
#include "ops/reduction/reduction_ops.h"

namespace icecore::inline v0 {
namespace {

// Of bools as bytes of 0 and 1.
struct AllOp {
  static constexpr bool kPassesOver = false;
  template <typename T>
  static constexpr T initial() {
    return 1;
  }
  template <typename T>
  static constexpr T combine(T a, T b) {
    return static_cast<T>(a & b);
  }
};

struct AnyOp {
  static constexpr bool kPassesOver = false;
  template <typename T>
  static constexpr T initial() {
    return 0;
  }
  template <typename T>
  static constexpr T combine(T a, T b) {
    return static_cast<T>(a | b);
  }
};

template <typename Op>
Kernel bool_kernel(const NodeInfo& node) {
  const bool keep_dims = node.bool_attr("keep_dims");
  return Kernel([keep_dims](KernelContext& c) {
    const ReducePlan plan = plan_reduction(c.input(0).shape(), c.input(1), keep_dims);
    c.set_output(0, reduce<Op, std::uint8_t>(c, c.input(0), plan));
  });
}

}  // namespace

const OpImplementation all_op = {"All", reduction_shape, bool_kernel<AllOp>, not_differentiable};
const OpImplementation any_op = {"Any", reduction_shape, bool_kernel<AnyOp>, not_differentiable};

}  // namespace icecore::inline v0
