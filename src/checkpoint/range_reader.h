// Reads a range of a file from its beginning on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "io/file_system.h"

namespace icecore::inline v0 {

// The range must lie in the file, which must outlive the reader.
class RangeReader {
 public:
  RangeReader(const RandomAccessFile& file, std::uint64_t offset, std::uint64_t size)
      : file_(file), offset_(offset), left_(size) {}

  // Whether the range had that many bytes left; they are appended to `out`.
  bool take(std::uint64_t count, std::string& out);
  // The next varint; false where it is none or the range ends in it.
  bool take_varint(std::uint64_t& value);
  std::uint64_t left() const { return left_ + (piece_.size() - at_); }

 private:
  bool refill();

  const RandomAccessFile& file_;
  std::uint64_t offset_;
  std::uint64_t left_;  // Behind the piece.
  std::string piece_;
  std::size_t at_ = 0;
};

}  // namespace icecore::inline v0
