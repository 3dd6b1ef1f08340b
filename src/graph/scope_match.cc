#include "graph/scope_match.h"

#include <icecore/error.h>

#include <regex>

namespace icecore::inline v0 {

std::function<bool(const std::string& name)> scope_matcher(std::string_view scope) {
  if (scope.find_first_of("\\^$.|?*+()[]{}") == std::string_view::npos) {
    return
        [prefix = std::string(scope)](const std::string& name) { return name.starts_with(prefix); };
  }
  try {
    return [pattern = std::regex(std::string(scope))](const std::string& name) {
      // The library's matcher goes as deep as a name is long.
      constexpr std::size_t kLongest = 4096;
      if (name.size() > kLongest) return false;
      return std::regex_search(name, pattern, std::regex_constants::match_continuous);
    };
  } catch (const std::regex_error& error) {
    throw Error(Code::kInvalidArgument,
                "'" + std::string(scope) + "' is no regular expression: " + error.what(),
                Misuse::kValue);
  }
}

}  // namespace icecore::inline v0
