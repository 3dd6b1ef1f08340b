// Encoded messages whose large leaves stay where they are.
//
// A Blob is bytes plus holes. A hole is the payload of a length-delimited leaf (tensor_content, a
// packed list, a string) that wasn't loaded: its tag and length stand in the bytes, its content is
// a ByteSource. So a 553 MB frozen graph is 23 KB of bytes and 32 holes, and what nobody touches
// goes out as it came in.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <icecore/export.h>

#include "io/byte_source.h"

namespace icecore::inline v0 {

struct Hole {
  std::uint64_t position;  // In Blob::bytes, where the payload belongs.
  ByteSource source;       // Never empty.
};

struct Blob {
  std::string bytes;
  std::vector<Hole> holes;  // By position.
};

// A part of a Blob: a whole message, or the payload of a field. Cheap to copy; keeps the blob
// alive.
class ICECORE_API Span {
 public:
  Span() = default;  // Empty.
  // The whole blob.
  explicit Span(std::shared_ptr<const Blob> blob);
  // A blob of its own around `bytes`.
  static Span of(std::string bytes);

  // Logical bytes, holes included.
  std::uint64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool has_holes() const { return hole_begin_ != hole_end_; }

  // The bytes, where there is no hole; else INTERNAL.
  std::string_view contiguous() const;
  // The bytes with the holes filled; RESOURCE_EXHAUSTED above `limit`.
  std::string read(std::uint64_t limit = 1ull << 31) const;
  // The content as a source: the hole itself, or the bytes (which stay in the blob).
  ByteSource source() const;
  // The content in order: bytes and holes (filled as they come).
  void copy_to(const ByteSink& sink) const;

 private:
  friend class Cursor;
  friend class Piece;
  std::shared_ptr<const Blob> blob_;
  std::uint64_t begin_ = 0, end_ = 0;          // In blob_->bytes.
  std::size_t hole_begin_ = 0, hole_end_ = 0;  // In blob_->holes.
  std::uint64_t size_ = 0;
};

}  // namespace icecore::inline v0
