#include "interruptible_files.h"

#include <nanobind/nanobind.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nb = nanobind;

namespace icecore::python {
namespace {

constexpr std::size_t kPiece = std::size_t{4} << 20;
constexpr std::chrono::milliseconds kInterval(20);

class ReadFile final : public RandomAccessFile {
 public:
  explicit ReadFile(std::unique_ptr<RandomAccessFile> file)
      : RandomAccessFile(file->path(), file->size()), file_(std::move(file)) {}

 protected:
  std::size_t read_some(std::uint64_t offset, std::span<std::byte> out) const override {
    if (offset >= size()) return 0;
    check_signals(kInterval);
    const auto length =
        static_cast<std::size_t>(std::min<std::uint64_t>({out.size(), kPiece, size() - offset}));
    file_->read(offset, out.first(length));
    return length;
  }

 private:
  std::unique_ptr<RandomAccessFile> file_;
};

class WriteFile final : public WritableFile {
 public:
  explicit WriteFile(std::unique_ptr<WritableFile> file)
      : WritableFile(file->path()), file_(std::move(file)) {}

  void write(std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      check_signals(kInterval);
      const auto piece = bytes.first(std::min(bytes.size(), kPiece));
      file_->write(piece);
      bytes = bytes.subspan(piece.size());
    }
  }
  void preallocate(std::uint64_t size) override { file_->preallocate(size); }
  void sync() override { file_->sync(); }
  void close() override { file_->close(); }

 private:
  std::unique_ptr<WritableFile> file_;
};

class InterruptibleFiles final : public FileSystem {
 public:
  std::unique_ptr<RandomAccessFile> open(const std::string& path) const override {
    return std::make_unique<ReadFile>(files_.open(path));
  }
  std::unique_ptr<WritableFile> create(const std::string& path) override {
    return std::make_unique<WriteFile>(files_.create(path));
  }
  std::unique_ptr<WritableFile> create_new(const std::string& path) override {
    return std::make_unique<WriteFile>(files_.create_new(path));
  }
  std::optional<FileStatus> status(const std::string& path) const override {
    return files_.status(path);
  }
  std::vector<std::string> list(const std::string& folder) const override {
    return files_.list(folder);
  }
  void rename(const std::string& from, const std::string& to) override { files_.rename(from, to); }
  void remove(const std::string& path) override { files_.remove(path); }
  void link(const std::string& from, const std::string& to) override { files_.link(from, to); }
  void create_folder(const std::string& path) override { files_.create_folder(path); }
  void remove_folder(const std::string& path) override { files_.remove_folder(path); }
  void sync_folder(const std::string& path) override { files_.sync_folder(path); }

 private:
  FileSystem& files_ = posix_file_system();
};

}  // namespace

void check_signals(std::chrono::milliseconds interval) {
  using Clock = std::chrono::steady_clock;
  thread_local Clock::time_point last = Clock::now();
  const Clock::time_point now = Clock::now();
  if (now < last + interval) return;
  last = now;
  const nb::gil_scoped_acquire gil;
  if (PyErr_CheckSignals() != 0) throw nb::python_error();
}

FileSystem& interruptible_files() {
  static InterruptibleFiles files;
  return files;
}

}  // namespace icecore::python
