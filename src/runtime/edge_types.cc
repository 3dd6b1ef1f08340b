#include "runtime/edge_types.h"

#include <icecore/error.h>

#include "graph/type_text.h"

namespace icecore::inline v0 {

void check_edge(const NodeTypes& source, int output, const NodeTypes& target, int input) {
  if (static_cast<std::size_t>(output) >= source.outputs.size()) {
    throw Error(Code::kInvalidArgument, "output " + std::to_string(output) + " of '" + source.name +
                                            "' is asked for, which has " +
                                            std::to_string(source.outputs.size()));
  }
  const ArgType& passed = source.outputs[static_cast<std::size_t>(output)];
  const ArgType& expected = target.inputs[static_cast<std::size_t>(input)];
  if (passed.dtype == DType::kInvalid) return;
  if (passed.dtype == expected.dtype && (passed.is_reference || !expected.is_reference)) return;
  throw Error(Code::kInvalidArgument,
              "Input " + std::to_string(input) + " of node " + target.name + " was passed " +
                  type_text(passed) + " from " + source.name + ":" + std::to_string(output) +
                  " incompatible with expected " + type_text(expected) + ".");
}

}  // namespace icecore::inline v0
