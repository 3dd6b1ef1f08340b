#include "proto/cursor.h"

#include <icecore/error.h>

#include <bit>

#include "base/byte_order.h"

namespace icecore::inline v0 {

Cursor::Cursor(Span span)
    : span_(std::move(span)),
      data_(span_.blob_ == nullptr ? nullptr : span_.blob_->bytes.data()),
      at_(span_.begin_),
      end_(span_.end_),
      hole_(span_.hole_begin_) {}

Cursor::Cursor(std::string_view bytes) : data_(bytes.data()), end_(bytes.size()) {}

bool Cursor::next() {
  if (pending_) skip();
  tag_at_ = at_;
  tag_hole_ = hole_;
  if (at_ == end_) {
    if (hole_ != span_.hole_end_) damaged("a value without a field");
    return false;
  }
  const std::uint64_t tag = read_varint();
  if (tag >> 32 != 0 || tag >> 3 == 0) damaged("a field number that can't be");
  field_ = static_cast<std::uint32_t>(tag >> 3);
  switch (tag & 7) {
    case 0:
    case 1:
    case 2:
    case 5:
      wire_type_ = static_cast<WireType>(tag & 7);
      break;
    default:
      damaged("a wire type that TensorFlow's messages don't have");
  }
  pending_ = true;
  return true;
}

std::uint64_t Cursor::varint() {
  expect(WireType::kVarint);
  pending_ = false;
  return read_varint();
}

std::uint32_t Cursor::fixed32() {
  expect(WireType::kFixed32);
  if (end_ - at_ < 4) damaged("a value that is cut short");
  pending_ = false;
  at_ += 4;
  return load_u32(data_ + at_ - 4);
}

std::uint64_t Cursor::fixed64() {
  expect(WireType::kFixed64);
  if (end_ - at_ < 8) damaged("a value that is cut short");
  pending_ = false;
  at_ += 8;
  return load_u64(data_ + at_ - 8);
}

float Cursor::float32() {
  return std::bit_cast<float>(fixed32());
}
double Cursor::float64() {
  return std::bit_cast<double>(fixed64());
}

Span Cursor::bytes() {
  expect(WireType::kBytes);
  pending_ = false;
  const std::uint64_t length = read_varint();
  return take(length);
}

std::string_view Cursor::text() {
  expect(WireType::kBytes);
  pending_ = false;
  const std::uint64_t length = read_varint();
  if (next_hole_at() <= at_) {
    throw Error(Code::kInternal, "a field that was left in its file was asked for as text");
  }
  if (length > end_ - at_) damaged("a length beyond its message");
  at_ += length;
  return {data_ + at_ - length, static_cast<std::size_t>(length)};
}

Span Cursor::raw() {
  if (pending_) skip();
  Span field = span_;
  if (span_.blob_ == nullptr) {
    return Span::of(std::string(data_ + tag_at_, data_ + at_));
  }
  field.begin_ = tag_at_;
  field.end_ = at_;
  field.hole_begin_ = tag_hole_;
  field.hole_end_ = hole_;
  field.size_ = at_ - tag_at_;
  for (std::size_t i = tag_hole_; i < hole_; ++i) {
    field.size_ += span_.blob_->holes[i].source.size();
  }
  return field;
}

void Cursor::damaged(const char* what) const {
  throw Error(Code::kDataLoss, std::string("the message is damaged: ") + what + " at byte " +
                                   std::to_string(tag_at_ - span_.begin_));
}

std::uint64_t Cursor::next_hole_at() const {
  return hole_ < span_.hole_end_ ? span_.blob_->holes[hole_].position : end_ + 1;
}

std::uint64_t Cursor::read_varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    if (at_ == end_) damaged("a value that is cut short");
    const auto byte = static_cast<unsigned char>(data_[at_++]);
    value |= std::uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return value;
  }
  damaged("a number of more than ten bytes");
}

void Cursor::expect(WireType wanted) const {
  if (!pending_ || wire_type_ != wanted) {
    damaged(("field " + std::to_string(field_) + " with another wire type than it has").c_str());
  }
}

Span Cursor::take(std::uint64_t logical) {
  Span part = span_;
  if (part.blob_ == nullptr) {
    if (logical > end_ - at_) damaged("a length beyond its message");
    at_ += logical;
    return Span::of(std::string(data_ + at_ - logical, static_cast<std::size_t>(logical)));
  }
  part.begin_ = at_;
  part.hole_begin_ = hole_;
  part.size_ = logical;
  std::uint64_t left = logical;
  // Holes lie at single places of the bytes but count with their size.
  while (left > 0 && hole_ < span_.hole_end_) {
    const Hole& hole = span_.blob_->holes[hole_];
    const std::uint64_t before = hole.position - at_;
    if (before >= left) break;  // Begins behind this part.
    if (hole.source.size() > left - before) damaged("a length that ends inside a value");
    left -= before + hole.source.size();
    at_ = hole.position;
    ++hole_;
  }
  if (left > end_ - at_) damaged("a length beyond its message");
  at_ += left;
  part.end_ = at_;
  part.hole_end_ = hole_;
  return part;
}

void Cursor::skip() {
  pending_ = false;
  switch (wire_type_) {
    case WireType::kVarint:
      read_varint();
      break;
    case WireType::kFixed64:
    case WireType::kFixed32: {
      const std::uint64_t size = wire_type_ == WireType::kFixed64 ? 8 : 4;
      if (end_ - at_ < size) damaged("a value that is cut short");
      at_ += size;
      break;
    }
    case WireType::kBytes: {
      const std::uint64_t length = read_varint();
      if (span_.blob_ == nullptr) {
        if (length > end_ - at_) damaged("a length beyond its message");
        at_ += length;
      } else {
        take(length);
      }
      break;
    }
  }
}

}  // namespace icecore::inline v0
