// What get_variable() and get_partitioned_variable() share.
#pragma once

#include <icecore/variable.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// What is asked for, the scope's defaults filled in.
struct ICECORE_API VariableRequest {
  VariableRequest(GraphBuilder& graph, std::string_view given_name,
                  const GetVariableOptions& options, std::optional<Input> given);

  std::string name;  // "net/w"
  DType dtype = DType::kFloat32;
  std::optional<Input> value;  // In place of a shape and an initializer.
  // Makes the value, in place of both: of a variable whose shape isn't known.
  std::function<Output()> value_function;
  std::optional<Initializer> initializer;
  std::optional<Regularizer> regularizer;
  std::optional<Partitioner> partitioner;
  Reuse reuse = Reuse::kFalse;
  bool use_resource = false;
  bool trainable = true;
  bool validate_shape = true;
  std::vector<std::string> collections;
  std::int64_t synchronization = 0, aggregation = 0;
};

// A variable that is a part of one.
struct PartOf {
  SaveSliceInfo slice;
};

ICECORE_API Variable get_single_variable(GraphBuilder& graph, const VariableRequest& request,
                                         const Shape& shape, const PartOf* part);

// What initializes a variable that nobody gave an initializer; ValueError where its type has none.
Initializer default_initializer(const std::string& name, DType dtype);

ICECORE_API bool may_be_same_shape(const Shape& a, const Shape& b);

}  // namespace icecore::inline v0
