// Multinomial, StatelessMultinomial.
#include <icecore/shape_context.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/number_types.h"
#include "ops/random/distributions.h"
#include "ops/random/generator.h"
#include "ops/random/random_ops.h"

namespace icecore::inline v0 {
namespace {

void multinomial_shape(ShapeContext& c) {
  const Shape logits = with_rank(c.input(0), 2);
  with_rank(c.input(1), 0);
  const auto samples = c.constant_ints(1);
  if (samples && samples->front() < 0) {
    refuse_shape("Dimension size, given by scalar input 1, must be non-negative but is " +
                 std::to_string(samples->front()));
  }
  c.set_output(0, Shape{logits.dim(0), samples ? samples->front() : -1});
}

void stateless_multinomial_shape(ShapeContext& c) {
  merge_dims(with_rank(c.input(2), 1).dim(0), 2);
  multinomial_shape(c);
}

// How much of the whole lies at each class and before; without what isn't finite.
template <typename T>
std::vector<double> cumulated(std::span<const T> logits) {
  double most = static_cast<double>(Eigen::NumTraits<T>::lowest());
  for (const T logit : logits) {
    const auto value = static_cast<double>(logit);
    if (std::isfinite(value)) most = std::max(most, value);
  }
  std::vector<double> sums;
  sums.reserve(logits.size());
  double total = 0;
  for (const T logit : logits) {
    const auto value = static_cast<double>(logit);
    if (std::isfinite(value)) total += std::exp(value - most);
    sums.push_back(total);
  }
  return sums;
}

struct Sizes {
  std::int64_t batch, classes, samples;
};
Sizes check_sizes(const KernelContext& c) {
  const Shape& logits = c.input(0).shape();
  if (logits.rank() != 2) refuse("logits should be a matrix, got shape " + to_string(logits));
  if (c.input(1).shape().rank() != 0) {
    refuse("num_samples should be a scalar, got shape " + to_string(c.input(1).shape()));
  }
  const Sizes sizes{logits.dim(0), logits.dim(1), ints_of(c.input(1)).front()};
  if (sizes.samples < 0) {
    refuse("num_samples should be nonnegative, got " + std::to_string(sizes.samples));
  }
  if (sizes.classes <= 0) {
    refuse("num_classes should be positive, got " + std::to_string(sizes.classes));
  }
  return sizes;
}

// The rows' samples follow each other in the stream.
void sample(KernelContext& c, const Sizes& sizes, const Philox& stream, Tensor& out) {
  PhiloxWords words(stream);
  const bool wide = out.dtype() == DType::kInt64;
  visit_numbers(RealTypes(), c.input(0).dtype(), [&]<typename T>(std::type_identity<T>) {
    const std::span<const T> logits = c.input(0).values<T>();
    for (std::int64_t row = 0; row < sizes.batch; ++row) {
      const std::vector<double> sums = cumulated(logits.subspan(
          static_cast<std::size_t>(row * sizes.classes), static_cast<std::size_t>(sizes.classes)));
      for (std::int64_t i = row * sizes.samples; i < (row + 1) * sizes.samples; ++i) {
        const std::uint32_t upper = words.next(), lower = words.next();
        const double place = uniform_double(upper, lower) * sums.back();
        const std::int64_t found = std::ranges::upper_bound(sums, place) - sums.begin();
        if (wide) {
          out.mutable_values<std::int64_t>()[static_cast<std::size_t>(i)] = found;
        } else {
          out.mutable_values<std::int32_t>()[static_cast<std::size_t>(i)] =
              static_cast<std::int32_t>(found);
        }
      }
    }
  });
}

Kernel multinomial_kernel(const NodeInfo& node) {
  return Kernel([generator = std::make_shared<RandomGenerator>(node),
                 dtype = node.type_attr("output_dtype")](KernelContext& c) {
    const Sizes sizes = check_sizes(c);
    Tensor out = c.allocate(dtype, Shape{sizes.batch, sizes.samples});
    if (out.num_elements() > 0) {
      const std::int64_t doubles = (sizes.samples + 3) / 4 * 4 * 2;
      sample(c, sizes, generator->reserve_for(sizes.batch * doubles), out);
    }
    c.set_output(0, std::move(out));
  });
}

Kernel stateless_multinomial_kernel(const NodeInfo& node) {
  return Kernel([dtype = node.type_attr("output_dtype")](KernelContext& c) {
    const Sizes sizes = check_sizes(c);
    Tensor out = c.allocate(dtype, Shape{sizes.batch, sizes.samples});
    sample(c, sizes, stateless_stream(c, 2), out);
    c.set_output(0, std::move(out));
  });
}

}  // namespace

const OpImplementation multinomial_op = {"Multinomial", multinomial_shape, multinomial_kernel,
                                         not_differentiable};
const OpImplementation stateless_multinomial_op = {
    "StatelessMultinomial", stateless_multinomial_shape, stateless_multinomial_kernel,
    not_differentiable};

}  // namespace icecore::inline v0
