// What the targets for checkpoints do with one: all that a user can ask of it.
#pragma once

#include <icecore/checkpoint.h>
#include <icecore/error.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "checkpoint/verify.h"
#include "io/memory_file_system.h"

// Entries may share bytes of a data file, so that a small input may hold many large tensors: enough
// of them are read.
constexpr std::uint64_t kEnoughBytes = 1 << 24;

// Opens, lists, reads and verifies the checkpoint. Damage shows as an Error or in the report; a
// checkpoint that verifies has only tensors that can be read.
inline void read_and_verify(icecore::MemoryFileSystem& files, const std::string& path) {
  using namespace icecore;
  bool readable = true;
  try {
    const Checkpoint checkpoint = Checkpoint::open(files, path);
    std::uint64_t bytes = 0;
    for (const VariableInfo& variable : checkpoint.variables()) {
      if (checkpoint.find(variable.name) == nullptr) std::abort();
      try {
        bytes += checkpoint.byte_size(variable.name);
        if (bytes > kEnoughBytes) break;
        checkpoint.read(variable.name);
      } catch (const Error& error) {
        // Kinds of tensors that TensorFlow can save and we can't read are no damage.
        if (error.code() != Code::kUnimplemented) readable = false;
      }
    }
  } catch (const Error& error) {
    if (error.code() != Code::kUnimplemented) readable = false;
  }
  try {
    const VerifyReport report = verify_checkpoint(files, path);
    if (report.whole() && !readable) std::abort();
    if (report.intact > report.tensors) std::abort();
  } catch (const Error&) {
  }
}
