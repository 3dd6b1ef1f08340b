// Text is refused with INVALID_ARGUMENT or read; what was read is printed, and reads back as the
// same.
#include <icecore/error.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "proto/text_parser.h"
#include "proto/text_printer.h"

using namespace icecore;

// Longer inputs say nothing more, but printed with a hundred levels of indentation they are huge.
constexpr std::size_t kLongest = 1 << 16;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > kLongest) return -1;
  const MessageSchema& schema = message_schema("MetaGraphDef");
  Span message;
  try {
    message = parse_text({reinterpret_cast<const char*>(data), size}, schema);
  } catch (const Error& error) {
    if (error.code() != Code::kInvalidArgument) std::abort();
    return 0;
  }
  const std::string text = print_text(message, schema);
  if (print_text(parse_text(text, schema), schema) != text) std::abort();
  return 0;
}
