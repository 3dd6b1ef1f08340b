#include "runtime/session_kernels.h"

#include <icecore/error.h>

#include <new>

#include "graph/node_def.h"

namespace icecore::inline v0 {

void MissingKernels::add(const std::string& op, const std::string& what, const std::string& node) {
  Missing& missing = missing_[{op, what}];
  if (missing.nodes++ == 0) missing.first_node = node;
}

void MissingKernels::refuse_if_any() const {
  if (missing_.empty()) return;
  std::string message = missing_.size() == 1 ? "an op that this run needs has no kernel: "
                                             : "ops that this run needs have no kernels: ";
  const char* before = "";
  for (const auto& [key, missing] : missing_) {
    message += before + key.first + (key.second.empty() ? "" : " " + key.second) + " ('" +
               missing.first_node + "'" +
               (missing.nodes == 1 ? ")" : " and " + std::to_string(missing.nodes - 1) + " more)");
    before = ", ";
  }
  throw Error(Code::kUnimplemented, message);
}

NodeKernel* SessionKernels::get(int node, const Span& encoded, MissingKernels& missing) {
  std::unique_ptr<NodeKernel>& kept = kernels_[node];
  if (kept != nullptr) return kept.get();
  const NodeDef def = decode_node(encoded);
  const std::string op(def.op), name(def.name);
  const std::shared_ptr<const OpSignature> signature = ops_.signature(op);
  const OpImplementation* implementation = ops_.find(op);
  if (signature == nullptr || implementation == nullptr || implementation->kernel == nullptr) {
    missing.add(op, "", name);
    return nullptr;
  }
  NodeInfo info(encoded, signature);
  if (!implementation->types.empty() && info.has_attr(implementation->type_attr)) {
    const DType dtype = info.type_attr(implementation->type_attr);
    if (!implementation->types.contains(dtype)) {
      missing.add(op, "of " + to_string(dtype), name);
      return nullptr;
    }
  }
  try {
    Kernel kernel = implementation->kernel(info);
    kept = std::make_unique<NodeKernel>(std::move(info), std::move(kernel));
  } catch (const Error& error) {
    if (error.code() == Code::kUnimplemented) {
      missing.add(op, "(" + error.message() + ")", name);
      return nullptr;
    }
    throw Error(error.code(), "node '" + name + "' (op " + op + "): " + error.message());
  } catch (const std::bad_alloc&) {
    throw Error(Code::kResourceExhausted, "no memory left for node '" + name + "' (op " + op + ")");
  }
  return kept.get();
}

}  // namespace icecore::inline v0
