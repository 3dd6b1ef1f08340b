#include "ops/nn/convolution.h"

#include <icecore/error.h>

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <string>
#include <utility>

#include "base/thread_pool.h"
#include "ops/dnnl/constant_guess.h"
#include "ops/dnnl/dnnl_runtime.h"
#include "ops/nn/plain_convolution.h"
#include "ops/nn/winograd.h"

namespace icecore::inline v0 {
namespace {

using dnnl::memory;

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

memory::desc image_desc(const ConvolutionGeometry& g, bool output) {
  const memory::dims dims = output
                                ? memory::dims{g.batch, g.out_channels, g.rows.out, g.columns.out}
                                : memory::dims{g.batch, g.in_channels, g.rows.in, g.columns.in};
  return {dims, memory::data_type::f32,
          g.nchw ? memory::format_tag::nchw : memory::format_tag::nhwc};
}

// Whether pictures are worth putting into oneDNN's blocks of channels and back. Beneath AVX-512 its
// code for channels last loses up to half of its speed where the rows of a picture that one row of
// the result needs don't fit into the first cache; reordering costs some percent
// (bench/vgg16_convolutions.cc). A filter of one row, or few channels, it computes as well as in
// blocks. A matter of the geometry alone: the same graph computes the same bits in every run.
bool is_for_blocks(const ConvolutionGeometry& g) {
  constexpr std::int64_t kFirstCache = 48 << 10, kFewChannels = 16;
  static const bool is_beneath_avx512 = [] {
    const dnnl::cpu_isa isa = dnnl::get_effective_cpu_isa();
    return isa == dnnl::cpu_isa::sse41 || isa == dnnl::cpu_isa::avx || isa == dnnl::cpu_isa::avx2 ||
           isa == dnnl::cpu_isa::avx2_vnni;
  }();
  if (!is_beneath_avx512 || g.nchw || g.depthwise || g.rows.size == 1) return false;
  if (g.in_channels < kFewChannels || g.out_channels < kFewChannels) return false;
  const std::int64_t row = g.columns.in * g.in_channels * static_cast<std::int64_t>(sizeof(float));
  return row > kFirstCache / g.rows.size;
}

memory::desc any_image_desc(const ConvolutionGeometry& g, bool output) {
  return {image_desc(g, output).dims(), memory::data_type::f32, memory::format_tag::any};
}

memory::dims filter_dims(const ConvolutionGeometry& g) {
  if (g.depthwise) {
    return {g.in_channels, g.out_channels / g.in_channels, 1, g.rows.size, g.columns.size};
  }
  return {g.out_channels, g.in_channels, g.rows.size, g.columns.size};
}

// As TensorFlow stores it: [rows, columns, in, out].
memory::desc filter_desc(const ConvolutionGeometry& g) {
  const std::int64_t out = g.out_channels;
  if (g.depthwise) {
    const std::int64_t multiplier = out / g.in_channels;
    return {filter_dims(g), memory::data_type::f32,
            memory::dims{multiplier, 1, 1, g.columns.size * out, out}};
  }
  return {filter_dims(g), memory::data_type::f32, memory::format_tag::hwio};
}

memory::desc any_filter_desc(const ConvolutionGeometry& g) {
  return {filter_dims(g), memory::data_type::f32, memory::format_tag::any};
}

memory::dims strides(const ConvolutionGeometry& g) {
  return {g.rows.stride, g.columns.stride};
}
memory::dims dilations(const ConvolutionGeometry& g) {  // oneDNN counts from 0.
  return {g.rows.dilation - 1, g.columns.dilation - 1};
}
memory::dims before(const ConvolutionGeometry& g) {
  return {g.rows.before, g.columns.before};
}
memory::dims after(const ConvolutionGeometry& g) {
  return {g.rows.after, g.columns.after};
}

using Forward = dnnl::convolution_forward;
using BackwardData = dnnl::convolution_backward_data;
using BackwardWeights = dnnl::convolution_backward_weights;
constexpr dnnl::algorithm kDirect = dnnl::algorithm::convolution_direct;

Forward::primitive_desc forward_of(const ConvolutionGeometry& g, dnnl::prop_kind kind,
                                   const memory::desc& input, const memory::desc& output) {
  return {Forward::desc(kind, kDirect, input, any_filter_desc(g), output, strides(g), dilations(g),
                        before(g), after(g)),
          user_scratchpad(), dnnl_engine()};
}

// Of a training step, whose gradients are computed with channels as they come.
Forward::primitive_desc training_forward_of(const ConvolutionGeometry& g) {
  return forward_of(g, dnnl::prop_kind::forward_training, image_desc(g, false),
                    image_desc(g, true));
}

// A primitive and what it needs; input and output are those of the forward way.
struct Plan {
  ConvolutionGeometry geometry;
  int threads = 0;
  dnnl::primitive primitive;
  memory::desc scratchpad, filter, input, output;
};

enum class Way { kForward, kBackwardInput, kBackwardFilter };

Plan make_plan(const ConvolutionGeometry& g, Way way) {
  Plan plan;
  plan.geometry = g;
  if (way == Way::kForward) {
    const bool blocks = is_for_blocks(g);
    const auto description = forward_of(g, dnnl::prop_kind::forward_inference,
                                        blocks ? any_image_desc(g, false) : image_desc(g, false),
                                        blocks ? any_image_desc(g, true) : image_desc(g, true));
    plan.primitive = Forward(description);
    plan.scratchpad = description.scratchpad_desc();
    plan.filter = description.weights_desc();
    plan.input = description.src_desc();
    plan.output = description.dst_desc();
  } else if (way == Way::kBackwardInput) {
    const BackwardData::primitive_desc description(
        BackwardData::desc(kDirect, image_desc(g, false), any_filter_desc(g), image_desc(g, true),
                           strides(g), dilations(g), before(g), after(g)),
        user_scratchpad(), dnnl_engine(), training_forward_of(g));
    plan.primitive = BackwardData(description);
    plan.scratchpad = description.scratchpad_desc();
    plan.filter = description.weights_desc();
  } else {
    const BackwardWeights::primitive_desc description(
        BackwardWeights::desc(kDirect, image_desc(g, false), any_filter_desc(g),
                              image_desc(g, true), strides(g), dilations(g), before(g), after(g)),
        user_scratchpad(), dnnl_engine(), training_forward_of(g));
    plan.primitive = BackwardWeights(description);
    plan.scratchpad = description.scratchpad_desc();
    plan.filter = description.diff_weights_desc();
  }
  return plan;
}

bool is_for_dnnl(const ConvolutionGeometry& g, DType dtype) {
  // For several filters a channel oneDNN has its reference code only.
  return dtype == DType::kFloat32 && (!g.depthwise || g.in_channels == g.out_channels);
}

// Nothing to add up.
bool is_vain(const ConvolutionGeometry& g) {
  const auto product = [](const Shape& shape) { return shape.num_elements().value_or(0); };
  return product(g.input_shape()) == 0 || product(g.output_shape()) == 0 ||
         product(g.filter_shape()) == 0;
}

Tensor zeros(KernelContext& context, DType dtype, const Shape& shape) {
  Tensor tensor = context.allocate(dtype, shape);
  std::ranges::fill(tensor.mutable_bytes(), std::byte{0});
  return tensor;
}

// Does what the plain loops need for images with channels first.
Tensor last(KernelContext& context, const ConvolutionGeometry& g, const Tensor& images) {
  return g.nchw ? channels_last(context, images) : images;
}

ConvolutionGeometry with_channels_last(ConvolutionGeometry g) {
  g.nchw = false;
  return g;
}

}  // namespace

Shape ConvolutionGeometry::filter_shape() const {
  return {rows.size, columns.size, in_channels,
          depthwise ? (in_channels == 0 ? 0 : out_channels / in_channels) : out_channels};
}

ConvolutionGeometry convolution_geometry(const WindowAttrs& attrs, const Shape& input,
                                         const Shape& filter, bool depthwise) {
  if (input.rank() != 4) refuse("input must be 4-dimensional" + to_string(input));
  if (filter.rank() != 4) refuse("filter must be 4-dimensional: " + to_string(filter));
  ConvolutionGeometry g;
  g.nchw = attrs.nchw;
  g.depthwise = depthwise;
  g.batch = input.dim(0);
  g.in_channels = input.dim(attrs.channel_dim());
  const std::int64_t filter_depth = filter.dim(2);
  if (depthwise) {
    if (g.in_channels != filter_depth) {
      refuse("input and filter must have the same depth: " + std::to_string(g.in_channels) +
             " vs " + std::to_string(filter_depth));
    }
    if (__builtin_mul_overflow(g.in_channels, filter.dim(3), &g.out_channels)) {
      refuse("The filter has too many channels");
    }
  } else {
    g.out_channels = filter.dim(3);
    if (g.in_channels != filter_depth) {
      if (filter_depth == 0 || g.in_channels % filter_depth != 0) {
        refuse("input depth must be evenly divisible by filter depth: " +
               std::to_string(g.in_channels) + " vs " + std::to_string(filter_depth));
      }
      throw Error(Code::kUnimplemented,
                  "Grouped convolutions aren't supported on CPUs: the input has " +
                      std::to_string(g.in_channels) + " channels, the filter " +
                      std::to_string(filter_depth));
    }
  }
  g.rows = make_window(attrs, 0, input.dim(attrs.row_dim()), filter.dim(0));
  g.columns = make_window(attrs, 1, input.dim(attrs.row_dim() + 1), filter.dim(1));
  return g;
}

// What a filter is for a primitive or a way, kept while the filter stays the same.
class HeldFilter {
 public:
  // What make() makes of the filter, in oneDNN's `order` (of Winograd's planes: none). The same
  // filter for images of another size is no wrong guess.
  template <class Make>
  Tensor get(const Tensor& filter, const memory::desc& order, Make make) {
    {
      const std::lock_guard lock(mutex_);
      if (guess_.is_held(filter) && order_ == order) return derived_;
    }
    Tensor result = make();
    const std::lock_guard lock(mutex_);
    if (guess_.is_held(filter) || guess_.hold(filter)) {
      derived_ = result;
      order_ = order;
    } else {
      derived_ = Tensor();
    }
    return result;
  }

 private:
  std::mutex mutex_;
  ConstantGuess guess_;
  Tensor derived_;  // Of the held filter.
  memory::desc order_;
};

struct Convolution::Data {
  std::mutex mutex;
  std::shared_ptr<const Plan> plan;
  HeldFilter reordered, transformed;  // For oneDNN, and for winograd.h.

  std::shared_ptr<const Plan> plan_of(KernelContext& context, const ConvolutionGeometry& g,
                                      Way way) {
    const int threads = context.threads().size();
    {
      const std::lock_guard lock(mutex);
      if (plan != nullptr && plan->geometry == g && plan->threads == threads) return plan;
    }
    auto made = std::make_shared<Plan>();
    guard_dnnl([&] {
      use_dnnl_threads(context);
      *made = make_plan(g, way);
      made->threads = threads;
    });
    const std::lock_guard lock(mutex);
    plan = made;
    return made;
  }

  // The filter as the primitive wants it.
  Tensor filter_for(KernelContext& context, const Plan& wanted, const Tensor& filter) {
    const memory::desc from = filter_desc(wanted.geometry);
    if (from == wanted.filter) return filter;
    return reordered.get(filter, wanted.filter,
                         [&] { return reorder_dnnl(context, from, filter, wanted.filter); });
  }
};

Convolution::Convolution() : data_(std::make_unique<Data>()) {}
Convolution::~Convolution() = default;

Tensor Convolution::forward(KernelContext& context, const ConvolutionGeometry& g,
                            const Tensor& input, const Tensor& filter) {
  if (is_vain(g)) return zeros(context, input.dtype(), g.output_shape());
  if (!is_for_dnnl(g, input.dtype())) {
    const ConvolutionGeometry plain = with_channels_last(g);
    Tensor output = context.allocate(input.dtype(), plain.output_shape());
    plain_forward(context, plain, last(context, g, input), filter, output);
    return g.nchw ? channels_first(context, output) : output;
  }
  if (is_for_winograd(g)) {
    const Tensor planes = data_->transformed.get(
        filter, memory::desc(), [&] { return winograd_filter(context, g, filter); });
    Tensor result = context.allocate(DType::kFloat32, g.output_shape());
    winograd_forward(context, g, input, planes, result);
    return result;
  }
  const auto plan = data_->plan_of(context, g, Way::kForward);
  const Tensor weights = data_->filter_for(context, *plan, filter);
  const memory::desc given = image_desc(g, false), wanted = image_desc(g, true);
  const Tensor images =
      plan->input == given ? input : reorder_dnnl(context, given, input, plan->input);
  Tensor result = plan->output == wanted ? context.allocate(DType::kFloat32, g.output_shape())
                                         : dnnl_buffer(context, plan->output);
  run_dnnl(context, plan->primitive, plan->scratchpad,
           {{DNNL_ARG_SRC, dnnl_memory(plan->input, images)},
            {DNNL_ARG_WEIGHTS, dnnl_memory(plan->filter, weights)},
            {DNNL_ARG_DST, dnnl_memory(plan->output, result)}});
  if (plan->output == wanted) return result;
  Tensor output = context.allocate(DType::kFloat32, g.output_shape());
  reorder_dnnl(context, plan->output, result, wanted, output);
  return output;
}

Tensor Convolution::backward_input(KernelContext& context, const ConvolutionGeometry& g,
                                   const Tensor& filter, const Tensor& gradient) {
  if (is_vain(g)) return zeros(context, filter.dtype(), g.input_shape());
  if (!is_for_dnnl(g, filter.dtype())) {
    const ConvolutionGeometry plain = with_channels_last(g);
    Tensor result = context.allocate(filter.dtype(), plain.input_shape());
    plain_backward_input(context, plain, filter, last(context, g, gradient), result);
    return g.nchw ? channels_first(context, result) : result;
  }
  const auto plan = data_->plan_of(context, g, Way::kBackwardInput);
  const Tensor weights = data_->filter_for(context, *plan, filter);
  Tensor result = context.allocate(DType::kFloat32, g.input_shape());
  run_dnnl(context, plan->primitive, plan->scratchpad,
           {{DNNL_ARG_DIFF_DST, dnnl_memory(image_desc(g, true), gradient)},
            {DNNL_ARG_WEIGHTS, dnnl_memory(plan->filter, weights)},
            {DNNL_ARG_DIFF_SRC, dnnl_memory(image_desc(g, false), result)}});
  return result;
}

Tensor Convolution::backward_filter(KernelContext& context, const ConvolutionGeometry& g,
                                    const Tensor& input, const Tensor& gradient) {
  if (is_vain(g)) return zeros(context, input.dtype(), g.filter_shape());
  Tensor result = context.allocate(input.dtype(), g.filter_shape());
  if (!is_for_dnnl(g, input.dtype())) {
    plain_backward_filter(context, with_channels_last(g), last(context, g, input),
                          last(context, g, gradient), result);
    return result;
  }
  const auto plan = data_->plan_of(context, g, Way::kBackwardFilter);
  const memory::desc wanted = filter_desc(g);
  Tensor weights = plan->filter == wanted ? std::move(result) : dnnl_buffer(context, plan->filter);
  run_dnnl(context, plan->primitive, plan->scratchpad,
           {{DNNL_ARG_SRC, dnnl_memory(image_desc(g, false), input)},
            {DNNL_ARG_DIFF_DST, dnnl_memory(image_desc(g, true), gradient)},
            {DNNL_ARG_DIFF_WEIGHTS, dnnl_memory(plan->filter, weights)}});
  if (plan->filter == wanted) return weights;
  reorder_dnnl(context, plan->filter, weights, wanted, result);
  return result;
}

}  // namespace icecore::inline v0
