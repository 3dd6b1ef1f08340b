// Prints a line for each op that Icecore implements: name, kernel or none, dtypes of the kernel
// ("any": what the signature allows), gradient. scripts/ops_doc.py makes docs/ops.md of it.
#include <icecore/op_set.h>

#include <iostream>
#include <string>

namespace icecore::inline v0 {
namespace {

std::string types_text(const TypeSet& types) {
  if (types.empty()) return "any";
  std::string text;
  for (int number = 1; number <= 23; ++number) {
    const DType dtype = *dtype_of_number(number);
    if (types.contains(dtype)) text += (text.empty() ? "" : " ") + to_string(dtype);
  }
  return text;
}

void print_ops() {
  for (const OpImplementation* op : standard_ops().all()) {
    // The executor runs branches and loops itself.
    const bool runs = op->kernel != nullptr || op->op == "NoOp" || op->op == "ControlTrigger" ||
                      op->op == "LoopCond" || op->op.ends_with("Switch") ||
                      op->op.ends_with("Merge") || op->op.ends_with("Enter") ||
                      op->op.ends_with("Exit") || op->op.ends_with("NextIteration");
    const char* gradient = op->gradient == nullptr              ? "missing"
                           : op->gradient == not_differentiable ? "none"
                                                                : "yes";
    std::cout << op->op << '\t' << (runs ? "yes" : "no") << '\t' << types_text(op->types) << '\t'
              << gradient << '\n';
  }
}

}  // namespace
}  // namespace icecore::inline v0

int main() {
  icecore::print_ops();
}
