// RandomUniform, RandomUniformInt, StatelessRandomUniform, StatelessRandomUniformInt.
#include <icecore/shape_context.h>

#include "ops/array/arguments.h"
#include "ops/random/distributions.h"
#include "ops/random/generator.h"
#include "ops/random/random_ops.h"

namespace icecore::inline v0 {
namespace {

Kernel uniform_kernel(const NodeInfo& node) {
  return Kernel([generator = std::make_shared<RandomGenerator>(node),
                 dtype = node.type_attr("dtype")](KernelContext& c) {
    Tensor out = allocate_random(c, dtype);
    fill_uniform(c.threads(), generator->reserve_for(out.num_elements()), out);
    c.set_output(0, std::move(out));
  });
}

Kernel stateless_uniform_kernel(const NodeInfo& node) {
  return Kernel([dtype = node.type_attr("dtype")](KernelContext& c) {
    Tensor out = allocate_random(c, dtype);
    fill_uniform(c.threads(), stateless_stream(c, 1), out);
    c.set_output(0, std::move(out));
  });
}

struct Bounds {
  std::int64_t low, high;
};
// INVALID_ARGUMENT where there is nothing between them.
Bounds bounds(const KernelContext& c, int at) {
  for (int i = at; i < at + 2; ++i) {
    if (c.input(i).shape().rank() == 0) continue;
    refuse(std::string(i == at ? "minval" : "maxval") + " must be 0-D, got shape " +
           to_string(c.input(i).shape()));
  }
  const Bounds found{ints_of(c.input(at)).front(), ints_of(c.input(at + 1)).front()};
  if (found.low >= found.high) {
    refuse("Need minval < maxval, got " + std::to_string(found.low) +
           " >= " + std::to_string(found.high));
  }
  return found;
}

void ints_shape(ShapeContext& c) {
  with_rank(c.input(1), 0);
  with_rank(c.input(2), 0);
  random_shape(c);
}

void stateless_ints_shape(ShapeContext& c) {
  with_rank(c.input(2), 0);
  with_rank(c.input(3), 0);
  stateless_random_shape(c);
}

Kernel ints_kernel(const NodeInfo& node) {
  return Kernel([generator = std::make_shared<RandomGenerator>(node)](KernelContext& c) {
    Tensor out = allocate_random(c, c.input(1).dtype());
    if (out.num_elements() > 0) {
      const Bounds range = bounds(c, 1);
      fill_uniform_ints(c.threads(), generator->reserve_for(out.num_elements()), range.low,
                        range.high, out);
    }
    c.set_output(0, std::move(out));
  });
}

Kernel stateless_ints_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    Tensor out = allocate_random(c, c.input(2).dtype());
    const Philox stream = stateless_stream(c, 1);
    if (out.num_elements() > 0) {
      const Bounds range = bounds(c, 2);
      fill_uniform_ints(c.threads(), stream, range.low, range.high, out);
    }
    c.set_output(0, std::move(out));
  });
}

}  // namespace

const OpImplementation random_uniform_op = {"RandomUniform", random_shape, uniform_kernel,
                                            not_differentiable};
const OpImplementation random_uniform_int_op = {"RandomUniformInt", ints_shape, ints_kernel,
                                                not_differentiable};
const OpImplementation stateless_random_uniform_op = {
    "StatelessRandomUniform", stateless_random_shape, stateless_uniform_kernel, not_differentiable};
const OpImplementation stateless_random_uniform_int_op = {
    "StatelessRandomUniformInt", stateless_ints_shape, stateless_ints_kernel, not_differentiable};

}  // namespace icecore::inline v0
