#include "ops/control_flow/control_flow_ops.h"

#include <icecore/shape_context.h>

namespace icecore::inline v0 {
namespace {

void pass_handle(ShapeContext& c, int input, int output) {
  if (c.input_handle(input)) c.set_output_handle(output, *c.input_handle(input));
}

void switch_shape(ShapeContext& c) {
  with_rank(c.input(1), 0);
  for (int i = 0; i < 2; ++i) {
    c.set_output(i, c.input(0));
    pass_handle(c, 0, i);
  }
}

// What all inputs agree in: a dimension in which they differ isn't known, nor is a rank.
void merge_shape(ShapeContext& c) {
  Shape common = c.input(0);
  for (int i = 1; i < c.num_inputs(); ++i) {
    const Shape& input = c.input(i);
    if (!common.has_rank() || !input.has_rank() || common.rank() != input.rank()) {
      common = Shape::unknown_rank();
      break;
    }
    std::vector<std::int64_t> dims;
    for (int d = 0; d < common.rank(); ++d) {
      dims.push_back(common.dim(d) == input.dim(d) ? common.dim(d) : -1);
    }
    common = Shape(dims);
  }
  c.set_output(0, common);
  c.set_output(1, Shape());
  pass_handle(c, 0, 0);
}

// In a loop a tensor's shape may change from pass to pass: only a constant's is known.
void enter_shape(ShapeContext& c) {
  if (c.node().bool_attr("is_constant")) c.set_output(0, c.input(0));
  pass_handle(c, 0, 0);
}

void loop_cond_shape(ShapeContext& c) {
  c.set_output(0, with_rank(c.input(0), 0));
}

void through_shape(ShapeContext& c) {
  c.set_output(0, c.input(0));
  pass_handle(c, 0, 0);
}

}  // namespace

OpTable control_flow_ops() {
  static const OpImplementation table[] = {
      abort_op,
      {"ControlTrigger", no_outputs},
      {"Enter", enter_shape, nullptr, same_gradient},
      {"Exit", through_shape},
      {"LoopCond", loop_cond_shape, nullptr, not_differentiable},
      {"Merge", merge_shape, nullptr, merge_gradient},
      {"NextIteration", through_shape, nullptr, same_gradient},
      {"NoOp", no_outputs},
      {"RefEnter", enter_shape, nullptr, same_gradient},
      {"RefExit", through_shape},
      {"RefMerge", merge_shape, nullptr, merge_gradient},
      {"RefNextIteration", through_shape, nullptr, same_gradient},
      {"RefSwitch", switch_shape, nullptr, switch_gradient},
      {"Switch", switch_shape, nullptr, switch_gradient},
  };
  return table;
}

}  // namespace icecore::inline v0
