#include "layers/layer.h"

namespace icecore::inline v0::layers {
namespace {

Output pool(GraphBuilder& graph, std::string_view op, std::string_view kind, const Output& x,
            Size2 pool_size, Size2 strides, const Pooling2dOptions& options) {
  const Shape shape = x.shape();
  if (shape.has_rank() && shape.rank() != 4) {
    refuse_as(Misuse::kValue, "Input 0 of layer " + std::string(kind) +
                                  " is incompatible with the layer: expected ndim=4, found a "
                                  "tensor of shape " +
                                  to_string(shape));
  }
  const std::string padding = padding_of(options.padding);
  const LayerScope layer(graph, kind, options.name, false, false);
  const auto along_space = [&](Size2 size) {
    return options.channels_first ? std::vector<std::int64_t>{1, 1, size[0], size[1]}
                                  : std::vector<std::int64_t>{1, size[0], size[1], 1};
  };
  return graph
      .apply_op(op, {Input(x)},
                {{"ksize", along_space(pool_size)},
                 {"strides", along_space(strides)},
                 {"padding", padding},
                 {"data_format", std::string(options.channels_first ? "NCHW" : "NHWC")}})
      .output();
}

}  // namespace

Output max_pooling2d(GraphBuilder& graph, const Output& x, Size2 pool_size, Size2 strides,
                     const Pooling2dOptions& options) {
  return pool(graph, "MaxPool", "max_pooling2d", x, pool_size, strides, options);
}

Output average_pooling2d(GraphBuilder& graph, const Output& x, Size2 pool_size, Size2 strides,
                         const Pooling2dOptions& options) {
  return pool(graph, "AvgPool", "average_pooling2d", x, pool_size, strides, options);
}

}  // namespace icecore::inline v0::layers
