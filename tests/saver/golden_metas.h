// What TensorFlow wrote for the tests of the Saver (tests/golden/saver.py), and what refuses.
#pragma once

#include <icecore/error.h>

#include <functional>
#include <string>

#include "io/file_system.h"

namespace icecore::inline v0 {

// A file below tests/data/golden/saver.
inline std::string golden_file(const std::string& name) {
  const auto file =
      posix_file_system().open(std::string(ICECORE_TEST_DATA) + "/golden/saver/" + name);
  return file->read_string(0, file->size());
}

// The error that an action ends with; code kUnknown and "nothing was refused" where there is none.
inline Error refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  return Error(Code::kUnknown, "nothing was refused");
}

}  // namespace icecore::inline v0
