// Which items of a collection a scope means.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace icecore::inline v0 {

// Says of a name whether the scope, a regular expression as Python's re.match takes it, matches at
// its start; most scopes are a plain prefix. ValueError where it is no regular expression.
std::function<bool(const std::string& name)> scope_matcher(std::string_view scope);

}  // namespace icecore::inline v0
