// FusedBatchNorm of all versions, its gradient ops, and the old BatchNormWithGlobalNormalization.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "ops/array/array_functions.h"
#include "ops/in_float32.h"
#include "ops/nn/batch_norm.h"
#include "ops/nn/nn_ops.h"
#include "ops/nn/window.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message);
}

struct Attrs {
  bool nchw, training;
  float epsilon;
};

Attrs attrs_of(const NodeInfo& node) {
  return {is_nchw(node), node.bool_attr("is_training"), node.float_attr("epsilon")};
}

void check_rank(const Tensor& tensor, int rank, const char* name) {
  if (tensor.shape().rank() == rank) return;
  refuse(std::string(name) + " must be " + std::to_string(rank) + "-dimensional" +
         to_string(tensor.shape()));
}

void check_channels(const Tensor& tensor, std::int64_t channels, const char* name) {
  if (tensor.num_elements() == channels) return;
  refuse(std::string(name) + " must have one value for each of " + std::to_string(channels) +
         " channels, not " + std::to_string(tensor.num_elements()));
}

Tensor last(const KernelContext& context, const Attrs& attrs, const Tensor& images) {
  return attrs.nchw ? channels_last(context, images) : images;
}

void set_images(KernelContext& context, const Attrs& attrs, Tensor images) {
  context.set_output(0, attrs.nchw ? channels_first(context, images) : std::move(images));
}

Tensor vector_of(KernelContext& context, std::span<const float> values) {
  Tensor tensor =
      context.allocate(DType::kFloat32, Shape{static_cast<std::int64_t>(values.size())});
  std::ranges::copy(values, tensor.mutable_values<float>().begin());
  return tensor;
}

std::vector<float> filled(std::int64_t channels, float value) {
  return std::vector<float>(static_cast<std::size_t>(channels), value);
}

float inverse_root(float variance, float epsilon) {
  return 1.0F / std::sqrt(variance + epsilon);
}

void set_statistics(KernelContext& context, std::span<const float> mean,
                    std::span<const float> variance, std::span<const float> saved_mean,
                    std::span<const float> saved_variance) {
  context.set_output(1, vector_of(context, mean));
  context.set_output(2, vector_of(context, variance));
  context.set_output(3, vector_of(context, saved_mean));
  context.set_output(4, vector_of(context, saved_variance));
  // What cuDNN keeps for its gradient; of no use here.
  if (context.outputs().size() > 5) {
    Tensor nothing = context.allocate(DType::kFloat32, Shape());
    nothing.mutable_values<float>()[0] = 0;
    context.set_output(5, std::move(nothing));
  }
}

void normalize(KernelContext& context, const Attrs& attrs) {
  const Tensor& x = context.input(0);
  const Tensor& scale_tensor = context.input(1);
  const Tensor& offset_tensor = context.input(2);
  const Tensor& mean_tensor = context.input(3);
  const Tensor& variance_tensor = context.input(4);
  check_rank(x, 4, "input");
  check_rank(scale_tensor, 1, "scale");
  check_rank(offset_tensor, 1, "offset");
  check_rank(mean_tensor, 1, "estimated_mean");
  check_rank(variance_tensor, 1, "estimated_variance");
  const std::int64_t channels = x.shape().dim(attrs.nchw ? 1 : 3);
  check_channels(scale_tensor, channels, "scale");
  check_channels(offset_tensor, channels, "offset");
  if (attrs.training) {
    if (mean_tensor.num_elements() != 0) {
      refuse("estimated_mean must be empty for training" + to_string(mean_tensor.shape()));
    }
    if (variance_tensor.num_elements() != 0) {
      refuse("estimated_variance must be empty for training" + to_string(variance_tensor.shape()));
    }
  } else {
    check_channels(mean_tensor, channels, "estimated_mean");
    check_channels(variance_tensor, channels, "estimated_variance");
  }
  const Tensor images = last(context, attrs, x);
  Tensor result = context.allocate(DType::kFloat32, images.shape());
  if (images.num_elements() == 0) {
    const std::vector<float> nothing = filled(channels, std::numeric_limits<float>::quiet_NaN());
    set_images(context, attrs, std::move(result));
    set_statistics(context, nothing, nothing, nothing, nothing);
    return;
  }
  const float* in = images.values<float>().data();
  const std::int64_t pixels = images.num_elements() / channels;
  std::vector<float> mean, variance;
  if (attrs.training) {
    mean = channel_means(context, in, pixels, channels);
    variance = channel_variances(context, in, mean, pixels, channels);
  } else {
    const auto means = mean_tensor.values<float>(), variances = variance_tensor.values<float>();
    mean.assign(means.begin(), means.end());
    variance.assign(variances.begin(), variances.end());
  }
  const auto scale = scale_tensor.values<float>(), offset = offset_tensor.values<float>();
  std::vector<float> factor = filled(channels, 0), shift = factor;
  for (std::size_t c = 0; c < factor.size(); ++c) {
    factor[c] = inverse_root(variance[c], attrs.epsilon) * scale[c];
    shift[c] = offset[c] - mean[c] * factor[c];
  }
  combine_channels(context, in, nullptr, factor, {}, shift, pixels,
                   result.mutable_values<float>().data());
  set_images(context, attrs, std::move(result));
  if (!attrs.training) {
    set_statistics(context, mean, variance, mean, variance);
    return;
  }
  std::vector<float> unbiased = variance;  // Bessel's correction.
  const float correction =
      static_cast<float>(pixels) / static_cast<float>(std::max<std::int64_t>(pixels - 1, 1));
  for (float& value : unbiased) value *= correction;
  set_statistics(context, mean, unbiased, mean, variance);
}

void normalize_backwards(KernelContext& context, const Attrs& attrs) {
  const Tensor& gradient_tensor = context.input(0);
  const Tensor& x = context.input(1);
  check_rank(gradient_tensor, 4, "input");
  check_rank(x, 4, "input");
  check_rank(context.input(2), 1, "scale");
  check_rank(context.input(3), 1, "saved mean");
  check_rank(context.input(4), 1, "saved variance");
  if (gradient_tensor.shape() != x.shape()) {
    refuse("x and y_backprop must have the same shape, not " + to_string(x.shape()) + " and " +
           to_string(gradient_tensor.shape()));
  }
  const std::int64_t channels = x.shape().dim(attrs.nchw ? 1 : 3);
  check_channels(context.input(2), channels, "scale");
  check_channels(context.input(3), channels, "saved mean");
  check_channels(context.input(4), channels, "saved variance");
  for (int i = 3; i < 5; ++i) {  // Gradients of what isn't trained: zero.
    Tensor zero = context.allocate(DType::kFloat32, Shape());
    zero.mutable_values<float>()[0] = 0;
    context.set_output(i, std::move(zero));
  }
  const Tensor images = last(context, attrs, x);
  const Tensor gradients = last(context, attrs, gradient_tensor);
  Tensor result = context.allocate(DType::kFloat32, images.shape());
  if (images.num_elements() == 0) {
    set_images(context, attrs, std::move(result));
    context.set_output(1, vector_of(context, filled(channels, 0)));
    context.set_output(2, vector_of(context, filled(channels, 0)));
    return;
  }
  const auto scale = context.input(2).values<float>();
  const auto mean = context.input(3).values<float>();
  const auto variance = context.input(4).values<float>();
  const float* gradient = gradients.values<float>().data();
  const float* in = images.values<float>().data();
  const std::int64_t pixels = images.num_elements() / channels;
  const ChannelSums sums = gradient_sums(context, gradient, in, mean, pixels, channels);
  std::vector<float> of_gradient = filled(channels, 0), of_image = of_gradient, shift = of_gradient,
                     scale_gradient = of_gradient;
  for (std::size_t c = 0; c < of_gradient.size(); ++c) {
    const float root = inverse_root(variance[c], attrs.epsilon);
    scale_gradient[c] = sums.centered[c] * root;
    of_gradient[c] = scale[c] * root;
    if (!attrs.training) continue;
    // scale * root * (g - mean(g) - (x - mean) * mean(g * (x - mean)) / (variance + epsilon))
    const auto count = static_cast<float>(pixels);
    of_image[c] = -of_gradient[c] * (sums.centered[c] / count) / (variance[c] + attrs.epsilon);
    shift[c] = -of_gradient[c] * (sums.plain[c] / count) - of_image[c] * mean[c];
  }
  combine_channels(context, gradient, attrs.training ? in : nullptr, of_gradient, of_image, shift,
                   pixels, result.mutable_values<float>().data());
  set_images(context, attrs, std::move(result));
  context.set_output(1, vector_of(context, scale_gradient));
  context.set_output(2, vector_of(context, sums.plain));
}

std::int64_t with_channels(ShapeContext& c, std::int64_t channels, int begin, int end) {
  for (int i = begin; i < end; ++i) {
    channels = merge_dims(channels, with_rank(c.input(i), 1).dim(0));
  }
  return channels;
}

Shape replaced(const Shape& shape, int dim, std::int64_t value) {
  std::vector<std::int64_t> dims(shape.dims().begin(), shape.dims().end());
  dims[static_cast<std::size_t>(dim)] = value;
  return Shape(dims);
}

Kernel for_type(const NodeInfo& node, Kernel kernel) {
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

}  // namespace

void fused_batch_norm_shape(ShapeContext& c) {
  const Shape x = with_rank(c.input(0), 4);
  const int dim = is_nchw(c.node()) ? 1 : 3;
  const std::int64_t channels =
      with_channels(c, x.dim(dim), 1, c.node().bool_attr("is_training") ? 3 : 5);
  c.set_output(0, replaced(x, dim, channels));
  for (int i = 1; i < 5; ++i) c.set_output(i, Shape{channels});
}

void fused_batch_norm_grad_shape(ShapeContext& c) {
  const Shape gradient = with_rank(c.input(0), 4);
  const Shape x = with_rank(c.input(1), 4);
  const int dim = is_nchw(c.node()) ? 1 : 3;
  const std::int64_t channels = with_channels(c, merge_dims(gradient.dim(dim), x.dim(dim)), 2, 5);
  c.set_output(0, replaced(gradient, dim, channels));
  c.set_output(1, Shape{channels});
  c.set_output(2, Shape{channels});
  const Shape reserved{c.node().bool_attr("is_training") ? 0 : channels};
  c.set_output(3, reserved);
  c.set_output(4, reserved);
}

Kernel fused_batch_norm_kernel(const NodeInfo& node) {
  return for_type(node,
                  [attrs = attrs_of(node)](KernelContext& context) { normalize(context, attrs); });
}

Kernel fused_batch_norm_grad_kernel(const NodeInfo& node) {
  return for_type(node, [attrs = attrs_of(node)](KernelContext& context) {
    normalize_backwards(context, attrs);
  });
}

void fused_batch_norm_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const NodeInfo node = c.op().info();
  const bool training = node.bool_attr("is_training");
  const bool nchw = is_nchw(node);
  Output x = c.input(0), gradient = c.gradient(0);
  const bool turned = !training && nchw;
  if (turned) {
    x = transpose(graph, x, std::vector<int>{0, 2, 3, 1});
    gradient = transpose(graph, gradient, std::vector<int>{0, 2, 3, 1});
  }
  std::vector<OpInput> inputs{gradient, x, c.input(1), training ? c.output(3) : c.input(3),
                              training ? c.output(4) : c.input(4)};
  const std::string type = c.op().type();
  const std::string version = type.substr(std::string("FusedBatchNorm").size());
  if (version == "V3") inputs.emplace_back(c.output(5));
  const Operation result =
      graph.apply_op("FusedBatchNormGrad" + version, inputs,
                     {{"epsilon", c.op().attr("epsilon")},
                      {"data_format", training ? c.op().attr("data_format") : AttrValue("NHWC")},
                      {"is_training", training}});
  c.set(0, turned ? transpose(graph, result.output(0), std::vector<int>{0, 3, 1, 2})
                  : result.output(0));
  c.set(1, result.output(1));
  c.set(2, result.output(2));
  if (training) {
    c.set(3, result.output(3));
    c.set(4, result.output(4));
  }
}

void global_normalization_shape(ShapeContext& c) {
  const Shape input = with_rank(c.input(0), 4);
  c.set_output(0, replaced(input, 3, with_channels(c, input.dim(3), 1, 5)));
}

Kernel global_normalization_kernel(const NodeInfo& node) {
  const float epsilon = node.float_attr("variance_epsilon");
  const bool scales = node.bool_attr("scale_after_normalization");
  return for_type(node, [epsilon, scales](KernelContext& context) {
    const Tensor& x = context.input(0);
    check_rank(x, 4, "input");
    const std::int64_t channels = x.shape().dim(3);
    const char* names[] = {"", "mean", "var", "beta", "gamma"};
    for (int i = 1; i < 5; ++i) {
      check_rank(context.input(i), 1, names[i]);
      if (i < 4 || scales) check_channels(context.input(i), channels, names[i]);
    }
    if (x.dtype() != DType::kFloat32) {
      throw Error(Code::kUnimplemented, "not implemented for " + to_string(x.dtype()));
    }
    Tensor result = context.allocate(DType::kFloat32, x.shape());
    if (result.num_elements() > 0) {
      const auto mean = context.input(1).values<float>(),
                 variance = context.input(2).values<float>();
      const auto beta = context.input(3).values<float>(), gamma = context.input(4).values<float>();
      std::vector<float> factor = filled(channels, 0), shift = factor;
      for (std::size_t c = 0; c < factor.size(); ++c) {
        factor[c] = inverse_root(variance[c], epsilon) * (scales ? gamma[c] : 1.0F);
        shift[c] = beta[c] - mean[c] * factor[c];
      }
      combine_channels(context, x.values<float>().data(), nullptr, factor, {}, shift,
                       x.num_elements() / channels, result.mutable_values<float>().data());
    }
    context.set_output(0, std::move(result));
  });
}

}  // namespace icecore::inline v0
