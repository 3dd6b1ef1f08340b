// Making the nodes of a variable, for whoever asks (variables.py: VariableV1).
#pragma once

#include <icecore/variable.h>

#include <functional>
#include <optional>
#include <string_view>
#include <variant>

namespace icecore::inline v0 {

// A value, or a function that makes its nodes.
using InitialValue = std::variant<Input, std::function<Output()>>;

Variable new_variable(GraphBuilder& graph, const InitialValue& initial_value,
                      const VariableOptions& options, std::optional<SaveSliceInfo> part = {});

// The value to initialize the variable of that name scope ("w/") with: `initial_value`, where it
// uses other variables with their initial values in their place as long as they have none
// (_try_guard_against_uninitialized_dependencies).
Output guarded_initial_value(GraphBuilder& graph, std::string_view scope,
                             const Output& initial_value);

}  // namespace icecore::inline v0
