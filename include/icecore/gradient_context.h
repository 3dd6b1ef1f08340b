// What a gradient function sees.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace icecore::inline v0 {

// A gradient that is zero but in some rows of its first dimension: values[i] belongs to row
// indices[i]; rows may repeat, and add up.
struct IndexedSlices {
  Output values;
  Output indices;
  std::optional<Output> dense_shape;
};

// None, a tensor, or slices of one.
using Gradient = std::variant<std::monostate, Output, IndexedSlices>;

// A gradient function adds nodes to graph(), whose scopes stand as TensorFlow's do there
// ("gradients/NAME_grad"), and sets the gradients of the op's inputs. What it doesn't set is none.
class ICECORE_API GradientContext {
 public:
  GradientContext(GraphBuilder& graph, Operation op, std::vector<Gradient> output_gradients);

  GraphBuilder& graph() const { return graph_; }
  const Operation& op() const { return op_; }
  Output input(int i) const { return op_.input(i); }
  Output output(int i) const { return op_.output(i); }

  // With respect to output i; as TensorFlow does, outputs that nothing depends on get zeros.
  const Gradient& output_gradient(int i = 0) const;
  // The same as a tensor: slices are put together. INVALID_ARGUMENT where there is none.
  Output gradient(int i = 0) const;

  void set(int input, Output gradient);
  void set(int input, IndexedSlices gradient);
  const std::vector<Gradient>& input_gradients() const { return input_gradients_; }

 private:
  GraphBuilder& graph_;
  Operation op_;
  std::vector<Gradient> output_gradients_, input_gradients_;
};

}  // namespace icecore::inline v0
