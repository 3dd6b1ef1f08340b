// Choices between several branches, and checks (tf.case, tf.Assert).
#pragma once

#include <icecore/control_flow.h>
#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

// tf.Assert: an operation that ends the run with INVALID_ARGUMENT, and prints `summarize` elements
// of each of `data`, where the condition doesn't hold.
ICECORE_API Operation assert_that(GraphBuilder& graph, const Input& condition,
                                  const std::vector<Input>& data, std::int64_t summarize = 3,
                                  std::string_view name = {});

struct CaseOptions {
  // Taken where no predicate holds; without one that ends the run with INVALID_ARGUMENT.
  Branch default_fn = {};
  // Whether the run is to end with INVALID_ARGUMENT where more than one predicate holds.
  bool exclusive = false;
  std::string_view name = "case";
};

// tf.case (`case` is a word of C++): the branch of the first predicate that holds. All give as many
// results of the same types.
ICECORE_API std::vector<Output> case_of(GraphBuilder& graph,
                                        const std::vector<std::pair<Output, Branch>>& branches,
                                        const CaseOptions& options = {});

}  // namespace icecore::inline v0
