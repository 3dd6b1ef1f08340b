// Python's exceptions.
#pragma once

#include <icecore/error.h>

#include <string>

namespace icecore::python {

// Sets the Python exception that the error stands for.
void set_python_error(const Error& error);

[[noreturn]] inline void raise_type_error(const std::string& message) {
  throw Error(Code::kInvalidArgument, message, Misuse::kType);
}
[[noreturn]] inline void raise_value_error(const std::string& message) {
  throw Error(Code::kInvalidArgument, message, Misuse::kValue);
}

}  // namespace icecore::python
