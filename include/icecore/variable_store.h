// Variables, whoever holds them: a Session, or a plain map of tensors.
#pragma once

#include <icecore/export.h>
#include <icecore/tensor.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// Saver, restore and freeze see variables through this. Names are those of the variables' nodes
// ("conv1/weights").
//
// Threads: as the implementation says.
class ICECORE_API VariableStore {
 public:
  virtual ~VariableStore() = default;

  // Those that have a value, sorted.
  virtual std::vector<std::string> initialized_variables() const = 0;
  // The value as it is now: later changes don't show in it, and nothing is copied. Nothing where
  // the variable has no value yet; NOT_FOUND where there is no such variable.
  virtual std::optional<Tensor> snapshot(std::string_view variable) const = 0;
  // INVALID_ARGUMENT where dtype or (of a variable whose shape is fixed) shape differ.
  virtual void assign(std::string_view variable, Tensor value) = 0;
};

// Variables without a graph.
class ICECORE_API VariableMap : public VariableStore {
 public:
  std::vector<std::string> initialized_variables() const override;
  std::optional<Tensor> snapshot(std::string_view variable) const override;
  void assign(std::string_view variable, Tensor value) override;  // Makes it where it's new.

 private:
  std::map<std::string, Tensor, std::less<>> values_;
};

}  // namespace icecore::inline v0
