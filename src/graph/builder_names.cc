#include <icecore/error.h>

#include <algorithm>

#include "base/quoted.h"
#include "graph/builder_data.h"

namespace icecore::inline v0 {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_name_character(char c) {
  return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-' || c == '/';
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

}  // namespace

bool is_valid_scope_name(std::string_view name) {
  return std::ranges::all_of(name, is_name_character);
}

bool is_valid_node_name(std::string_view name) {
  return !name.empty() && (is_letter_or_digit(name[0]) || name[0] == '.') &&
         is_valid_scope_name(name);
}

void refuse_as(Misuse misuse, const std::string& message) {
  switch (misuse) {
    case Misuse::kKey:
      throw Error(Code::kNotFound, message, misuse);
    case Misuse::kRuntime:
      throw Error(Code::kFailedPrecondition, message, misuse);
    default:
      throw Error(Code::kInvalidArgument, message, misuse);
  }
}

std::string BuilderData::unique_name(std::string_view name, bool mark_as_used) {
  std::string full = scope + std::string(name);
  std::string key = lower(full);
  const auto found = names_in_use.find(key);
  if (found == names_in_use.end()) {
    if (mark_as_used) names_in_use.emplace(std::move(key), 1);
    return full;
  }
  int i = found->second;
  if (mark_as_used) ++found->second;
  const std::string base = std::move(key);
  do {
    key = base + "_" + std::to_string(i);
    ++i;
  } while (names_in_use.contains(key));
  full += "_" + std::to_string(i - 1);
  if (mark_as_used) names_in_use.emplace(std::move(key), 1);
  return full;
}

std::string BuilderData::node_name(std::string_view name) {
  if (name.ends_with('/')) return std::string(name.substr(0, name.size() - 1));
  return unique_name(name, true);
}

std::string GraphBuilder::unique_name(std::string_view name, bool mark_as_used) {
  return data_->unique_name(name, mark_as_used);
}

const std::string& GraphBuilder::current_name_scope() const {
  return data_->scope;
}

ScopeGuard GraphBuilder::name_scope(std::string_view name) {
  if (!name.empty() &&
      !(data_->scope.empty() ? is_valid_node_name(name) : is_valid_scope_name(name))) {
    refuse_as(Misuse::kValue, quoted(name) + " is not a valid scope name");
  }
  std::string opened;
  if (name.ends_with('/')) {
    opened = name;
  } else if (!name.empty()) {
    opened = data_->unique_name(name, true) + "/";
  }
  std::string before = std::exchange(data_->scope, opened);
  return ScopeGuard(std::move(opened),
                    [data = data_, before = std::move(before)] { data->scope = before; });
}

}  // namespace icecore::inline v0
