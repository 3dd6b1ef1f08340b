// ComputeAccidentalHits.
#include <icecore/shape_context.h>

#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/random/random_ops.h"

namespace icecore::inline v0 {
namespace {

void accidental_hits_shape(ShapeContext& c) {
  const std::int64_t per_row = c.node().int_attr("num_true");
  const Shape& classes = with_rank(c.input(0), 2);
  if (classes.rank() == 2 && classes.dim(1) >= 0 && classes.dim(1) != per_row) {
    refuse_shape("Dimension must be " + std::to_string(per_row) + " but is " +
                 std::to_string(classes.dim(1)));
  }
  with_rank(c.input(1), 1);
  for (int i = 0; i < 3; ++i) c.set_output(i, Shape{-1});
}

Kernel accidental_hits_kernel(const NodeInfo& node) {
  return Kernel([per_row = node.int_attr("num_true")](KernelContext& c) {
    const Tensor& wanted = c.input(0);
    const Tensor& sampled = c.input(1);
    if (wanted.shape().rank() != 2 || wanted.shape().dim(1) != per_row) {
      refuse("true_candidates must be a batch_size * num_true matrix");
    }
    if (sampled.shape().rank() != 1) {
      refuse(
          "sampled_candidates must be a vector, which is typically an output from "
          "CandidateSampler");
    }
    if (wanted.shape().dim(0) > std::numeric_limits<std::int32_t>::max()) {
      refuse("there are more rows of true_candidates than int32 counts");
    }
    std::unordered_map<std::int64_t, std::int64_t> place_of;  // The last one where there are more.
    const std::span<const std::int64_t> drawn = sampled.values<std::int64_t>();
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      place_of[drawn[i]] = static_cast<std::int64_t>(i);
    }
    std::vector<std::int64_t> rows, places;
    const std::span<const std::int64_t> classes = wanted.values<std::int64_t>();
    for (std::size_t i = 0; i < classes.size(); ++i) {
      const auto found = place_of.find(classes[i]);
      if (found == place_of.end()) continue;
      rows.push_back(static_cast<std::int64_t>(i) / per_row);
      places.push_back(found->second);
    }
    const Shape shape{static_cast<std::int64_t>(rows.size())};
    Tensor weights = c.allocate(DType::kFloat32, shape);
    // Taken from a logit, it leaves nothing of the class's probability.
    for (float& weight : weights.mutable_values<float>()) {
      weight = std::numeric_limits<float>::lowest();
    }
    c.set_output(0, ints_tensor(c, DType::kInt32, shape, rows));
    c.set_output(1, ints_tensor(c, DType::kInt64, shape, places));
    c.set_output(2, std::move(weights));
  });
}

}  // namespace

const OpImplementation accidental_hits_op = {"ComputeAccidentalHits", accidental_hits_shape,
                                             accidental_hits_kernel};

}  // namespace icecore::inline v0
