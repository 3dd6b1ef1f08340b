#include "ops/nn/window.h"

#include <icecore/error.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>

#include "base/thread_pool.h"

namespace icecore::inline v0 {
namespace {

// TensorFlow keeps such numbers in 32 bits; sums and products of two of them fit 64.
constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();

[[noreturn]] void refuse(const std::string& message) {
  throw Error(Code::kInvalidArgument, message, Misuse::kValue);
}

[[noreturn]] void refuse_negative_size(std::int64_t in, std::int64_t taken) {
  refuse("Negative dimension size caused by subtracting " + std::to_string(taken) + " from " +
         std::to_string(in));
}

std::int64_t effective_size(std::int64_t size, std::int64_t dilation) {
  std::int64_t spread = 0;
  if (__builtin_mul_overflow(size - 1, dilation, &spread) ||
      spread > std::numeric_limits<std::int64_t>::max() / 2) {
    refuse("A window of " + std::to_string(size) + " with a dilation of " +
           std::to_string(dilation) + " is too large");
  }
  return spread + 1;
}

void check_steps(std::int64_t stride, std::int64_t dilation) {
  if (stride <= 0) refuse("Stride must be > 0, but got " + std::to_string(stride));
  if (dilation < 1) refuse("Dilation rate must be >= 1, but got " + std::to_string(dilation));
  if (stride > kMost || dilation > kMost) refuse("Strides and dilations must fit 32 bits");
}

void read_explicit_paddings(const NodeInfo& node, WindowAttrs& attrs) {
  std::vector<std::int64_t> paddings;
  if (node.has_attr("explicit_paddings")) paddings = node.ints_attr("explicit_paddings");
  if (attrs.padding != Padding::kExplicit) {
    if (!paddings.empty()) {
      refuse("explicit_paddings attribute must be empty if the padding attribute is not EXPLICIT");
    }
    return;
  }
  if (paddings.size() != 8) {
    refuse("explicit_paddings attribute must contain 8 values, but got: " +
           std::to_string(paddings.size()));
  }
  for (const std::int64_t value : paddings) {
    if (value < 0) refuse("All elements of explicit_paddings must be nonnegative");
    if (value > kMost) refuse("All elements of explicit_paddings must fit 32 bits");
  }
  const auto row = static_cast<std::size_t>(attrs.row_dim());
  const auto channel = static_cast<std::size_t>(attrs.channel_dim());
  if (paddings[0] != 0 || paddings[1] != 0 || paddings[2 * channel] != 0 ||
      paddings[2 * channel + 1] != 0) {
    refuse("Nonzero explicit padding in the batch or depth dimensions is not supported");
  }
  for (std::size_t i = 0; i < 2; ++i) {
    attrs.before[i] = paddings[2 * (row + i)];
    attrs.after[i] = paddings[2 * (row + i) + 1];
  }
}

template <typename T>
void transpose(const KernelContext& context, const Tensor& from, Tensor& to, std::int64_t batch,
               std::int64_t rows, std::int64_t columns) {
  const T* in = from.values<T>().data();
  T* out = to.mutable_values<T>().data();
  context.threads().parallel_for(batch * columns,
                                 std::max<std::int64_t>(1, 4096 / std::max<std::int64_t>(rows, 1)),
                                 [&](std::int64_t begin, std::int64_t end) {
                                   for (std::int64_t i = begin; i < end; ++i) {
                                     const std::int64_t image = i / columns, column = i % columns;
                                     const T* source = in + image * rows * columns + column;
                                     T* target = out + i * rows;
                                     for (std::int64_t row = 0; row < rows; ++row) {
                                       target[row] = source[row * columns];
                                     }
                                   }
                                 });
}

// Each image's [rows, columns] becomes [columns, rows].
Tensor transposed(const KernelContext& context, const Tensor& images, const Shape& shape,
                  std::int64_t rows, std::int64_t columns) {
  Tensor result = context.allocate(images.dtype(), shape);
  if (result.num_elements() == 0) return result;
  const std::int64_t batch = shape.dim(0);
  switch (dtype_size(images.dtype())) {
    case 1:
      transpose<std::uint8_t>(context, images, result, batch, rows, columns);
      break;
    case 2:
      transpose<std::uint16_t>(context, images, result, batch, rows, columns);
      break;
    case 4:
      transpose<std::uint32_t>(context, images, result, batch, rows, columns);
      break;
    case 8:
      transpose<std::uint64_t>(context, images, result, batch, rows, columns);
      break;
    default:
      throw Error(Code::kInternal, "no images of " + to_string(images.dtype()));
  }
  return result;
}

}  // namespace

bool is_nchw(const NodeInfo& node) {
  if (!node.has_attr("data_format")) return false;
  const std::string format = node.string_attr("data_format");
  if (format == "NCHW") return true;
  if (format == "NHWC") return false;
  if (format == "NCHW_VECT_C") {
    throw Error(Code::kUnimplemented, "The data format NCHW_VECT_C isn't supported");
  }
  refuse("Invalid data format");
}

Padding padding_of(const NodeInfo& node) {
  const std::string padding = node.string_attr("padding");
  if (padding == "SAME") return Padding::kSame;
  if (padding == "VALID") return Padding::kValid;
  if (padding == "EXPLICIT") return Padding::kExplicit;
  throw Error(Code::kNotFound, padding + " is not an allowed padding type");
}

WindowAttrs WindowAttrs::of_convolution(const NodeInfo& node) {
  WindowAttrs attrs;
  attrs.nchw = is_nchw(node);
  attrs.padding = padding_of(node);
  std::vector<std::int64_t> dilations = node.ints_attr("dilations");
  const std::vector<std::int64_t> strides = node.ints_attr("strides");
  if (dilations.empty()) dilations = {1, 1, 1, 1};  // Graphs older than the attribute.
  if (dilations.size() != 4) refuse("Sliding window dilations field must specify 4 dimensions");
  if (strides.size() != 4) refuse("Sliding window strides field must specify 4 dimensions");
  const auto row = static_cast<std::size_t>(attrs.row_dim());
  const auto channel = static_cast<std::size_t>(attrs.channel_dim());
  if (strides[0] != 1 || strides[channel] != 1) {
    refuse(
        "Current implementation does not yet support strides in the batch and depth dimensions.");
  }
  if (dilations[0] != 1 || dilations[channel] != 1) {
    refuse(
        "Current implementation does not yet support dilations in the batch and depth dimensions.");
  }
  for (std::size_t i = 0; i < 2; ++i) {
    attrs.strides[i] = strides[row + i];
    attrs.dilations[i] = dilations[row + i];
    if (attrs.strides[i] <= 0) refuse("Row and column strides should be larger than 0.");
    if (attrs.dilations[i] <= 0) refuse("Dilated rates should be larger than 0.");
    check_steps(attrs.strides[i], attrs.dilations[i]);
  }
  read_explicit_paddings(node, attrs);
  return attrs;
}

WindowAttrs WindowAttrs::of_convolution_shape(const NodeInfo& node, std::string_view op) {
  WindowAttrs attrs;
  attrs.nchw = is_nchw(node);
  attrs.padding = padding_of(node);
  const std::vector<std::int64_t> dilations = node.ints_attr("dilations");
  if (dilations.size() != 4) {
    refuse(std::string(op) + " requires the dilation attribute to contain 4 values, but got: " +
           std::to_string(dilations.size()));
  }
  const std::vector<std::int64_t> strides = node.ints_attr("strides");
  if (strides.size() != 4) {
    refuse(std::string(op) + " requires the stride attribute to contain 4 values, but got: " +
           std::to_string(strides.size()));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    attrs.strides[i] = strides[static_cast<std::size_t>(attrs.row_dim()) + i];
    attrs.dilations[i] = dilations[static_cast<std::size_t>(attrs.row_dim()) + i];
  }
  read_explicit_paddings(node, attrs);
  return attrs;
}

Window make_window(const WindowAttrs& attrs, int spatial, std::int64_t in, std::int64_t size) {
  const auto i = static_cast<std::size_t>(spatial);
  Window window;
  window.in = in;
  window.size = size;
  window.stride = attrs.strides[i];
  window.dilation = attrs.dilations[i];
  check_steps(window.stride, window.dilation);
  if (in > kMost || size > kMost) refuse("Images and windows must fit 32 bits");
  const std::int64_t effective = effective_size(size, window.dilation);
  if (attrs.padding == Padding::kSame) {
    window.out = (in + window.stride - 1) / window.stride;
    const std::int64_t needed =
        std::max<std::int64_t>(0, (window.out - 1) * window.stride + effective - in);
    window.before = needed / 2;
    window.after = needed - window.before;
    return window;
  }
  window.before = attrs.before[i];
  window.after = attrs.after[i];
  const std::int64_t room = in + window.before + window.after - effective + window.stride;
  window.out = room / window.stride;  // Towards zero, as TensorFlow divides.
  if (room < 0 && window.out < 0) {
    refuse("Computed output size would be negative: " + std::to_string(window.out) +
           " [input_size: " + std::to_string(in) + ", effective_filter_size: " +
           std::to_string(effective) + ", stride: " + std::to_string(window.stride) + "]");
  }
  return window;
}

std::int64_t windowed_size(std::int64_t in, std::int64_t size, std::int64_t dilation,
                           std::int64_t stride, Padding padding, std::int64_t before,
                           std::int64_t after) {
  check_steps(stride, dilation);
  if (in < 0) return -1;
  if (in > kMost * 4) refuse("Images must fit 32 bits");
  if (padding == Padding::kSame) return (in + stride - 1) / stride;
  if (padding == Padding::kExplicit) in += before + after;
  if (size < 0) return -1;
  const std::int64_t effective = dilation > 1 ? effective_size(size, dilation) : size;
  if (in < effective) refuse_negative_size(in, effective);
  return (in - effective + stride) / stride;
}

Shape image_shape(bool nchw, std::int64_t batch, std::int64_t rows, std::int64_t columns,
                  std::int64_t channels) {
  return nchw ? Shape{batch, channels, rows, columns} : Shape{batch, rows, columns, channels};
}

Tensor channels_last(const KernelContext& context, const Tensor& images) {
  const auto dims = images.shape().dims();
  return transposed(context, images, Shape{dims[0], dims[2], dims[3], dims[1]}, dims[1],
                    dims[2] * dims[3]);
}

Tensor channels_first(const KernelContext& context, const Tensor& images) {
  const auto dims = images.shape().dims();
  return transposed(context, images, Shape{dims[0], dims[3], dims[1], dims[2]}, dims[1] * dims[2],
                    dims[3]);
}

std::vector<std::int64_t> int_vector(const Tensor& tensor) {
  if (tensor.dtype() == DType::kInt64) {
    const auto values = tensor.values<std::int64_t>();
    return {values.begin(), values.end()};
  }
  const auto values = tensor.values<std::int32_t>();
  return {values.begin(), values.end()};
}

}  // namespace icecore::inline v0
