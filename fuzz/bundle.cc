// A V2 checkpoint: the input's first two bytes say how many of the others are its index, the rest
// is its data.
#include <cstddef>
#include <cstdint>
#include <string>

#include "reading.h"

using namespace icecore;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return -1;
  const std::string bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t index = std::size_t{data[0]} | std::size_t{data[1]} << 8;
  MemoryFileSystem files;
  files.put("b.index", bytes.substr(0, index));
  files.put("b.data-00000-of-00001", index < bytes.size() ? bytes.substr(index) : "");
  read_and_verify(files, "b");
  return 0;
}
