// Names of devices: "/job:worker/task:1/device:CPU:0", each part of which may be left out.
#pragma once

#include <icecore/export.h>

#include <optional>
#include <string>
#include <string_view>

namespace icecore::inline v0 {

struct DeviceName {
  std::optional<std::string> job, replica, task, type, index;

  // INVALID_ARGUMENT (ValueError) where it isn't the name of a device. "/cpu:0" is an old way of
  // writing "/device:CPU:0".
  ICECORE_API static DeviceName parse(std::string_view text);
  // This one, with what it lacks taken from `outer`.
  ICECORE_API DeviceName merged_into(const DeviceName& outer) const;
  // The canonical form; "" where nothing is known.
  ICECORE_API std::string text() const;
};

}  // namespace icecore::inline v0
