#include <icecore/nn.h>

#include "layers/layer.h"

namespace icecore::inline v0::layers {

Output conv2d(GraphBuilder& graph, const Output& x, std::int64_t filters, Size2 kernel_size,
              const Conv2dOptions& options) {
  const Shape shape = x.shape();
  if (!shape.has_rank() || shape.rank() != 4) {
    refuse_as(Misuse::kValue,
              "Input 0 of layer conv2d is incompatible with the layer: expected "
              "ndim=4, found a tensor of shape " +
                  to_string(shape));
  }
  const std::int64_t channels = shape.dim(options.channels_first ? 1 : 3);
  if (channels < 0) {
    refuse_as(Misuse::kValue,
              "The channel dimension of the inputs should be defined. Found `None`.");
  }
  const std::string padding = padding_of(options.padding);
  LayerScope layer(graph, "conv2d", options.name, options.reuse, true);
  const Variable kernel = layer.weight(
      "kernel", Shape({kernel_size[0], kernel_size[1], channels, filters}),
      {options.kernel_initializer, options.kernel_regularizer, options.trainable, x.dtype()});
  std::optional<Variable> bias;
  if (options.use_bias) {
    bias = layer.weight("bias", Shape({filters}),
                        {options.bias_initializer.value_or(zeros_initializer()),
                         options.bias_regularizer, options.trainable, x.dtype()});
  }
  // Nobody uses it where nothing is dilated, but it is there.
  graph.convert_to_tensor(std::vector<int>{1, 1}, {}, "dilation_rate");
  const auto [rows, columns] = options.strides;
  const std::string format = options.channels_first ? "NCHW" : "NHWC";
  const auto strides = options.channels_first ? std::vector<std::int64_t>{1, 1, rows, columns}
                                              : std::vector<std::int64_t>{1, rows, columns, 1};
  Output y = graph
                 .apply_op("Conv2D", {Input(x), Input(kernel)},
                           {{"strides", strides}, {"padding", padding}, {"data_format", format}})
                 .output();
  if (bias) y = bias_add(graph, y, *bias, {}, format);
  return options.activation ? options.activation(graph, y) : y;
}

}  // namespace icecore::inline v0::layers
