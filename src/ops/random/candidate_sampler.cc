// LogUniformCandidateSampler, UniformCandidateSampler: classes to train against besides the true
// ones, number for number as TensorFlow draws them.
#include <icecore/error.h>
#include <icecore/shape_context.h>

#include <cmath>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <unordered_set>

#include "ops/array/arguments.h"
#include "ops/random/distributions.h"
#include "ops/random/generator.h"
#include "ops/random/random_ops.h"

namespace icecore::inline v0 {
namespace {

void candidate_sampler_shape(ShapeContext& c) {
  const std::int64_t sampled = c.node().int_attr("num_sampled");
  const Shape classes = with_rank(c.input(0), 2);
  c.set_output(0, Shape{sampled});
  c.set_output(1, Shape{classes.dim(0), c.node().int_attr("num_true")});
  c.set_output(2, Shape{sampled});
}

// How classes are drawn from [0, range).
class Distribution {
 public:
  Distribution(std::int64_t range, bool logarithmic)
      : range_(range),
        logarithmic_(logarithmic),
        log_range_(std::log1p(static_cast<double>(range))) {}

  std::int64_t range() const { return range_; }

  std::int64_t draw(PhiloxWords& words) const {
    if (!logarithmic_) return draw_evenly(words);
    const std::uint32_t upper = words.next(), lower = words.next();
    const double value = std::exp(uniform_double(upper, lower) * log_range_);
    // A range of nearly 2^63 may round beyond what the integer holds.
    if (!(value < 0x1p63)) return range_ - 1;
    return (static_cast<std::int64_t>(value) - 1) % range_;
  }

  float probability(std::int64_t value) const {
    if (!logarithmic_) return static_cast<float>(1.0 / static_cast<double>(range_));
    const auto place = static_cast<double>(value);
    return static_cast<float>(std::log((place + 2.0) / (place + 1.0)) / log_range_);
  }

 private:
  std::int64_t draw_evenly(PhiloxWords& words) const {
    const auto range = static_cast<std::uint64_t>(range_);
    const auto next = [&] {
      const std::uint64_t lower = words.next();
      return lower | static_cast<std::uint64_t>(words.next()) << 32;
    };
    std::uint64_t value = next();
    if ((range & (range - 1)) != 0) {
      // The first numbers would come once more often than the others.
      const std::uint64_t surplus = ~std::uint64_t{0} % range + 1;
      while (value < surplus) value = next();
    }
    return static_cast<std::int64_t>(value % range);
  }

  std::int64_t range_;
  bool logarithmic_;
  double log_range_;
};

// How often a class of this probability is to be expected among those drawn; `tries` is more than
// that where those that came again were left out.
float expected_count(float probability, std::int64_t drawn, std::int64_t tries) {
  if (tries == drawn) return probability * static_cast<float>(drawn);
  return -std::expm1(static_cast<float>(tries) * std::log1p(-probability));
}

// How many tries it took.
std::int64_t draw_all(const Distribution& classes, bool unique, PhiloxWords& words,
                      std::span<std::int64_t> drawn) {
  if (!unique) {
    for (std::int64_t& value : drawn) value = classes.draw(words);
    return static_cast<std::int64_t>(drawn.size());
  }
  std::unordered_set<std::int64_t> used;
  std::int64_t tries = 0;
  for (std::int64_t& value : drawn) {
    do {
      if (++tries >= std::numeric_limits<std::int32_t>::max()) {
        throw Error(Code::kInternal, "no end to drawing classes that all differ");
      }
      value = classes.draw(words);
    } while (!used.insert(value).second);
  }
  return tries;
}

Kernel candidate_sampler_kernel(const NodeInfo& node, bool logarithmic) {
  const std::int64_t range = node.int_attr("range_max");
  if (range < 1) refuse("range_max must be at least 1, but is " + std::to_string(range));
  return Kernel([classes = Distribution(range, logarithmic), unique = node.bool_attr("unique"),
                 sampled = node.int_attr("num_sampled"), per_row = node.int_attr("num_true"),
                 generator = std::make_shared<RandomGenerator>(node)](KernelContext& c) {
    const Tensor& wanted = c.input(0);
    if (wanted.shape().rank() != 2) refuse("true_classes must be a matrix");
    if (wanted.shape().dim(1) != per_row) {
      refuse("true_classes must have num_true columns, expected: " +
             std::to_string(wanted.shape().dim(1)) + " was: " + std::to_string(per_row));
    }
    if (sampled < 0 || sampled > std::numeric_limits<std::int32_t>::max()) {
      refuse("num_sampled can't be " + std::to_string(sampled));
    }
    if (unique && sampled > classes.range()) refuse("Sampler's range is too small.");
    Tensor drawn = c.allocate(DType::kInt64, Shape{sampled});
    Tensor of_true = c.allocate(DType::kFloat32, wanted.shape());
    Tensor of_drawn = c.allocate(DType::kFloat32, Shape{sampled});
    PhiloxWords words(generator->reserve(static_cast<std::uint64_t>(sampled) * 512));
    const std::int64_t tries =
        draw_all(classes, unique, words, drawn.mutable_values<std::int64_t>());
    const auto count = [&](const Tensor& values, Tensor& to) {
      const std::span<const std::int64_t> from = values.values<std::int64_t>();
      const std::span<float> counts = to.mutable_values<float>();
      for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] = expected_count(classes.probability(from[i]), sampled, tries);
      }
    };
    count(wanted, of_true);
    count(drawn, of_drawn);
    c.set_output(0, std::move(drawn));
    c.set_output(1, std::move(of_true));
    c.set_output(2, std::move(of_drawn));
  });
}

Kernel log_uniform_kernel(const NodeInfo& node) {
  return candidate_sampler_kernel(node, true);
}
Kernel uniform_kernel(const NodeInfo& node) {
  return candidate_sampler_kernel(node, false);
}

}  // namespace

const OpImplementation log_uniform_candidate_sampler_op = {
    "LogUniformCandidateSampler", candidate_sampler_shape, log_uniform_kernel, not_differentiable};
const OpImplementation uniform_candidate_sampler_op = {
    "UniformCandidateSampler", candidate_sampler_shape, uniform_kernel, not_differentiable};

}  // namespace icecore::inline v0
