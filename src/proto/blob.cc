#include "proto/blob.h"

#include <icecore/error.h>

namespace icecore::inline v0 {

Span::Span(std::shared_ptr<const Blob> blob)
    : blob_(std::move(blob)), end_(blob_->bytes.size()), hole_end_(blob_->holes.size()) {
  size_ = end_;
  for (const Hole& hole : blob_->holes) size_ += hole.source.size();
}

Span Span::of(std::string bytes) {
  auto blob = std::make_shared<Blob>();
  blob->bytes = std::move(bytes);
  return Span(std::move(blob));
}

std::string_view Span::contiguous() const {
  if (has_holes()) {
    throw Error(Code::kInternal, "bytes that were left in their file were asked for as text");
  }
  if (blob_ == nullptr) return {};
  return std::string_view(blob_->bytes).substr(begin_, end_ - begin_);
}

std::string Span::read(std::uint64_t limit) const {
  if (size_ > limit) {
    throw Error(Code::kResourceExhausted, "a message of " + std::to_string(size_) +
                                              " bytes doesn't fit the limit of " +
                                              std::to_string(limit));
  }
  std::string bytes;
  bytes.reserve(size_);
  copy_to([&](std::span<const std::byte> piece) {
    bytes.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  });
  return bytes;
}

ByteSource Span::source() const {
  if (begin_ == end_ && hole_end_ - hole_begin_ == 1) return blob_->holes[hole_begin_].source;
  if (!has_holes()) return ByteSource::memory(std::string(contiguous()));
  return ByteSource::deferred(size_, [span = *this] { return span.read(); });
}

void Span::copy_to(const ByteSink& sink) const {
  if (blob_ == nullptr) return;
  const auto bytes = std::as_bytes(std::span(blob_->bytes));
  std::uint64_t at = begin_;
  for (std::size_t i = hole_begin_; i < hole_end_; ++i) {
    const Hole& hole = blob_->holes[i];
    if (hole.position > at) sink(bytes.subspan(at, hole.position - at));
    hole.source.copy_to(sink);
    at = hole.position;
  }
  if (end_ > at) sink(bytes.subspan(at, end_ - at));
}

}  // namespace icecore::inline v0
