// FakeQuantWithMinMaxArgs, FakeQuantWithMinMaxVars, FakeQuantWithMinMaxVarsPerChannel, and the ops
// of their gradients: floats that become what they would be after quantization.
#include <icecore/gradient_context.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "ops/array/arguments.h"
#include "ops/quantized/levels.h"
#include "ops/quantized/quantized_ops.h"

namespace icecore::inline v0 {
namespace {

struct Levels {
  float lowest, highest;
};

Levels levels_of(const NodeInfo& node) {
  const std::int64_t bits = node.int_attr("num_bits");
  if (bits < 2 || bits > 16) {
    refuse("num_bits must be between 2 and 16, inclusive, got " + std::to_string(bits));
  }
  return {node.bool_attr("narrow_range") ? 1.0F : 0.0F,
          static_cast<float>((std::int64_t{1} << bits) - 1)};
}

// The range moved so that zero is one of its levels.
class Nudged {
 public:
  Nudged(FloatRange range, Levels levels) : nothing_(range.min == 0 && range.max == 0) {
    scale_ = (range.max - range.min) / (levels.highest - levels.lowest);
    const float zero = levels.lowest - range.min / scale_;
    const float level = zero < levels.lowest    ? levels.lowest
                        : zero > levels.highest ? levels.highest
                                                : std::round(zero);
    min_ = (levels.lowest - level) * scale_;
    max_ = (levels.highest - level) * scale_;
  }

  // An empty range at zero leaves nothing.
  bool is_nothing() const { return nothing_; }
  float round(float value) const {
    if (nothing_) return 0;
    const float clamped = std::max(std::min(value, max_), min_) - min_;
    return std::floor(clamped / scale_ + 0.5F) * scale_ + min_;
  }
  bool is_below(float value) const { return value < min_; }
  bool is_above(float value) const { return value > max_; }
  bool holds(float value) const { return value >= min_ && value <= max_; }

 private:
  bool nothing_;
  float scale_, min_, max_;
};

// The ranges of inputs `first` and behind: one, or one for each of the last dimension.
std::vector<Nudged> nudged_inputs(const KernelContext& c, int first, Levels levels, bool channels) {
  const Tensor &mins = c.input(first), &maxs = c.input(first + 1);
  const Shape& shape = c.input(first - 1).shape();
  std::int64_t count = 1;
  if (channels) {
    if (shape.rank() < 1) refuse("inputs must have a dimension of channels");
    count = shape.dim(shape.rank() - 1);
    if (mins.shape() != Shape{count})
      refuse("min has incorrect size, expected was " + std::to_string(count) + " got " +
             to_string(mins.shape()));
    if (maxs.shape() != Shape{count})
      refuse("max has incorrect size, expected was " + std::to_string(count) + " got " +
             to_string(maxs.shape()));
  } else {
    range_input(c, first);
  }
  std::vector<Nudged> nudged;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const FloatRange range{mins.values<float>()[at], maxs.values<float>()[at]};
    // TensorFlow doesn't look at the ranges of variables; a scale of none makes NaN there, too.
    nudged.emplace_back(range, levels);
  }
  return nudged;
}

void round_all(KernelContext& c, const std::vector<Nudged>& nudged) {
  Tensor output = c.allocate(DType::kFloat32, c.input(0).shape());
  const float* const in = c.input(0).values<float>().data();
  float* const out = output.mutable_values<float>().data();
  for_numbers(c, output.num_elements(), [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      out[i] = nudged[static_cast<std::size_t>(i) % nudged.size()].round(in[i]);
    }
  });
  c.set_output(0, std::move(output));
}

void check_gradients(const KernelContext& c) {
  if (c.input(0).shape() == c.input(1).shape()) return;
  refuse("gradient and input must be the same size");
}

// Output 0: the gradients of values within their ranges.
void pass_gradients(KernelContext& c, const std::vector<Nudged>& nudged) {
  Tensor output = c.allocate(DType::kFloat32, c.input(0).shape());
  const float* const gradients = c.input(0).values<float>().data();
  const float* const in = c.input(1).values<float>().data();
  float* const out = output.mutable_values<float>().data();
  for_numbers(c, output.num_elements(), [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      const Nudged& range = nudged[static_cast<std::size_t>(i) % nudged.size()];
      out[i] = range.is_nothing() || range.holds(in[i]) ? gradients[i] : 0.0F;
    }
  });
  c.set_output(0, std::move(output));
}

FloatRange args_range(const NodeInfo& node) {
  const FloatRange range{node.float_attr("min"), node.float_attr("max")};
  if (!(range.min < range.max)) {
    refuse("min has to be smaller than max, was: " + std::to_string(range.min) +
           " >= " + std::to_string(range.max));
  }
  return range;
}

bool is_per_channel(std::string_view op) {
  return op.find("PerChannel") != std::string_view::npos;
}

Output add_gradient_op(GradientContext& c, const std::vector<OpInput>& inputs, bool args) {
  AttrList attrs;
  for (const char* name : {"min", "max"}) {
    if (args) attrs.emplace_back(name, c.op().attr(name));
  }
  for (const char* name : {"num_bits", "narrow_range"}) attrs.emplace_back(name, c.op().attr(name));
  return c.graph().apply_op(std::string(c.op().type()) + "Gradient", inputs, attrs).output();
}

}  // namespace

void fake_quant_shape(ShapeContext& c) {
  c.set_output(0, c.input(0));
  scalars_beside(c, 1);
}

void fake_quant_per_channel_shape(ShapeContext& c) {
  const Shape input = with_rank_at_least(c.input(0), 1);
  std::int64_t channels = input.has_rank() ? input.dim(input.rank() - 1) : -1;
  for (int i = 1; i <= 2; ++i) channels = merge_dims(channels, with_rank(c.input(i), 1).dim(0));
  c.set_output(0, input);
}

void fake_quant_gradient_shape(ShapeContext& c) {
  c.set_output(0, merge_shapes(c.input(0), c.input(1)));
}

void fake_quant_vars_gradient_shape(ShapeContext& c) {
  fake_quant_gradient_shape(c);
  scalars_beside(c, 2);
}

void fake_quant_per_channel_gradient_shape(ShapeContext& c) {
  const Shape input = merge_shapes(with_rank_at_least(c.input(0), 1), c.input(1));
  std::int64_t channels = input.has_rank() ? input.dim(input.rank() - 1) : -1;
  for (int i = 2; i <= 3; ++i) channels = merge_dims(channels, with_rank(c.input(i), 1).dim(0));
  c.set_output(0, input);
  c.set_output(1, Shape{channels});
  c.set_output(2, Shape{channels});
}

Kernel fake_quant_args_kernel(const NodeInfo& node) {
  return Kernel([nudged = std::vector<Nudged>{Nudged(args_range(node), levels_of(node))}](
                    KernelContext& c) { round_all(c, nudged); });
}

Kernel fake_quant_args_gradient_kernel(const NodeInfo& node) {
  return Kernel(
      [nudged = std::vector<Nudged>{Nudged(args_range(node), levels_of(node))}](KernelContext& c) {
        check_gradients(c);
        pass_gradients(c, nudged);
      });
}

Kernel fake_quant_vars_kernel(const NodeInfo& node) {
  return Kernel([levels = levels_of(node), channels = is_per_channel(node.op())](KernelContext& c) {
    round_all(c, nudged_inputs(c, 1, levels, channels));
  });
}

Kernel fake_quant_vars_gradient_kernel(const NodeInfo& node) {
  return Kernel([levels = levels_of(node), channels = is_per_channel(node.op())](KernelContext& c) {
    check_gradients(c);
    const std::vector<Nudged> nudged = nudged_inputs(c, 2, levels, channels);
    pass_gradients(c, nudged);
    const Shape shape = channels ? Shape{static_cast<std::int64_t>(nudged.size())} : Shape();
    std::vector<float> below(nudged.size(), 0.0F), above(nudged.size(), 0.0F);
    const auto gradients = c.input(0).values<float>(), in = c.input(1).values<float>();
    for (std::size_t i = 0; i < in.size(); ++i) {
      const std::size_t at = i % nudged.size();
      if (nudged[at].is_nothing()) continue;
      if (nudged[at].is_below(in[i])) below[at] += gradients[i];
      if (nudged[at].is_above(in[i])) above[at] += gradients[i];
    }
    c.set_output(1, Tensor::of(shape, std::span<const float>(below)));
    c.set_output(2, Tensor::of(shape, std::span<const float>(above)));
  });
}

void fake_quant_args_gradient(GradientContext& c) {
  c.set(0, add_gradient_op(c, {c.gradient(), c.input(0)}, true));
}

void fake_quant_vars_gradient(GradientContext& c) {
  const Output first =
      add_gradient_op(c, {c.gradient(), c.input(0), c.input(1), c.input(2)}, false);
  for (int i = 0; i < 3; ++i) c.set(i, first.op().output(i));
}

}  // namespace icecore::inline v0
