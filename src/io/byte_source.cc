#include "io/byte_source.h"

#include <icecore/error.h>

#include <algorithm>
#include <vector>

#include "base/crc32c.h"
#include "io/large_read.h"

namespace icecore::inline v0 {

class ByteSource::Impl {
 public:
  explicit Impl(std::uint64_t size) : size_(size) {}
  virtual ~Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  std::uint64_t size() const { return size_; }
  virtual void copy_to(const ByteSink& sink) const = 0;
  virtual void copy_into(std::span<std::byte> out) const {
    copy_to([&](std::span<const std::byte> piece) {
      std::ranges::copy(piece, out.begin());
      out = out.subspan(piece.size());
    });
  }
  // Within the source.
  virtual std::string read_range(std::uint64_t offset, std::uint64_t length) const = 0;

 private:
  std::uint64_t size_;
};

namespace {

// One pass over a piece of this size stays in the second-level cache between reading, checking and
// writing.
constexpr std::size_t kPiece = std::size_t{1} << 20;

class MemorySource final : public ByteSource::Impl {
 public:
  explicit MemorySource(std::string bytes) : Impl(bytes.size()), bytes_(std::move(bytes)) {}

  void copy_to(const ByteSink& sink) const override {
    if (!bytes_.empty()) sink(std::as_bytes(std::span(bytes_)));
  }
  std::string read_range(std::uint64_t offset, std::uint64_t length) const override {
    return bytes_.substr(offset, length);
  }

 private:
  std::string bytes_;
};

class OwnedSource final : public ByteSource::Impl {
 public:
  OwnedSource(std::shared_ptr<const void> owner, std::span<const std::byte> bytes)
      : Impl(bytes.size()), owner_(std::move(owner)), bytes_(bytes) {}

  void copy_to(const ByteSink& sink) const override {
    if (!bytes_.empty()) sink(bytes_);
  }
  std::string read_range(std::uint64_t offset, std::uint64_t length) const override {
    const auto part = bytes_.subspan(offset, length);
    return {reinterpret_cast<const char*>(part.data()), part.size()};
  }

 private:
  std::shared_ptr<const void> owner_;
  std::span<const std::byte> bytes_;
};

class FileSource final : public ByteSource::Impl {
 public:
  FileSource(std::shared_ptr<const RandomAccessFile> file, std::uint64_t offset, std::uint64_t size,
             std::optional<std::uint32_t> expected_crc, std::string what)
      : Impl(size),
        file_(std::move(file)),
        offset_(offset),
        expected_crc_(expected_crc),
        what_(std::move(what)) {}

  void copy_to(const ByteSink& sink) const override {
    // Kept by the thread, so that a graph of many small tensors doesn't allocate for each.
    thread_local std::vector<std::byte> buffer;
    if (buffer.size() < std::min<std::uint64_t>(size(), kPiece)) {
      buffer.resize(std::min<std::uint64_t>(size(), kPiece));
    }
    std::uint32_t crc = 0;
    for (std::uint64_t done = 0; done < size();) {
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(size() - done, kPiece));
      const std::span<std::byte> piece(buffer.data(), count);
      file_->read(offset_ + done, piece);
      if (expected_crc_) crc = crc32c_extend(crc, piece);
      sink(piece);
      done += count;
    }
    check(crc);
  }
  void copy_into(std::span<std::byte> out) const override {
    if (!expected_crc_) return read_large(*file_, offset_, out);
    check(read_with_crc(*file_, offset_, out));
  }

  std::string read_range(std::uint64_t offset, std::uint64_t length) const override {
    return file_->read_string(offset_ + offset, length);
  }

 private:
  void check(std::uint32_t crc) const {
    if (!expected_crc_ || crc == *expected_crc_) return;
    throw Error(Code::kDataLoss, (what_.empty() ? file_->path() : what_ + " in " + file_->path()) +
                                     " is damaged (bytes " + std::to_string(offset_) + " to " +
                                     std::to_string(offset_ + size()) +
                                     "): " + checksum_mismatch(*expected_crc_, crc));
  }

  std::shared_ptr<const RandomAccessFile> file_;
  std::uint64_t offset_;
  std::optional<std::uint32_t> expected_crc_;
  std::string what_;
};

class DeferredSource final : public ByteSource::Impl {
 public:
  DeferredSource(std::uint64_t size, std::function<std::string()> make)
      : Impl(size), make_(std::move(make)) {}

  void copy_to(const ByteSink& sink) const override {
    const std::string bytes = made();
    if (!bytes.empty()) sink(std::as_bytes(std::span(bytes)));
  }
  std::string read_range(std::uint64_t offset, std::uint64_t length) const override {
    return made().substr(offset, length);
  }

 private:
  std::string made() const {
    std::string bytes = make_();
    if (bytes.size() != size()) {
      throw Error(Code::kInternal, "a source of " + std::to_string(size()) + " bytes gave " +
                                       std::to_string(bytes.size()));
    }
    return bytes;
  }

  std::function<std::string()> make_;
};

}  // namespace

ByteSource::ByteSource() : ByteSource(std::make_shared<MemorySource>(std::string())) {}

ByteSource ByteSource::memory(std::string bytes) {
  return ByteSource(std::make_shared<MemorySource>(std::move(bytes)));
}

ByteSource ByteSource::memory(std::shared_ptr<const void> owner, std::span<const std::byte> bytes) {
  return ByteSource(std::make_shared<OwnedSource>(std::move(owner), bytes));
}

ByteSource ByteSource::file(std::shared_ptr<const RandomAccessFile> file, std::uint64_t offset,
                            std::uint64_t size, std::optional<std::uint32_t> expected_crc,
                            std::string what) {
  if (offset > file->size() || size > file->size() - offset) {
    throw Error(Code::kOutOfRange, file->path() + " has " + std::to_string(file->size()) +
                                       " bytes, but " + (what.empty() ? "a range" : what) +
                                       " takes " + std::to_string(size) + " from " +
                                       std::to_string(offset));
  }
  return ByteSource(
      std::make_shared<FileSource>(std::move(file), offset, size, expected_crc, std::move(what)));
}

ByteSource ByteSource::deferred(std::uint64_t size, std::function<std::string()> make) {
  return ByteSource(std::make_shared<DeferredSource>(size, std::move(make)));
}

std::uint64_t ByteSource::size() const {
  return impl_->size();
}

void ByteSource::copy_to(const ByteSink& sink) const {
  impl_->copy_to(sink);
}

void ByteSource::copy_into(std::span<std::byte> out) const {
  if (out.size() != size()) {
    throw Error(Code::kInternal, std::to_string(size()) + " bytes were asked into room for " +
                                     std::to_string(out.size()));
  }
  impl_->copy_into(out);
}

std::string ByteSource::read(std::uint64_t limit) const {
  if (size() > limit) {
    throw Error(Code::kResourceExhausted,
                std::to_string(size()) + " bytes don't fit the limit of " + std::to_string(limit));
  }
  std::string bytes;
  bytes.reserve(size());
  copy_to([&](std::span<const std::byte> piece) {
    bytes.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  });
  return bytes;
}

std::string ByteSource::read_range(std::uint64_t offset, std::uint64_t length) const {
  if (offset > size() || length > size() - offset) {
    throw Error(Code::kOutOfRange, std::to_string(length) + " bytes from " +
                                       std::to_string(offset) + " were asked of a source of " +
                                       std::to_string(size()));
  }
  return impl_->read_range(offset, length);
}

}  // namespace icecore::inline v0
