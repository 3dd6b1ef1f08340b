#include "ops/run_op.h"

#include <icecore/error.h>

#include "graph/node_def.h"
#include "proto/schema.h"
#include "proto/text_parser.h"

namespace icecore::inline v0 {

std::vector<Tensor> run_node(const Span& node, const std::vector<Tensor>& inputs,
                             RunServices& services) {
  const std::string op(decode_node(node).op);
  const OpImplementation* implementation = standard_ops().find(op);
  if (implementation == nullptr || implementation->kernel == nullptr) {
    throw Error(Code::kUnimplemented, "there is no kernel for " + op);
  }
  const NodeInfo info(node, standard_ops().signature(op));
  if (!implementation->types.empty() && info.has_attr(implementation->type_attr) &&
      !implementation->types.contains(info.type_attr(implementation->type_attr))) {
    throw Error(Code::kUnimplemented, "there is no kernel for this dtype of " + op);
  }
  const Kernel kernel = implementation->kernel(info);
  std::vector<Value> values;
  for (const Tensor& input : inputs) values.push_back({input, nullptr, true});
  std::vector<Value> outputs(info.outputs().size());
  KernelContext context(info, values, outputs, services);
  kernel.compute(context);
  std::vector<Tensor> tensors;
  for (const Value& output : outputs) tensors.push_back(output.tensor);
  return tensors;
}

std::vector<Tensor> run_op(const std::string& node, const std::vector<Tensor>& inputs) {
  TestServices services;
  return run_node(parse_text(node, *find_message("NodeDef")), inputs, services.get());
}

}  // namespace icecore::inline v0
