// What a call fails with, as Python would print it.
#pragma once

#include <icecore/error.h>

#include <string>

namespace icecore::inline v0 {

// "ValueError: message"; "none" where the call doesn't fail.
template <typename Call>
std::string failure(Call call) {
  try {
    call();
  } catch (const Error& error) {
    switch (error.misuse()) {
      case Misuse::kNone:
        return std::string(code_name(error.code())) + ": " + error.message();
      case Misuse::kValue:
        return "ValueError: " + error.message();
      case Misuse::kType:
        return "TypeError: " + error.message();
      case Misuse::kKey:
        return "KeyError: " + error.message();
      case Misuse::kRuntime:
        return "RuntimeError: " + error.message();
      default:
        return "another error: " + error.message();
    }
  }
  return "none";
}

}  // namespace icecore::inline v0
