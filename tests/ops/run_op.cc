#include "ops/run_op.h"

#include <icecore/error.h>

#include "graph/node_def.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {

OneKernel::OneKernel(const Span& node)
    : info_(node, standard_ops().signature(std::string(decode_node(node).op))) {
  const std::string op(decode_node(node).op);
  const OpImplementation* implementation = standard_ops().find(op);
  if (implementation == nullptr || implementation->kernel == nullptr) {
    throw Error(Code::kUnimplemented, "there is no kernel for " + op);
  }
  if (!implementation->types.empty() && info_.has_attr(implementation->type_attr) &&
      !implementation->types.contains(info_.type_attr(implementation->type_attr))) {
    throw Error(Code::kUnimplemented, "there is no kernel for this dtype of " + op);
  }
  kernel_ = implementation->kernel(info_);
}

std::vector<Tensor> OneKernel::run(const std::vector<Tensor>& inputs, RunServices& services) {
  std::vector<Value> values;
  for (const Tensor& input : inputs) values.push_back({input, nullptr, true});
  std::vector<Value> outputs(info_.outputs().size());
  KernelContext context(info_, values, outputs, services);
  kernel_.compute(context);
  std::vector<Tensor> tensors;
  for (const Value& output : outputs) tensors.push_back(output.tensor);
  return tensors;
}

std::vector<Tensor> run_node(const Span& node, const std::vector<Tensor>& inputs,
                             RunServices& services) {
  return OneKernel(node).run(inputs, services);
}

std::vector<Tensor> run_op(const std::string& node, const std::vector<Tensor>& inputs) {
  TestServices services;
  return run_node(parse_text(node, *find_message("NodeDef")), inputs, services.get());
}

}  // namespace icecore::inline v0
