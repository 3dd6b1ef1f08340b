// RandomStandardNormal, TruncatedNormal, StatelessRandomNormal, StatelessTruncatedNormal.
#include "ops/random/distributions.h"
#include "ops/random/generator.h"
#include "ops/random/random_ops.h"

namespace icecore::inline v0 {
namespace {

using Fill = void (*)(ThreadPool&, const Philox&, Tensor&);

template <Fill fill>
Kernel stateful_kernel(const NodeInfo& node) {
  return Kernel([generator = std::make_shared<RandomGenerator>(node),
                 dtype = node.type_attr("dtype")](KernelContext& c) {
    Tensor out = allocate_random(c, dtype);
    fill(c.threads(), generator->reserve_for(out.num_elements()), out);
    c.set_output(0, std::move(out));
  });
}

template <Fill fill>
Kernel stateless_kernel(const NodeInfo& node) {
  return Kernel([dtype = node.type_attr("dtype")](KernelContext& c) {
    Tensor out = allocate_random(c, dtype);
    fill(c.threads(), stateless_stream(c, 1), out);
    c.set_output(0, std::move(out));
  });
}

}  // namespace

const OpImplementation random_standard_normal_op = {
    "RandomStandardNormal", random_shape, stateful_kernel<fill_normal>, not_differentiable};
const OpImplementation truncated_normal_op = {
    "TruncatedNormal", random_shape, stateful_kernel<fill_truncated_normal>, not_differentiable};
const OpImplementation stateless_random_normal_op = {
    "StatelessRandomNormal", stateless_random_shape, stateless_kernel<fill_normal>,
    not_differentiable};
const OpImplementation stateless_truncated_normal_op = {
    "StatelessTruncatedNormal", stateless_random_shape, stateless_kernel<fill_truncated_normal>,
    not_differentiable};

}  // namespace icecore::inline v0
