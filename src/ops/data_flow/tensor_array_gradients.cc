// The gradients of TensorArray's ops (tensor_array_grad.py): what was read from an array is written
// to its gradient array, and the other way round.
#include <icecore/error.h>
#include <icecore/gradient_context.h>

#include <string>

#include "ops/array/array_functions.h"
#include "ops/data_flow/data_flow_ops.h"

namespace icecore::inline v0 {
namespace {

// The label of the call of gradients() that a gradient's name tells: "gradients_1",
// "scope/gradients". Each call has its own gradient arrays.
std::string gradient_source(const Output& gradient) {
  const std::string name = gradient.name();
  std::size_t end = std::string::npos;
  for (std::size_t begin = 0; begin < name.size();) {
    std::size_t slash = name.find('/', begin);
    if (slash == std::string::npos) slash = name.size();
    if (std::string_view(name).substr(begin).starts_with("gradients")) end = slash;
    begin = slash + 1;
  }
  if (end == std::string::npos) {
    throw Error(
        Code::kInvalidArgument,
        "Expected op/tensor name to start with gradients (excluding scope), got: " + name +
            ". This means that a tf.gradients op with this op in its dependency path has a custom "
            "name that does not start with 'gradients'. Please make sure all calls to tf.gradients "
            "that have non-empty 'name' arguments use names that start with 'gradients'.",
        Misuse::kValue);
  }
  return name.substr(0, end);
}

struct GradientArray {
  Output handle, flow;
};

// TensorArray(handle=handle, flow=flow).grad(source, flow).
GradientArray gradient_array(GraphBuilder& graph, const Output& handle, const Output& flow,
                             const std::string& source) {
  graph.name_scope("TensorArray").leave();  // Python's object opens it and makes nothing there.
  const ScopeGuard scope = graph.name_scope("TensorArrayGrad");
  const ScopeGuard colocate = graph.colocate_with(handle.op());
  const Operation array =
      graph.apply_op("TensorArrayGradV3", {Input(handle), Input(flow)}, {{"source", source}});
  GradientArray gradient{array.output(0), {}};
  {
    const ScopeGuard after = graph.control_dependencies({array});
    gradient.flow = graph.identity(flow, "gradient_flow");
  }
  graph.name_scope("TensorArray").leave();
  return gradient;
}

AttrValue dtype_of_node(const GradientContext& c, const char* attr) {
  return c.op().info().attr(attr);
}

}  // namespace

void tensor_array_read_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient();
  const GradientArray array =
      gradient_array(graph, c.input(0), c.input(2), gradient_source(gradient));
  const ScopeGuard scope = graph.name_scope("TensorArrayWrite");
  c.set(2, add_node(graph, "TensorArrayWriteV3",
                    {Input(array.handle), Input(c.input(1)), Input(gradient), Input(array.flow)}));
}

void tensor_array_write_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output flow = c.gradient();
  const GradientArray array = gradient_array(graph, c.input(0), flow, gradient_source(flow));
  c.set(2, add_node(graph, "TensorArrayReadV3",
                    {Input(array.handle), Input(c.input(1)), Input(array.flow)},
                    {{"dtype", dtype_of_node(c, "T")}}));
  c.set(3, flow);
}

void tensor_array_gather_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient();
  const GradientArray array =
      gradient_array(graph, c.input(0), c.input(2), gradient_source(gradient));
  const ScopeGuard scope = graph.name_scope("TensorArrayScatter");
  c.set(2, add_node(graph, "TensorArrayScatterV3",
                    {Input(array.handle), Input(c.input(1)), Input(gradient), Input(array.flow)}));
}

void tensor_array_scatter_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output flow = c.gradient();
  const GradientArray array = gradient_array(graph, c.input(0), flow, gradient_source(flow));
  c.set(2, add_node(graph, "TensorArrayGatherV3",
                    {Input(array.handle), Input(c.input(1)), Input(array.flow)},
                    {{"dtype", dtype_of_node(c, "T")}, {"element_shape", Shape::unknown_rank()}}));
  c.set(3, flow);
}

void tensor_array_concat_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output gradient = c.gradient();
  const GradientArray array =
      gradient_array(graph, c.input(0), c.input(1), gradient_source(gradient));
  const ScopeGuard scope = graph.name_scope("TensorArraySplit");
  c.set(1, add_node(graph, "TensorArraySplitV3",
                    {Input(array.handle), Input(gradient), Input(c.output(1)), Input(array.flow)}));
}

void tensor_array_split_gradient(GradientContext& c) {
  GraphBuilder& graph = c.graph();
  const Output flow = c.gradient();
  const GradientArray array = gradient_array(graph, c.input(0), flow, gradient_source(flow));
  c.set(1, add_node(graph, "TensorArrayConcatV3", {Input(array.handle), Input(array.flow)},
                    {{"dtype", dtype_of_node(c, "T")},
                     {"element_shape_except0", Shape::unknown_rank()}}));
  c.set(3, flow);
}

}  // namespace icecore::inline v0
