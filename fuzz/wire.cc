// Bytes are refused with DATA_LOSS or are a message: the same whether its leaves were loaded or
// stayed in the file, and the same after it was printed and read, where nothing contradicts.
#include <icecore/error.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "io/memory_file_system.h"
#include "proto/blob_loader.h"
#include "proto/conflict.h"
#include "proto/text_parser.h"
#include "proto/text_printer.h"

using namespace icecore;

constexpr std::size_t kLongest = 1 << 16;  // As in text.cc.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > kLongest) return -1;
  const MessageSchema& schema = message_schema("MetaGraphDef");
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  MemoryFileSystem files;
  files.put("graph", bytes);
  const std::shared_ptr<const RandomAccessFile> file = files.open("graph");
  try {
    const Span whole = Span::of(bytes);
    const Span left = load_message(file, 0, size, schema, 4);
    if (left.read() != bytes) std::abort();
    const std::string text = print_text(whole, schema);
    if (print_text(left, schema) != text) std::abort();
    if (!conflict(whole, schema) && print_text(parse_text(text, schema), schema) != text) {
      std::abort();
    }
  } catch (const Error& error) {
    if (error.code() != Code::kDataLoss) std::abort();
  }
  return 0;
}
