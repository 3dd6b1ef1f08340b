// Bytes are refused with an Error or are a table: what a scan meets, in order, is what find()
// finds.
#include <icecore/error.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "checkpoint/table_reader.h"
#include "io/memory_file_system.h"

using namespace icecore;

constexpr int kFinds = 64;  // So that a table of many keys isn't looked through for each.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  MemoryFileSystem files;
  files.put("t", std::string(reinterpret_cast<const char*>(data), size));
  try {
    const TableReader table(std::shared_ptr<const RandomAccessFile>(files.open("t")));
    int finds = 0;
    table.scan([&](std::string_view key, std::string_view) {
      if (finds++ < kFinds && !table.find(key)) std::abort();
    });
    table.find("");
    table.find("w");
  } catch (const Error&) {
  }
  return 0;
}
