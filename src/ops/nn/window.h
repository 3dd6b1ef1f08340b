// Windows that move over rows and columns: what convolutions and pooling share.
#pragma once

#include <icecore/kernel.h>
#include <icecore/node_info.h>
#include <icecore/shape.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

enum class Padding { kValid, kSame, kExplicit };

// Along rows or columns.
struct Window {
  std::int64_t in = 0, out = 0;  // Sizes of input and output.
  std::int64_t size = 1;         // Of the window.
  std::int64_t stride = 1, dilation = 1;
  std::int64_t before = 0, after = 0;  // Padding.

  bool operator==(const Window&) const = default;
  // Which of the window's cells lie in the input, for output o: the first, and one past the last.
  std::int64_t first_cell(std::int64_t o) const {
    const std::int64_t start = o * stride - before;
    return start >= 0 ? 0 : (-start + dilation - 1) / dilation;
  }
  std::int64_t last_cell(std::int64_t o) const {
    const std::int64_t room = in - (o * stride - before);
    if (room <= 0) return 0;
    const std::int64_t cells = (room + dilation - 1) / dilation;
    return cells < size ? cells : size;
  }
  // Where a cell lies in the input.
  std::int64_t at(std::int64_t o, std::int64_t cell) const {
    return o * stride - before + cell * dilation;
  }
};

// A node's attributes of windows. Indices 0 and 1 are rows and columns.
struct WindowAttrs {
  bool nchw = false;
  Padding padding = Padding::kValid;
  std::array<std::int64_t, 2> strides{1, 1}, dilations{1, 1};
  std::array<std::int64_t, 2> before{}, after{};  // Where padding is explicit.

  // Position of a dimension of images.
  int row_dim() const { return nchw ? 2 : 1; }
  int channel_dim() const { return nchw ? 1 : 3; }

  // INVALID_ARGUMENT with TensorFlow's sentences; `op` begins some of them.
  static WindowAttrs of_convolution(const NodeInfo& node);
  // The same without looking at strides of batch and depth, as shape functions do.
  static WindowAttrs of_convolution_shape(const NodeInfo& node, std::string_view op);
};

bool is_nchw(const NodeInfo& node);
Padding padding_of(const NodeInfo& node);

// What comes of a window that moves so; INVALID_ARGUMENT where the output would be smaller than
// nothing or numbers are too large to count with.
Window make_window(const WindowAttrs& attrs, int spatial, std::int64_t in, std::int64_t size);

// The same for shape functions, where -1 is unknown.
std::int64_t windowed_size(std::int64_t in, std::int64_t size, std::int64_t dilation,
                           std::int64_t stride, Padding padding, std::int64_t before = 0,
                           std::int64_t after = 0);

// A shape of four dimensions in a data format.
Shape image_shape(bool nchw, std::int64_t batch, std::int64_t rows, std::int64_t columns,
                  std::int64_t channels);

// [batch, channels, rows, columns] to [batch, rows, columns, channels], and back.
Tensor channels_last(const KernelContext& context, const Tensor& images);
Tensor channels_first(const KernelContext& context, const Tensor& images);

// The values of a vector of int32 or int64.
std::vector<std::int64_t> int_vector(const Tensor& tensor);

}  // namespace icecore::inline v0
