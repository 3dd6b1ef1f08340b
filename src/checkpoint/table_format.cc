#include "checkpoint/table_format.h"

#include "base/byte_order.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {

std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size() && i < 10; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (i == 9 && byte > 1) return std::nullopt;
    value |= std::uint64_t{byte & 0x7fu} << (7 * i);
    if (byte < 0x80) {
      bytes.remove_prefix(i + 1);
      return value;
    }
  }
  return std::nullopt;
}

std::optional<BlockHandle> take_handle(std::string_view& bytes) {
  const auto offset = take_varint(bytes);
  if (!offset) return std::nullopt;
  const auto size = take_varint(bytes);
  if (!size) return std::nullopt;
  return BlockHandle{*offset, *size};
}

void append_handle(std::string& bytes, const BlockHandle& handle) {
  append_varint(bytes, handle.offset);
  append_varint(bytes, handle.size);
}

std::optional<Footer> parse_footer(std::string_view bytes) {
  if (bytes.size() != kFooterSize) return std::nullopt;
  if (load_u64(bytes.data() + kFooterHandlesSize) != kTableMagic) return std::nullopt;
  std::string_view handles = bytes.substr(0, kFooterHandlesSize);
  const auto metaindex = take_handle(handles);
  if (!metaindex) return std::nullopt;
  const auto index = take_handle(handles);
  if (!index) return std::nullopt;
  Footer footer{*metaindex, *index, true};
  footer.canonical = encode_footer(footer) == bytes;
  return footer;
}

std::string encode_footer(const Footer& footer) {
  std::string bytes;
  append_handle(bytes, footer.metaindex);
  append_handle(bytes, footer.index);
  bytes.resize(kFooterHandlesSize, '\0');
  append_fixed(bytes, kTableMagic);
  return bytes;
}

}  // namespace icecore::inline v0
