#include "graph/scope_names.h"

namespace icecore::inline v0 {
namespace {

// "^" of a control input, "loc:@" of a group, or nothing.
std::string_view mark_of(std::string_view name) {
  for (const std::string_view mark : {std::string_view("^"), std::string_view("loc:@")}) {
    if (name.starts_with(mark)) return mark;
  }
  return {};
}

}  // namespace

std::string prepend_scope(std::string_view name, std::string_view scope) {
  if (scope.ends_with('/')) scope.remove_suffix(1);
  if (scope.empty()) return std::string(name);
  const std::string_view mark = mark_of(name);
  name.remove_prefix(mark.size());
  return std::string(mark) + std::string(scope) + "/" + std::string(name);
}

std::string strip_scope(std::string_view name, std::string_view scope) {
  if (scope.ends_with('/')) scope.remove_suffix(1);
  const std::string_view mark = mark_of(name);
  std::string_view rest = name.substr(mark.size());
  if (scope.empty() || !rest.starts_with(scope) || !rest.substr(scope.size()).starts_with('/')) {
    return std::string(name);
  }
  rest.remove_prefix(scope.size());
  while (rest.starts_with('/')) rest.remove_prefix(1);
  return std::string(mark) + std::string(rest);
}

}  // namespace icecore::inline v0
