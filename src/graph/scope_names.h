// Names within a name scope, and without it.
#pragma once

#include <icecore/export.h>

#include <string>
#include <string_view>

namespace icecore::inline v0 {

// ops.prepend_name_scope: "a", "^a", "loc:@a" -> "scope/a", "^scope/a", "loc:@scope/a".
ICECORE_API std::string prepend_scope(std::string_view name, std::string_view scope);
// ops.strip_name_scope: the reverse; a name that isn't of the scope is itself.
ICECORE_API std::string strip_scope(std::string_view name, std::string_view scope);

}  // namespace icecore::inline v0
