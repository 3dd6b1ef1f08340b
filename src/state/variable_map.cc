#include <icecore/error.h>
#include <icecore/variable_store.h>

namespace icecore::inline v0 {

std::vector<std::string> VariableMap::initialized_variables() const {
  std::vector<std::string> names;
  names.reserve(values_.size());
  for (const auto& [name, value] : values_) names.push_back(name);
  return names;
}

std::optional<Tensor> VariableMap::snapshot(std::string_view variable) const {
  const auto found = values_.find(variable);
  if (found == values_.end()) {
    throw Error(Code::kNotFound, "there is no variable '" + std::string(variable) + "'");
  }
  return found->second;
}

void VariableMap::assign(std::string_view variable, Tensor value) {
  values_.insert_or_assign(std::string(variable),
                           value.is_borrowed() ? value.owned() : std::move(value));
}

}  // namespace icecore::inline v0
