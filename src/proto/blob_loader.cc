#include "proto/blob_loader.h"

#include <icecore/error.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace icecore::inline v0 {
namespace {

// protobuf's own limit.
constexpr int kMaxDepth = 100;
// What is read at once. Behind a hole usually comes the head of one node and the next hole, so
// windows begin small; where there is no hole they grow.
constexpr std::size_t kFirstWindow = 4096;
constexpr std::size_t kLargestWindow = std::size_t{256} << 10;
// Strings are names and are read as text, which a hole can't be.
constexpr std::uint64_t kTextLimit = std::uint64_t{64} << 10;

class Loader {
 public:
  Loader(std::shared_ptr<const RandomAccessFile> file, std::uint64_t offset, std::uint64_t end,
         std::uint64_t leaf_limit)
      : file_(std::move(file)), end_(end), leaf_limit_(leaf_limit), window_at_(offset) {}

  Span load(const MessageSchema& schema) {
    message(schema, end_, 0);
    keep();
    return Span(std::make_shared<const Blob>(std::move(blob_)));
  }

 private:
  // From position() to `end`, a place in the file.
  void message(const MessageSchema& schema, std::uint64_t end, int depth) {
    if (depth > kMaxDepth) {
      damaged(position(), "messages are nested more than " + std::to_string(kMaxDepth) + " deep");
    }
    while (position() < end) {
      const std::uint64_t tag_at = position();
      const std::uint64_t tag = varint(end);
      if (tag >> 32 != 0 || tag >> 3 == 0) damaged(tag_at, "an impossible field number");
      const auto number = static_cast<std::uint32_t>(tag >> 3);
      switch (tag & 7) {
        case 0:
          varint(end);
          break;
        case 1:
          fixed(8, end);
          break;
        case 5:
          fixed(4, end);
          break;
        case 2:
          payload(schema, number, end, depth);
          break;
        default:
          damaged(tag_at, "a wire type that TensorFlow's messages don't have");
      }
    }
  }

  void payload(const MessageSchema& schema, std::uint32_t number, std::uint64_t end, int depth) {
    const std::uint64_t length_at = position();
    const std::uint64_t length = varint(end);
    const std::uint64_t begin = position();
    const FieldSchema* field = schema.find(number);
    if (length > end - begin) {
      const std::string name = field == nullptr ? std::to_string(number) : std::string(field->name);
      damaged(length_at,
              "field " + name + " of " + std::string(schema.name) + " takes " +
                  std::to_string(length) + " bytes, but " +
                  (end == file_->size() ? "the file ends after " : "its message ends after ") +
                  std::to_string(end - begin) +
                  (end == file_->size() ? " (is the file cut short?)" : ""));
    }
    if (length <= leaf_limit_) {
      skip_kept(length);
    } else if (field != nullptr && field->type == FieldType::kMessage) {
      message(*field->message, begin + length, depth + 1);
    } else if (field != nullptr && field->type == FieldType::kString && length <= kTextLimit) {
      skip_kept(length);
    } else {
      keep();
      blob_.holes.push_back({blob_.bytes.size(), ByteSource::file(file_, begin, length)});
      leave_out(length);
    }
  }

  std::uint64_t varint(std::uint64_t end) {
    const std::uint64_t begin = position();
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 70; shift += 7) {
      if (position() == end) damaged(begin, "a number that is cut short");
      if (at_ == window_.size()) refill();
      const auto byte = static_cast<unsigned char>(window_[at_++]);
      value |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
    damaged(begin, "a number of more than ten bytes");
  }

  void fixed(std::uint64_t size, std::uint64_t end) {
    if (size > end - position()) damaged(position(), "a number that is cut short");
    skip_kept(size);
  }

  std::uint64_t position() const { return window_at_ + at_; }

  // Passes over bytes that belong to the blob.
  void skip_kept(std::uint64_t count) {
    while (count > window_.size() - at_) {
      count -= window_.size() - at_;
      at_ = window_.size();
      refill();
    }
    at_ += static_cast<std::size_t>(count);
  }

  // Passes over bytes that don't; everything before is kept already.
  void leave_out(std::uint64_t count) {
    if (count <= window_.size() - at_) {
      at_ += static_cast<std::size_t>(count);
    } else {
      window_at_ = position() + count;
      window_.clear();
      at_ = 0;
      next_window_ = kFirstWindow;
    }
    kept_ = at_;
  }

  // Moves what was passed over since the last call into the blob.
  void keep() {
    blob_.bytes.append(window_, kept_, at_ - kept_);
    kept_ = at_;
  }

  // The window is used up and not at the end of the message.
  void refill() {
    keep();
    window_at_ = position();
    at_ = kept_ = 0;
    window_.resize(
        static_cast<std::size_t>(std::min<std::uint64_t>(next_window_, end_ - window_at_)));
    next_window_ = std::min(next_window_ * 2, kLargestWindow);
    file_->read(window_at_, std::as_writable_bytes(std::span(window_)));
  }

  [[noreturn]] void damaged(std::uint64_t at, const std::string& what) const {
    throw Error(Code::kDataLoss,
                file_->path() + " is damaged at byte " + std::to_string(at) + ": " + what);
  }

  std::shared_ptr<const RandomAccessFile> file_;
  std::uint64_t end_;  // Of the whole message, in the file.
  std::uint64_t leaf_limit_;
  Blob blob_;
  std::string window_;
  std::uint64_t window_at_;  // Where the window begins in the file.
  std::size_t at_ = 0;       // In the window; what is before kept_ is in the blob or left out.
  std::size_t kept_ = 0;
  std::size_t next_window_ = kFirstWindow;
};

}  // namespace

Span load_message(std::shared_ptr<const RandomAccessFile> file, std::uint64_t offset,
                  std::uint64_t length, const MessageSchema& schema, std::uint64_t leaf_limit) {
  if (offset > file->size() || length > file->size() - offset) {
    throw Error(Code::kOutOfRange, file->path() + " has " + std::to_string(file->size()) +
                                       " bytes, but a message of " + std::to_string(length) +
                                       " from " + std::to_string(offset) + " was to be read");
  }
  return Loader(std::move(file), offset, offset + length, leaf_limit).load(schema);
}

Span load_message(const std::shared_ptr<const RandomAccessFile>& file,
                  const MessageSchema& schema) {
  return load_message(file, 0, file->size(), schema);
}

}  // namespace icecore::inline v0
