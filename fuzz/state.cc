// A state file is refused with INVALID_ARGUMENT or read; what was read is written, and reads back
// as the same. latest_checkpoint() goes through a folder with the same file.
#include <icecore/checkpoint_state.h>
#include <icecore/error.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "io/memory_file_system.h"
#include "locate/state_file.h"

using namespace icecore;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    const std::string written = to_text(parse_checkpoint_state(text));
    // By its text: a timestamp may be NaN, which equals nothing.
    if (to_text(parse_checkpoint_state(written)) != written) std::abort();
  } catch (const Error& error) {
    if (error.code() != Code::kInvalidArgument && error.code() != Code::kDataLoss) std::abort();
  }
  MemoryFileSystem files;
  files.put("run/checkpoint", text);
  files.put("run/m-1.index", "");
  try {
    latest_checkpoint(files, "run");
  } catch (const Error&) {
  }
  return 0;
}
