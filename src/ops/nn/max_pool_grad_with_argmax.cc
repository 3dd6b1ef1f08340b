// MaxPoolGradWithArgmax: the gradient of MaxPoolWithArgmax, which says where each maximum was.
#include <icecore/error.h>
#include <icecore/kernel.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

#include "ops/in_float32.h"
#include "ops/nn/nn_ops.h"

namespace icecore::inline v0 {
namespace {

// Adds each number of an image's gradient to where its maximum was.
template <typename T, typename Index>
void add_at(const Tensor& gradient, const Tensor& where, bool count_batch, Tensor& result) {
  const auto from = gradient.values<T>();
  const auto places = where.values<Index>();
  const auto to = result.mutable_values<T>();
  std::ranges::fill(to, T{0});
  const std::int64_t batch = gradient.shape().dim(0);
  if (from.empty()) return;
  const std::int64_t pooled = gradient.num_elements() / batch;
  const std::int64_t image = result.num_elements() / batch;
  for (std::int64_t i = 0; i < gradient.num_elements(); ++i) {
    const std::int64_t begin = i / pooled * image;
    const std::int64_t place = places[static_cast<std::size_t>(i)];
    const std::int64_t offset = count_batch ? place - begin : place;
    if (offset < 0 || offset >= image) {
      throw Error(Code::kInvalidArgument,
                  "argmax " + std::to_string(place) + " lies outside of its image");
    }
    to[static_cast<std::size_t>(begin + offset)] += from[static_cast<std::size_t>(i)];
  }
}

}  // namespace

Kernel max_pool_grad_with_argmax_kernel(const NodeInfo& node) {
  const bool count_batch = node.bool_attr("include_batch_in_index");
  Kernel kernel([count_batch](KernelContext& context) {
    const Shape& input = context.input(0).shape();
    const Tensor& gradient = context.input(1);
    const Tensor& where = context.input(2);
    if (input.rank() != 4 || gradient.shape().rank() != 4 || where.shape() != gradient.shape() ||
        gradient.shape().dim(0) != input.dim(0)) {
      throw Error(
          Code::kInvalidArgument,
          "input, grad and argmax must be images of one batch, the last two of one shape: " +
              to_string(input) + ", " + to_string(gradient.shape()) + ", " +
              to_string(where.shape()));
    }
    Tensor result = context.allocate(gradient.dtype(), input);
    const auto add = [&]<typename T>(T) {
      if (where.dtype() == DType::kInt32) {
        add_at<T, std::int32_t>(gradient, where, count_batch, result);
      } else {
        add_at<T, std::int64_t>(gradient, where, count_batch, result);
      }
    };
    if (gradient.dtype() == DType::kFloat64) {
      add(double());
    } else {
      add(float());
    }
    context.set_output(0, std::move(result));
  });
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

}  // namespace icecore::inline v0
