// Names in messages.
#pragma once

#include <string>
#include <string_view>

namespace icecore::inline v0 {

// 'conv1/weights', as TensorFlow's messages write a name.
inline std::string quoted(std::string_view name) {
  return "'" + std::string(name) + "'";
}

}  // namespace icecore::inline v0
