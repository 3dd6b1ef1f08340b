#include "train/gate.h"

#include <icecore/control_flow.h>

namespace icecore::inline v0 {
namespace {

// What is computed of a gradient; null of none.
Output* values_of(Gradient& gradient) {
  if (auto* dense = std::get_if<Output>(&gradient)) return dense;
  if (auto* slices = std::get_if<IndexedSlices>(&gradient)) return &slices->values;
  return nullptr;
}

}  // namespace

void gate_together(GraphBuilder& graph, std::vector<Gradient>& gradients) {
  std::vector<Output*> places;
  std::vector<Output> values;
  for (Gradient& gradient : gradients) {
    Output* const place = values_of(gradient);
    if (place == nullptr) continue;
    places.push_back(place);
    values.push_back(*place);
  }
  std::vector<Output> gated = tuple(graph, values);
  for (std::size_t i = 0; i < places.size(); ++i) *places[i] = std::move(gated[i]);
}

}  // namespace icecore::inline v0
