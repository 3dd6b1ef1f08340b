// Values to feed to a graph of which nothing is known but its placeholders.
#pragma once

#include <icecore/graph.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

// What is taken for what the placeholders' shapes leave open.
struct TrialSizes {
  std::int64_t unknown_dimension = 2;
  Shape unknown_shape;
  // Placeholders of unknown rank that are scalars nevertheless, as a rate beside a batch is.
  std::vector<std::string> scalars = {};
};

using TrialFeeds = std::vector<std::pair<std::string, Tensor>>;

// A value for each Placeholder of the graph, by tensor name ("x:0"): always the same for the same
// name and shape, whatever else is in the graph. Floats lie from -1 to 1, ints are 0 or 1, so that
// they may be indices, scalar bools are false, strings are digits.
TrialFeeds trial_feeds(const Graph& graph, const TrialSizes& sizes);

// The sizes to try one after the other until a graph runs; one alone where nothing is open.
std::vector<TrialSizes> sizes_to_try(const Graph& graph);

}  // namespace icecore::inline v0
