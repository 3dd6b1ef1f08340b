// The one exception class of Icecore.
//
// Every failure is an icecore::Error: a code of TensorFlow's set, and a message that says what was
// being done, to which file and which variable, what was found, what was expected and what to try.
// Messages are one line unless a check reports several cases at once.
#pragma once

#include <icecore/export.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace icecore::inline v0 {

// The numbers are TensorFlow's (error_codes.proto), so that they can be handed across languages.
enum class Code {
  kCancelled = 1,
  kUnknown = 2,
  kInvalidArgument = 3,  // The caller asked for something that makes no sense.
  kDeadlineExceeded = 4,
  kNotFound = 5,       // A file, variable or node isn't there.
  kAlreadyExists = 6,  // A file would be overwritten.
  kPermissionDenied = 7,
  kResourceExhausted = 8,   // Disk full, memory limit, protobuf's 2 GiB.
  kFailedPrecondition = 9,  // Right request, wrong state: a folder where a file is needed.
  kAborted = 10,
  kOutOfRange = 11,  // A file ends before the bytes that were asked for.
  kUnimplemented = 12,
  kInternal = 13,
  kUnavailable = 14,
  kDataLoss = 15,  // Bytes are damaged: checksums, impossible lengths.
  kUnauthenticated = 16,
};

// "DATA_LOSS", "NOT_FOUND", …
ICECORE_API std::string_view code_name(Code code);

// TensorFlow's Python raises a class of tf.errors for what fails in a run, and a built-in class for
// misuse while a graph is built. This says which, for faces that want to do the same.
enum class Misuse {
  kNone,  // tf.errors, by the code.
  kValue,
  kType,
  kKey,
  kLookup,
  kRuntime,
  kAssertion,
  kOs,
  kAttribute,
  kNotImplemented,
};

class ICECORE_API Error : public std::runtime_error {
 public:
  // NULs, which would end what(), become "\000": names in messages come from files.
  Error(Code code, const std::string& message, Misuse misuse = Misuse::kNone)
      : std::runtime_error(without_nuls(message)), code_(code), misuse_(misuse) {}

  Code code() const { return code_; }
  Misuse misuse() const { return misuse_; }
  std::string message() const { return what(); }

  // The same error with `context` and ": " put before its message.
  Error with_context(std::string_view context) const;

 private:
  static std::string without_nuls(const std::string& message);

  Code code_;
  Misuse misuse_;
};

}  // namespace icecore::inline v0
