// Writes an encoded message, holes included.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <icecore/export.h>

#include "proto/blob.h"

namespace icecore::inline v0 {

// A message under construction. Fields are written in the order of the calls; zero values are
// written too, since only the caller knows whether presence matters.
class ICECORE_API Piece {
 public:
  Piece& varint(std::uint32_t field, std::uint64_t value);
  Piece& int64(std::uint32_t field, std::int64_t value) {
    return varint(field, static_cast<std::uint64_t>(value));
  }
  Piece& boolean(std::uint32_t field, bool value) { return varint(field, value ? 1 : 0); }
  Piece& fixed32(std::uint32_t field, std::uint32_t value);
  Piece& fixed64(std::uint32_t field, std::uint64_t value);
  Piece& float32(std::uint32_t field, float value);
  Piece& float64(std::uint32_t field, double value);
  Piece& text(std::uint32_t field, std::string_view bytes);
  // Nothing where it is empty, as proto3 leaves it out.
  Piece& text_if_any(std::uint32_t field, std::string_view bytes) {
    return bytes.empty() ? *this : text(field, bytes);
  }
  Piece& message(std::uint32_t field, const Piece& message);
  Piece& message(std::uint32_t field, const Span& message);
  // A leaf whose content stays where it is.
  Piece& hole(std::uint32_t field, ByteSource content);

  // Appends encoded fields as they are.
  Piece& append(const Piece& fields);
  Piece& append(const Span& fields);
  Piece& append(std::string_view fields);

  std::uint64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // Hands the message over; the piece is empty afterwards.
  Span finish();
  // The bytes of a message without holes; else INTERNAL.
  const std::string& bytes() const;

 private:
  void tag(std::uint32_t field, int wire_type);
  void raw_varint(std::uint64_t value);
  Blob blob_;
  std::uint64_t size_ = 0;
};

}  // namespace icecore::inline v0
