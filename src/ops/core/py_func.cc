// Functions of the program in a graph: found by the node's token, or by its name, when it runs.
#include <icecore/error.h>
#include <icecore/kernel.h>
#include <icecore/shape_context.h>

#include "base/bools.h"
#include "ops/core/core_ops.h"
#include "ops/run_services.h"

namespace icecore::inline v0 {
namespace {

std::vector<Tensor> call(const HostFunction& function, std::span<const Tensor> inputs) {
  try {
    return function(inputs);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    throw Error(Code::kUnknown, error.what());
  }
}

Kernel py_func_kernel(const NodeInfo& node) {
  return Kernel([token = node.string_attr("token"), wanted = node.types_attr("Tout"),
                 name = node.name()](KernelContext& c) {
    const HostFunction function =
        c.services().host_function ? c.services().host_function(token, name) : HostFunction();
    if (!function) {
      throw Error(Code::kFailedPrecondition,
                  "'" + name + "' calls a function of the program that made the graph, '" + token +
                      "': give the Session one under that name, or under the node's");
    }
    std::vector<Tensor> inputs;
    for (int i = 0; i < c.num_inputs(); ++i) inputs.push_back(c.input(i));
    std::vector<Tensor> outputs = call(function, inputs);
    if (outputs.size() != wanted.size()) {
      throw Error(Code::kInvalidArgument, token + " returns " + std::to_string(outputs.size()) +
                                              " values, but expects to see " +
                                              std::to_string(wanted.size()) + " values.");
    }
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      if (outputs[i].dtype() != wanted[i]) {
        throw Error(Code::kInvalidArgument, std::to_string(i) + "-th value returned by " + token +
                                                " is " + to_string(outputs[i].dtype()) +
                                                ", but expects " + to_string(wanted[i]));
      }
      c.set_output(static_cast<int>(i), with_normal_bools(std::move(outputs[i])));
    }
  });
}

}  // namespace

const OpImplementation py_func_op = {"PyFunc", unknown_shape, py_func_kernel, not_differentiable};
const OpImplementation py_func_stateless_op = {"PyFuncStateless", unknown_shape, py_func_kernel,
                                               not_differentiable};
const OpImplementation eager_py_func_op = {"EagerPyFunc", unknown_shape, py_func_kernel};

}  // namespace icecore::inline v0
