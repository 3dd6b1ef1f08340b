// Whatever a file holds, one sentence can be said about it, and the resolver gives a place or an
// Error.
#include <icecore/error.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "io/memory_file_system.h"
#include "locate/locate.h"
#include "locate/sniff.h"

using namespace icecore;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  MemoryFileSystem files;
  files.put("run/model.ckpt", bytes);
  const std::string said = describe(sniff(files, "run/model.ckpt"));
  if (said.empty() || said.find('\n') != std::string::npos) std::abort();
  try {
    locate_checkpoint(files, "run/model.ckpt");
  } catch (const Error& error) {
    if (error.message().empty()) std::abort();
  }
  return 0;
}
