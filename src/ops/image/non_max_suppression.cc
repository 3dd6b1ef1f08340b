#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "ops/image/image_ops.h"
#include "ops/in_float32.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

// What two boxes share, as a part of what they cover together.
float overlap(const float* a, const float* b) {
  const auto low = [](const float* box, int i) { return std::min(box[i], box[i + 2]); };
  const auto high = [](const float* box, int i) { return std::max(box[i], box[i + 2]); };
  const auto area = [&](const float* box) {
    return (high(box, 0) - low(box, 0)) * (high(box, 1) - low(box, 1));
  };
  const float area_a = area(a), area_b = area(b);
  if (area_a <= 0 || area_b <= 0) return 0;
  const auto shared = [&](int i) {
    return std::max(std::min(high(a, i), high(b, i)) - std::max(low(a, i), low(b, i)), 0.0F);
  };
  const float both = shared(0) * shared(1);
  return both / (area_a + area_b - both);
}

float scalar(const Tensor& tensor, const char* name) {
  if (tensor.shape().rank() != 0) {
    refuse(std::string(name) + " must be 0-D, got shape " + to_string(tensor.shape()));
  }
  return tensor.item<float>();
}

void suppress(KernelContext& context, std::optional<float> attr_threshold, bool pads) {
  const Tensor& boxes_tensor = context.input(0);
  const Tensor& scores_tensor = context.input(1);
  const Tensor& most_tensor = context.input(2);
  if (most_tensor.shape().rank() != 0) {
    refuse("max_output_size must be 0-D, got shape " + to_string(most_tensor.shape()));
  }
  const float threshold =
      attr_threshold ? *attr_threshold : scalar(context.input(3), "iou_threshold");
  const float least = context.num_inputs() > 4 ? scalar(context.input(4), "score_threshold")
                                               : std::numeric_limits<float>::lowest();
  if (!(threshold >= 0 && threshold <= 1)) refuse("iou_threshold must be in [0, 1]");
  std::int64_t count = 0;
  if (boxes_tensor.shape().rank() != 2) {
    refuse("boxes must be 2-D" + to_string(boxes_tensor.shape()));
  }
  count = boxes_tensor.shape().dim(0);
  if (boxes_tensor.shape().dim(1) != 4) refuse("boxes must have 4 columns");
  if (scores_tensor.shape().rank() != 1) {
    refuse("scores must be 1-D" + to_string(scores_tensor.shape()));
  }
  if (scores_tensor.num_elements() != count) refuse("scores has incompatible shape");
  const std::int64_t most = most_tensor.item<std::int32_t>();
  if (most < 0) refuse("max_output_size must be non-negative, got " + std::to_string(most));
  const float* boxes = boxes_tensor.values<float>().data();
  const float* scores = scores_tensor.values<float>().data();
  // Equal scores come in the order in which a heap gives them, as in TensorFlow; which puts what it
  // chose back into its heap, finds it hidden by itself, and chooses boxes without area again.
  // Here each is chosen once.
  const auto less = [&](std::int32_t a, std::int32_t b) { return scores[a] < scores[b]; };
  std::priority_queue<std::int32_t, std::vector<std::int32_t>, decltype(less)> queue(less);
  for (std::int32_t i = 0; i < count; ++i) {
    if (scores[i] > least) queue.push(i);
  }
  std::vector<std::int32_t> chosen;
  std::vector<bool> is_chosen(static_cast<std::size_t>(count));
  while (static_cast<std::int64_t>(chosen.size()) < most && !queue.empty()) {
    const std::int32_t next = queue.top();
    queue.pop();
    if (is_chosen[static_cast<std::size_t>(next)]) continue;
    const bool hidden = std::any_of(chosen.rbegin(), chosen.rend(), [&](std::int32_t other) {
      return overlap(boxes + next * 4, boxes + other * 4) >= threshold;
    });
    if (hidden) continue;
    chosen.push_back(next);
    is_chosen[static_cast<std::size_t>(next)] = true;
    queue.push(next);
  }
  const auto valid = static_cast<std::int32_t>(chosen.size());
  const std::int64_t size = pads ? most : valid;
  Tensor result = context.allocate(DType::kInt32, Shape{size});
  auto out = result.mutable_values<std::int32_t>();
  std::ranges::fill(out, 0);
  std::ranges::copy(chosen, out.begin());
  context.set_output(0, std::move(result));
  if (context.outputs().size() > 1) context.set_output(1, Tensor::scalar<std::int32_t>(valid));
}

std::int64_t checked_shape(ShapeContext& c) {
  const Shape boxes = with_rank(c.input(0), 2);
  const Shape scores = with_rank(c.input(1), 1);
  for (int i = 2; i < c.num_inputs(); ++i) with_rank(c.input(i), 0);
  merge_dims(boxes.dim(0), scores.dim(0));
  merge_dims(boxes.dim(1), 4);
  const auto most = c.constant_ints(2);
  return most && most->size() == 1 && most->front() >= 0 ? most->front() : -1;
}

}  // namespace

void non_max_suppression_shape(ShapeContext& c) {
  checked_shape(c);
  c.set_output(0, Shape{-1});
}

void non_max_suppression_v4_shape(ShapeContext& c) {
  const std::int64_t most = checked_shape(c);
  c.set_output(0, Shape{c.node().bool_attr("pad_to_max_output_size") ? most : -1});
  c.set_output(1, Shape());
}

Kernel non_max_suppression_kernel(const NodeInfo& node) {
  std::optional<float> threshold;
  if (node.has_attr("iou_threshold")) threshold = node.float_attr("iou_threshold");
  const bool pads =
      node.has_attr("pad_to_max_output_size") && node.bool_attr("pad_to_max_output_size");
  return in_float32(
      [threshold, pads](KernelContext& context) { suppress(context, threshold, pads); });
}

}  // namespace icecore::inline v0
