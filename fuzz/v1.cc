// A V1 checkpoint of one file.
#include <cstddef>
#include <cstdint>
#include <string>

#include "reading.h"

using namespace icecore;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  MemoryFileSystem files;
  files.put("model.ckpt", std::string(reinterpret_cast<const char*>(data), size));
  read_and_verify(files, "model.ckpt");
  return 0;
}
