// The LevelDB table format, as TensorFlow's .index and V1 files use it (docs/formats.md, "Tables").
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace icecore::inline v0 {

// Where a block lies in the file. Behind it stand a type byte and the masked CRC-32C over the block
// and that byte: the trailer.
struct BlockHandle {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;  // Without the trailer.
};

inline constexpr std::size_t kBlockTrailerSize = 5;
inline constexpr std::uint8_t kBlockPlain = 0;
inline constexpr std::uint8_t kBlockSnappy = 1;

// Two handles, zeros up to 40 bytes, the magic number (little-endian).
inline constexpr std::size_t kFooterSize = 48;
inline constexpr std::size_t kFooterHandlesSize = 40;
inline constexpr std::uint64_t kTableMagic = 0xdb4775248b80fb57ull;

struct Footer {
  BlockHandle metaindex;
  BlockHandle index;
  // As every writer writes it: the shortest varints, zeros behind them. Nothing depends on it.
  bool canonical = true;
};

// Takes a varint off the front of `bytes`; nothing where it is cut short, longer than ten bytes or
// larger than 64 bits.
std::optional<std::uint64_t> take_varint(std::string_view& bytes);

// Takes a handle off the front.
std::optional<BlockHandle> take_handle(std::string_view& bytes);
void append_handle(std::string& bytes, const BlockHandle& handle);

// Of the 48 bytes at the file's end; nothing where the magic number or a handle is wrong.
std::optional<Footer> parse_footer(std::string_view bytes);
std::string encode_footer(const Footer& footer);

}  // namespace icecore::inline v0
