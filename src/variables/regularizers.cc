#include <icecore/variable.h>

#include "base/float_text.h"
#include "graph/builder_data.h"

namespace icecore::inline v0 {

Regularizer l2_regularizer(double scale) {
  if (!(scale >= 0)) {
    refuse_as(Misuse::kValue,
              "Setting a scale less than 0 on a regularizer: " + python_repr(scale) + ".");
  }
  return [scale](GraphBuilder& graph, const Variable& variable) -> std::optional<Output> {
    if (scale == 0) return std::nullopt;
    const ScopeGuard scope = graph.name_scope("l2_regularizer");
    const Output factor = graph.convert_to_tensor(scale, variable.dtype(), "scale");
    const Output loss = graph.apply_op("L2Loss", {Input(variable)}).output();
    return graph.apply_op("Mul", {Input(factor), Input(loss)}, {}, scope.name()).output();
  };
}

}  // namespace icecore::inline v0
