#include "runtime/file_access.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace icecore::inline v0 {

bool lies_in(std::string_view path, const std::string& folder) {
  std::error_code failure;
  const auto inside = std::filesystem::weakly_canonical(std::filesystem::absolute(path), failure);
  if (failure) return false;
  const auto allowed = std::filesystem::canonical(folder, failure);
  if (failure) return false;
  const auto [end, rest] =
      std::mismatch(allowed.begin(), allowed.end(), inside.begin(), inside.end());
  return end == allowed.end();
}

}  // namespace icecore::inline v0
