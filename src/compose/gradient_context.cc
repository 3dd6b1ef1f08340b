#include <icecore/array.h>
#include <icecore/error.h>
#include <icecore/gradient_context.h>

#include "compose/nodes.h"

namespace icecore::inline v0 {

GradientContext::GradientContext(GraphBuilder& graph, Operation op,
                                 std::vector<Gradient> output_gradients)
    : graph_(graph),
      op_(std::move(op)),
      output_gradients_(std::move(output_gradients)),
      input_gradients_(static_cast<std::size_t>(op_.num_inputs())) {}

const Gradient& GradientContext::output_gradient(int i) const {
  return output_gradients_.at(static_cast<std::size_t>(i));
}

void GradientContext::set(int input, Output gradient) {
  input_gradients_.at(static_cast<std::size_t>(input)) = std::move(gradient);
}

void GradientContext::set(int input, IndexedSlices gradient) {
  input_gradients_.at(static_cast<std::size_t>(input)) = std::move(gradient);
}

Output GradientContext::gradient(int i) const {
  const Gradient& gradient = output_gradient(i);
  if (const Output* dense = std::get_if<Output>(&gradient)) return *dense;
  const IndexedSlices* slices = std::get_if<IndexedSlices>(&gradient);
  if (slices == nullptr || !slices->dense_shape) {
    throw Error(Code::kInvalidArgument,
                "the gradient of output " + std::to_string(i) + " of '" + op_.name() + "' is " +
                    (slices == nullptr ? "none" : "slices of an unknown shape") +
                    ", where a tensor is needed");
  }
  // As TensorFlow makes a tensor of slices.
  const Output rows = subscript(graph_, *slices->dense_shape, 0);
  return add_node(graph_, "UnsortedSegmentSum",
                  {Input(slices->values), Input(slices->indices), Input(rows)});
}

}  // namespace icecore::inline v0
