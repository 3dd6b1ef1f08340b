#include "proto/piece.h"

#include <icecore/error.h>

#include <bit>
#include <utility>

#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

constexpr int kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5;

}  // namespace

void Piece::tag(std::uint32_t field, int wire_type) {
  raw_varint(std::uint64_t{field} << 3 | static_cast<unsigned>(wire_type));
}

void Piece::raw_varint(std::uint64_t value) {
  const std::size_t before = blob_.bytes.size();
  append_varint(blob_.bytes, value);
  size_ += blob_.bytes.size() - before;
}

Piece& Piece::varint(std::uint32_t field, std::uint64_t value) {
  tag(field, kVarint);
  raw_varint(value);
  return *this;
}

Piece& Piece::fixed32(std::uint32_t field, std::uint32_t value) {
  tag(field, kFixed32);
  append_fixed(blob_.bytes, value);
  size_ += sizeof value;
  return *this;
}

Piece& Piece::fixed64(std::uint32_t field, std::uint64_t value) {
  tag(field, kFixed64);
  append_fixed(blob_.bytes, value);
  size_ += sizeof value;
  return *this;
}

Piece& Piece::float32(std::uint32_t field, float value) {
  return fixed32(field, std::bit_cast<std::uint32_t>(value));
}

Piece& Piece::float64(std::uint32_t field, double value) {
  return fixed64(field, std::bit_cast<std::uint64_t>(value));
}

Piece& Piece::text(std::uint32_t field, std::string_view bytes) {
  tag(field, kBytes);
  raw_varint(bytes.size());
  return append(bytes);
}

Piece& Piece::message(std::uint32_t field, const Piece& message) {
  tag(field, kBytes);
  raw_varint(message.size_);
  return append(message);
}

Piece& Piece::message(std::uint32_t field, const Span& message) {
  tag(field, kBytes);
  raw_varint(message.size());
  return append(message);
}

Piece& Piece::hole(std::uint32_t field, ByteSource content) {
  tag(field, kBytes);
  raw_varint(content.size());
  if (content.size() == 0) return *this;
  size_ += content.size();
  blob_.holes.push_back({blob_.bytes.size(), std::move(content)});
  return *this;
}

Piece& Piece::append(const Piece& fields) {
  const std::uint64_t base = blob_.bytes.size();
  for (const Hole& hole : fields.blob_.holes) {
    blob_.holes.push_back({base + hole.position, hole.source});
  }
  blob_.bytes += fields.blob_.bytes;
  size_ += fields.size_;
  return *this;
}

Piece& Piece::append(const Span& fields) {
  if (fields.blob_ == nullptr) return *this;
  const std::uint64_t base = blob_.bytes.size();
  for (std::size_t i = fields.hole_begin_; i < fields.hole_end_; ++i) {
    const Hole& hole = fields.blob_->holes[i];
    blob_.holes.push_back({base + hole.position - fields.begin_, hole.source});
  }
  blob_.bytes.append(fields.blob_->bytes, fields.begin_, fields.end_ - fields.begin_);
  size_ += fields.size_;
  return *this;
}

Piece& Piece::append(std::string_view fields) {
  blob_.bytes += fields;
  size_ += fields.size();
  return *this;
}

Span Piece::finish() {
  size_ = 0;
  return Span(std::make_shared<const Blob>(std::exchange(blob_, Blob())));
}

const std::string& Piece::bytes() const {
  if (!blob_.holes.empty()) {
    throw Error(Code::kInternal, "a message with values outside was asked for as text");
  }
  return blob_.bytes;
}

}  // namespace icecore::inline v0
