// Reads the fields of an encoded message, one after the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <icecore/export.h>

#include "proto/blob.h"

namespace icecore::inline v0 {

enum class WireType : std::uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

// for (Cursor c(span); c.next();) switch (c.field()) { case pb::NodeDef::name: … c.text() … }
//
// A field that isn't taken is skipped by the next next(). Damage (a length beyond the span, a
// varint of more than ten bytes, field number 0, an unknown wire type, a group) is DATA_LOSS;
// taking a field as another wire type than it has is DATA_LOSS too, since readers know their
// fields' types.
class ICECORE_API Cursor {
 public:
  explicit Cursor(Span span);
  // Of bytes that outlive the cursor, e.g. a table's value; spans taken from it outlive neither.
  explicit Cursor(std::string_view bytes);

  bool next();
  std::uint32_t field() const { return field_; }
  WireType wire_type() const { return wire_type_; }

  std::uint64_t varint();  // kVarint
  std::int64_t int64() { return static_cast<std::int64_t>(varint()); }
  std::int32_t int32() { return static_cast<std::int32_t>(varint()); }
  bool boolean() { return varint() != 0; }
  std::uint32_t fixed32();  // kFixed32
  std::uint64_t fixed64();  // kFixed64
  float float32();
  double float64();
  Span bytes();  // kBytes
  // kBytes without a hole (else as Span::contiguous), valid as long as the blob.
  std::string_view text();

  // The whole field as it stands, tag included; for passing on what isn't understood.
  Span raw();

 private:
  [[noreturn]] void damaged(const char* what) const;
  std::uint64_t read_varint();
  void expect(WireType wanted) const;
  Span take(std::uint64_t logical);
  // Where the next hole lies in the blob's bytes; beyond the end where there is none.
  std::uint64_t next_hole_at() const;
  void skip();

  Span span_;
  const char* data_ = nullptr;  // The blob's bytes.
  std::uint64_t at_ = 0;        // In the blob's bytes.
  std::uint64_t end_ = 0;
  std::size_t hole_ = 0;      // First hole at or behind at_.
  std::uint64_t tag_at_ = 0;  // Where the current field's tag begins.
  std::size_t tag_hole_ = 0;
  std::uint32_t field_ = 0;
  WireType wire_type_ = WireType::kVarint;
  bool pending_ = false;  // A field was announced and not taken.
};

}  // namespace icecore::inline v0
