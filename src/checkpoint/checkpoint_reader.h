// The two formats behind Checkpoint, and what freezing and verifying need beyond the public class.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <icecore/checkpoint.h>

#include "io/byte_source.h"
#include "io/file_system.h"

namespace icecore::inline v0 {

// Threads: const functions may be called concurrently.
class ICECORE_API CheckpointReader {
 public:
  virtual ~CheckpointReader() = default;

  virtual CheckpointFormat format() const = 0;
  virtual const std::string& prefix() const = 0;
  virtual const std::string& note() const = 0;
  // Sorted by name.
  virtual const std::vector<VariableInfo>& variables() const = 0;

  // `slice`: null for the whole tensor.
  virtual Tensor read(const VariableInfo& variable, const TensorSlice* slice) const = 0;

  // The little-endian row-major bytes of a fixed-size variable (or of a slice of it), in the
  // cheapest way: a verified range of a data file where they lie there as they are, else deferred
  // (read when copied, then dropped). `what` of its errors is the variable. Not for strings.
  virtual ByteSource source(const VariableInfo& variable, const TensorSlice* slice) const = 0;

  // Sum of the items' lengths of a string variable.
  virtual std::uint64_t string_bytes(const VariableInfo& variable) const = 0;

 protected:
  // Of the variables() the one of that name; NOT_FOUND where there is none.
  std::size_t number_of(const VariableInfo& variable) const;
};

}  // namespace icecore::inline v0
