#include "ops/run_services.h"

namespace icecore::inline v0 {

std::shared_ptr<Resource> ResourceStore::find_or_make_any(
    std::string_view container, std::string_view name, std::type_index type,
    const std::function<std::shared_ptr<Resource>()>& make) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<Resource>& resource =
      resources_[{{std::string(container), std::string(name)}, type}];
  if (resource == nullptr) resource = make();
  return resource;
}

std::shared_ptr<Resource> ResourceStore::find_any(std::string_view container, std::string_view name,
                                                  std::type_index type) const {
  const std::lock_guard lock(mutex_);
  const auto found = resources_.find({{std::string(container), std::string(name)}, type});
  return found == resources_.end() ? nullptr : found->second;
}

}  // namespace icecore::inline v0
