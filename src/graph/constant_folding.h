// Values that can be told from the graph alone.
#pragma once

#include <icecore/shape.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <optional>

#include "graph/builder_data.h"

namespace icecore::inline v0 {

// Looks upwards from a tensor. What would take more than a little work isn't known.
class ConstantFolding {
 public:
  enum Reach {
    kPython,  // What tensor_util.constant_value sees, on which the nodes that are made depend.
    kWhole,   // Also arithmetic on small tensors, as TensorFlow's shape inference folds it.
  };
  ConstantFolding(const BuilderData& graph, Reach reach) : graph_(graph), reach_(reach) {}

  std::optional<Tensor> value(const Endpoint& endpoint);
  // A vector of ints as a shape; -1 or an unknown rank where it isn't known.
  Shape shape(const Endpoint& endpoint);

 private:
  std::optional<Tensor> value_of(const BuilderNode& node, const Endpoint& endpoint);
  std::optional<Tensor> pack(const BuilderNode& node);
  std::optional<Tensor> concat(const BuilderNode& node);
  std::optional<Tensor> range(const BuilderNode& node);
  std::optional<Tensor> fill(const BuilderNode& node);
  std::optional<Tensor> equality(const BuilderNode& node, bool equal);
  std::optional<Tensor> more(const BuilderNode& node);
  std::optional<Shape> sliced_shape(const BuilderNode& node);
  std::optional<Shape> packed_shape(const BuilderNode& node);

  const BuilderData& graph_;
  Reach reach_;
  int depth_ = 0;
  std::int64_t steps_ = 0;  // Nodes looked at.
};

}  // namespace icecore::inline v0
