#include <icecore/error.h>
#include <icecore/gradient_context.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include "graph/type_text.h"
#include "ops/core/core_ops.h"

namespace icecore::inline v0 {
namespace {

void placeholder_shape(ShapeContext& c) {
  c.set_output(0, c.node().shape_attr("shape"));
}

// A placeholder that runs wasn't fed. (The Session refuses most of them before anything runs.)
Kernel placeholder_kernel(const NodeInfo& node) {
  return Kernel([message = unfed_placeholder(node)](KernelContext&) {
    throw Error(Code::kInvalidArgument, message);
  });
}

void with_default_shape(ShapeContext& c) {
  // The default must fit; what is fed need only fit the attribute, which may say less.
  const Shape shape = c.node().shape_attr("shape");
  merge_shapes(c.input(0), shape);
  c.set_output(0, shape);
}

Kernel with_default_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) { c.set_output(0, c.take_input(0)); });
}

void with_default_gradient(GradientContext& c) {
  c.set(0, c.gradient());
}

}  // namespace

std::string unfed_placeholder(const NodeInfo& node) {
  std::string message = "You must feed a value for placeholder tensor '" + node.name() +
                        "' with dtype " + type_text({node.type_attr("dtype"), false});
  if (node.has_attr("shape")) {
    const Shape shape = node.shape_attr("shape");
    // Of an empty one nothing is said: it meant an unknown one once (tf-rules 6).
    if (shape.rank() > 0) message += " and shape " + to_string(shape);
  }
  return message;
}

const OpImplementation placeholder_op = {"Placeholder", placeholder_shape, placeholder_kernel,
                                         not_differentiable};
const OpImplementation placeholder_v2_op = {"PlaceholderV2", placeholder_shape, placeholder_kernel,
                                            not_differentiable};
const OpImplementation placeholder_with_default_op = {"PlaceholderWithDefault", with_default_shape,
                                                      with_default_kernel, with_default_gradient};

}  // namespace icecore::inline v0
