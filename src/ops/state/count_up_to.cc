// CountUpTo, ResourceCountUpTo.
#include <icecore/error.h>
#include <icecore/shape_context.h>

#include "ops/array/arguments.h"
#include "ops/number_types.h"
#include "ops/state/state_ops.h"
#include "ops/state/variable_handle.h"

namespace icecore::inline v0 {
namespace {

void count_up_to_shape(ShapeContext& c) {
  c.set_output(0, with_rank(c.input(0), 0));
}

void resource_count_up_to_shape(ShapeContext& c) {
  c.set_output(0, with_rank(handle_shape(c, 0, "T"), 0));
}

Kernel count_up_to_kernel(const NodeInfo& node) {
  const std::int64_t limit = node.int_attr("limit");
  const DType dtype = node.type_attr("T");
  return Kernel([limit, dtype](KernelContext& c) {
    const std::shared_ptr<VariableCell> cell = variable_input(c, 0);
    Tensor before = c.allocate(dtype, Shape());
    cell->update([&](Tensor& value) {
      if (value.dtype() != dtype || value.shape() != Shape()) {
        refuse("input is not a scalar: " + to_string(value.shape()) + " of " +
               to_string(value.dtype()));
      }
      visit_numbers(NumberTypes<std::int32_t, std::int64_t>(), dtype,
                    [&]<typename T>(std::type_identity<T>) {
                      T& count = value.mutable_values<T>()[0];
                      if (count >= limit) {
                        throw Error(Code::kOutOfRange, "Reached limit of " + std::to_string(limit));
                      }
                      before.mutable_values<T>()[0] = count;
                      ++count;
                    });
    });
    c.set_output(0, std::move(before));
  });
}

}  // namespace

const OpImplementation count_up_to_op = {"CountUpTo", count_up_to_shape, count_up_to_kernel,
                                         not_differentiable};
const OpImplementation resource_count_up_to_op = {"ResourceCountUpTo", resource_count_up_to_shape,
                                                  count_up_to_kernel, not_differentiable};

}  // namespace icecore::inline v0
