#include <icecore/error.h>
#include <icecore/gradient_context.h>

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
  // As ops.internal_convert_to_tensor of IndexedSlices does it.
  return graph_
      .apply_op("UnsortedSegmentSum",
                {Input(slices->values), Input(slices->indices),
                 Input(graph_
                           .apply_op("StridedSlice",
                                     {Input(*slices->dense_shape), Input(std::vector<int>{0}),
                                      Input(std::vector<int>{1}), Input(std::vector<int>{1})},
                                     {{"shrink_axis_mask", std::int64_t{1}}}, "strided_slice")
                           .output())},
                {}, "UnsortedSegmentSum")
      .output();
}

}  // namespace icecore::inline v0
