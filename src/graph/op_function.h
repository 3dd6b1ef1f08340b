// What the generated op functions (icecore/ops.h) are made of.
#pragma once

#include <icecore/graph_builder.h>

#include <optional>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

template <typename T>
void add_attr(AttrList& list, const char* name, const std::optional<T>& value) {
  if (value) list.emplace_back(name, *value);
}

// The output or outputs of an argument of the op's signature.
inline std::vector<Output> named_outputs(const Operation& op, std::string_view argument) {
  const auto [begin, count] = op.info().output_range(argument);
  std::vector<Output> found;
  for (std::size_t i = begin; i < begin + count; ++i) {
    found.push_back(op.output(static_cast<int>(i)));
  }
  return found;
}

inline Output named_output(const Operation& op, std::string_view argument) {
  return op.output(static_cast<int>(op.info().output_range(argument).first));
}

}  // namespace icecore::inline v0
