// Local response normalisation.
#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/thread_pool.h"
#include "ops/in_float32.h"
#include "ops/nn/nn_ops.h"

namespace icecore::inline v0 {
namespace {

struct Attrs {
  std::int64_t radius;
  float bias, alpha, beta;
};

Attrs attrs_of(const NodeInfo& node) {
  const Attrs attrs{node.int_attr("depth_radius"), node.float_attr("bias"),
                    node.float_attr("alpha"), node.float_attr("beta")};
  if (attrs.radius < 0) {
    throw Error(Code::kInvalidArgument,
                "depth_radius = " + std::to_string(attrs.radius) + " is negative");
  }
  return attrs;
}

void check_rank(const Tensor& tensor, const char* name) {
  if (tensor.shape().rank() == 4) return;
  throw Error(Code::kInvalidArgument, std::string(name) + " must be 4-dimensional");
}

// bias + alpha * (the sum of the squares of a channel's neighbours), for each channel of a pixel.
void norms_of(const Attrs& attrs, const float* pixel, std::vector<float>& norms) {
  const auto depth = static_cast<std::int64_t>(norms.size());
  const std::int64_t radius = std::min(attrs.radius, depth);
  for (std::int64_t c = 0; c < depth; ++c) {
    const std::int64_t begin = std::max<std::int64_t>(0, c - radius);
    const std::int64_t end = std::min(depth, c + radius + 1);
    float sum = 0;
    for (std::int64_t i = begin; i < end; ++i) sum += pixel[i] * pixel[i];
    norms[static_cast<std::size_t>(c)] = attrs.bias + attrs.alpha * sum;
  }
}

template <typename Work>
void for_pixels(KernelContext& context, const Tensor& images, const Work& work) {
  const std::int64_t depth = images.shape().dim(3);
  if (images.num_elements() == 0) return;
  const std::int64_t grain = std::max<std::int64_t>(1, 4096 / depth);
  context.threads().parallel_for(images.num_elements() / depth, grain,
                                 [&](std::int64_t begin, std::int64_t end) {
                                   std::vector<float> norms(static_cast<std::size_t>(depth));
                                   for (std::int64_t pixel = begin; pixel < end; ++pixel)
                                     work(pixel * depth, norms);
                                 });
}

Kernel for_type(const NodeInfo& node, Kernel kernel) {
  return is_short_float(node.type_attr("T")) ? in_float32(std::move(kernel)) : kernel;
}

}  // namespace

void lrn_shape(ShapeContext& c) {
  c.set_output(0, with_rank(c.input(0), 4));
}

void lrn_grad_shape(ShapeContext& c) {
  Shape shape = with_rank(c.input(0), 4);
  shape = merge_shapes(shape, c.input(1));
  c.set_output(0, merge_shapes(shape, c.input(2)));
}

Kernel lrn_kernel(const NodeInfo& node) {
  return for_type(node, [attrs = attrs_of(node)](KernelContext& context) {
    const Tensor& input = context.input(0);
    check_rank(input, "in");
    Tensor output = context.allocate(DType::kFloat32, input.shape());
    const float* in = input.values<float>().data();
    float* out = output.mutable_values<float>().data();
    for_pixels(context, input, [&](std::int64_t at, std::vector<float>& norms) {
      norms_of(attrs, in + at, norms);
      for (std::size_t c = 0; c < norms.size(); ++c) {
        out[at + static_cast<std::int64_t>(c)] =
            in[at + static_cast<std::int64_t>(c)] * std::pow(norms[c], -attrs.beta);
      }
    });
    context.set_output(0, std::move(output));
  });
}

Kernel lrn_grad_kernel(const NodeInfo& node) {
  return for_type(node, [attrs = attrs_of(node)](KernelContext& context) {
    const Tensor& gradients = context.input(0);
    const Tensor& input = context.input(1);
    const Tensor& output = context.input(2);
    check_rank(gradients, "in_grads");
    if (gradients.shape() != input.shape() || gradients.shape() != output.shape()) {
      throw Error(Code::kInvalidArgument,
                  "input_grads, input_image, and out_image should have the same shape");
    }
    Tensor result = context.allocate(DType::kFloat32, input.shape());
    const float* gradient = gradients.values<float>().data();
    const float* in = input.values<float>().data();
    const float* out = output.values<float>().data();
    float* to = result.mutable_values<float>().data();
    for_pixels(context, input, [&](std::int64_t at, std::vector<float>& norms) {
      norms_of(attrs, in + at, norms);
      const auto depth = static_cast<std::int64_t>(norms.size());
      const std::int64_t radius = std::min(attrs.radius, depth);
      std::fill_n(to + at, depth, 0.0F);
      for (std::int64_t j = 0; j < depth; ++j) {
        const float norm = norms[static_cast<std::size_t>(j)];
        const std::int64_t begin = std::max<std::int64_t>(0, j - radius);
        const std::int64_t end = std::min(depth, j + radius + 1);
        for (std::int64_t k = begin; k < end; ++k) {
          float dy = -2.0F * attrs.alpha * attrs.beta * in[at + k] * out[at + j] / norm;
          if (k == j) dy += std::pow(norm, -attrs.beta);
          to[at + k] += dy * gradient[at + j];
        }
      }
    });
    context.set_output(0, std::move(result));
  });
}

void lrn_gradient(GradientContext& c) {
  AttrList attrs;
  for (const char* name : {"depth_radius", "bias", "alpha", "beta"}) {
    attrs.emplace_back(name, c.op().attr(name));
  }
  c.set(0, c.graph().apply_op("LRNGrad", {c.gradient(), c.input(0), c.output(0)}, attrs).output());
}

}  // namespace icecore::inline v0
