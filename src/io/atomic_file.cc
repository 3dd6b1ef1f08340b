#include "io/atomic_file.h"

#include <unistd.h>

#include <atomic>

namespace icecore::inline v0 {
namespace {

// Unique among running programs and among the files of this one.
std::string temporary_name(const std::string& path) {
  static std::atomic<unsigned> counter{0};
  return path + ".tmp" + std::to_string(::getpid()) + "_" + std::to_string(counter++);
}

}  // namespace

AtomicFile::AtomicFile(FileSystem& files, std::string path)
    : files_(files), path_(std::move(path)), temporary_(temporary_name(path_)) {
  file_ = files_.create(temporary_);
}

AtomicFile::~AtomicFile() {
  if (file_ == nullptr) return;
  file_.reset();
  try {
    files_.remove(temporary_);
  } catch (const std::exception&) {
    // Nothing better can be done on the way out of a failure; the name says that it is temporary.
  }
}

void AtomicFile::preallocate(std::uint64_t size) {
  file_->preallocate(size);
}

void AtomicFile::write(std::span<const std::byte> bytes) {
  file_->write(bytes);
}

void AtomicFile::write(std::string_view text) {
  write(std::as_bytes(std::span(text)));
}

void AtomicFile::commit(Durability durability) {
  if (durability == Durability::kSync) file_->sync();
  file_->close();
  files_.rename(temporary_, path_);
  file_.reset();
  if (durability == Durability::kSync) files_.sync_folder(folder_of(path_));
}

}  // namespace icecore::inline v0
