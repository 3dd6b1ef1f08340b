#include "io/atomic_file.h"

#include <icecore/error.h>
#include <unistd.h>

#include <atomic>

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kTemporary = ".tmp";
constexpr std::string_view kDigits = "0123456789";

// Unique among running programs and among the files of this one.
std::string temporary_name(const std::string& path) {
  static std::atomic<unsigned> counter{0};
  return path + std::string(kTemporary) + std::to_string(::getpid()) + "_" +
         std::to_string(counter++);
}

// Takes a number off the end of `text`; false where there is none.
bool take_number(std::string_view& text) {
  const std::size_t before = text.find_last_not_of(kDigits);
  const std::size_t kept = before == std::string_view::npos ? 0 : before + 1;
  if (kept == text.size()) return false;
  text.remove_suffix(text.size() - kept);
  return true;
}

}  // namespace

bool is_temporary_name(std::string_view name) {
  if (!take_number(name) || !name.ends_with('_')) return false;
  name.remove_suffix(1);
  return take_number(name) && name.ends_with(kTemporary);
}

AtomicFile::AtomicFile(FileSystem& files, std::string path)
    : files_(files), path_(std::move(path)) {
  // A name may be taken: by a killed program whose number this one has got, or by someone who
  // guessed it.
  constexpr int kAttempts = 100;
  for (int attempt = 1; file_ == nullptr; ++attempt) {
    temporary_ = temporary_name(path_);
    try {
      file_ = files_.create_new(temporary_);
    } catch (const Error& error) {
      if (error.code() != Code::kAlreadyExists || attempt == kAttempts) throw;
    }
  }
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

void AtomicFile::sync() {
  file_->sync();
}

void AtomicFile::commit(Durability durability) {
  if (durability == Durability::kSync) file_->sync();
  file_->close();
  files_.rename(temporary_, path_);
  file_.reset();
  if (durability == Durability::kSync) files_.sync_folder(folder_of(path_));
}

}  // namespace icecore::inline v0
