// What a shape function sees, and the rules that shape functions share.
#pragma once

#include <icecore/export.h>
#include <icecore/node_info.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace icecore::inline v0 {

// The dtype and shape of what a resource handle refers to.
struct HandleInfo {
  DType dtype = DType::kInvalid;
  Shape shape = Shape::unknown_rank();
};

// Errors of shape functions are INVALID_ARGUMENT with TensorFlow's sentence ("Dimensions must be
// equal, but are 3 and 2"); the builder adds which node with which input shapes. Outputs that
// nobody sets have unknown rank.
class ICECORE_API ShapeContext {
 public:
  // Gives the value of input i where it is known without running the graph.
  using ConstantInput = std::function<std::optional<Tensor>(int i)>;
  // Gives input i, a vector of ints, as a shape; what isn't known of it is -1 or an unknown rank.
  using ShapeInput = std::function<Shape(int i)>;

  ShapeContext(NodeInfo node, std::vector<Shape> inputs,
               std::vector<std::optional<HandleInfo>> handles, ConstantInput constant_input,
               ShapeInput shape_input);

  const NodeInfo& node() const { return node_; }
  int num_inputs() const { return static_cast<int>(inputs_.size()); }
  const Shape& input(int i) const { return inputs_.at(static_cast<std::size_t>(i)); }
  std::span<const Shape> inputs() const { return inputs_; }
  std::optional<Tensor> constant_input(int i) const { return constant_input_(i); }
  // Of an integer constant, scalar or vector.
  std::optional<std::vector<std::int64_t>> constant_ints(int i) const;
  Shape shape_input(int i) const { return shape_input_(i); }

  void set_output(int i, Shape shape) {
    outputs_.at(static_cast<std::size_t>(i)) = std::move(shape);
  }
  const std::vector<Shape>& outputs() const { return outputs_; }

  // Of inputs and outputs that are resources.
  const std::optional<HandleInfo>& input_handle(int i) const {
    return input_handles_.at(static_cast<std::size_t>(i));
  }
  void set_output_handle(int i, HandleInfo info) {
    output_handles_.at(static_cast<std::size_t>(i)) = std::move(info);
  }
  const std::vector<std::optional<HandleInfo>>& output_handles() const { return output_handles_; }

 private:
  NodeInfo node_;
  std::vector<Shape> inputs_, outputs_;
  std::vector<std::optional<HandleInfo>> input_handles_, output_handles_;
  ConstantInput constant_input_;
  ShapeInput shape_input_;
};

// Rules on shapes, in which -1 is an unknown dimension. All throw INVALID_ARGUMENT with
// TensorFlow's sentence where the shapes can't be so.

// What is known of a shape of which both are known.
ICECORE_API Shape merge_shapes(const Shape& a, const Shape& b);
ICECORE_API std::int64_t merge_dims(std::int64_t a, std::int64_t b);
// The shape, whose rank must be this if it is known; of unknown rank: that many unknown dimensions.
ICECORE_API Shape with_rank(const Shape& shape, int rank);
ICECORE_API Shape with_rank_at_least(const Shape& shape, int rank);
// Of two operands of which one is spread over the other.
ICECORE_API Shape broadcast_shapes(const Shape& a, const Shape& b);

// Shape functions that many ops have.
ICECORE_API void unchanged_shape(ShapeContext& c);  // Output 0 as input 0.
ICECORE_API void broadcast_shape(ShapeContext& c);  // Output 0 as input 0 and 1 spread.
ICECORE_API void scalar_shape(ShapeContext& c);     // Every output a scalar.
ICECORE_API void no_outputs(ShapeContext& c);
ICECORE_API void unknown_shape(ShapeContext& c);
ICECORE_API void merged_shape(ShapeContext& c);  // Output 0 as all inputs, which must agree.

}  // namespace icecore::inline v0
