#include "proto/text_escape.h"

namespace icecore::inline v0 {

void append_escaped(std::string& text, std::span<const std::byte> bytes) {
  for (const std::byte byte : bytes) {
    const auto c = std::to_integer<unsigned char>(byte);
    switch (c) {
      case '\n':
        text += "\\n";
        break;
      case '\r':
        text += "\\r";
        break;
      case '\t':
        text += "\\t";
        break;
      case '"':
      case '\'':
      case '\\':
        text += '\\';
        text += static_cast<char>(c);
        break;
      default:
        if (c >= 0x20 && c < 0x7f) {
          text += static_cast<char>(c);
        } else {
          const char octal[4] = {'\\', static_cast<char>('0' + (c >> 6)),
                                 static_cast<char>('0' + (c >> 3 & 7)),
                                 static_cast<char>('0' + (c & 7))};
          text.append(octal, sizeof octal);
        }
    }
  }
}

}  // namespace icecore::inline v0
