// A file system in memory whose n-th change fails, for tests of what a failure leaves behind.
#pragma once

#include <icecore/error.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "io/memory_file_system.h"

namespace icecore {

// Changes are counted: creations, preallocations, writes, syncs, closings, renames, links. Reading
// and removing always work. A write that fails has written half of its bytes, as a disk that gets
// full does.
class FaultyFileSystem : public FileSystem {
 public:
  // What was there before, whatever fails later.
  MemoryFileSystem& files() { return files_; }

  // The change after `changes` more fails, once.
  void fail_after(std::size_t changes, Code code = Code::kResourceExhausted) {
    left_ = changes;
    code_ = code;
    failed_ = false;
  }
  bool failed() const { return failed_; }

  std::unique_ptr<RandomAccessFile> open(const std::string& path) const override {
    return files_.open(path);
  }
  std::unique_ptr<WritableFile> create(const std::string& path) override {
    step("create", path);
    return std::make_unique<Writer>(*this, files_.create(path));
  }
  std::unique_ptr<WritableFile> create_new(const std::string& path) override {
    step("create", path);
    return std::make_unique<Writer>(*this, files_.create_new(path));
  }
  std::optional<FileStatus> status(const std::string& path) const override {
    return files_.status(path);
  }
  std::vector<std::string> list(const std::string& folder) const override {
    return files_.list(folder);
  }
  void rename(const std::string& from, const std::string& to) override {
    step("rename to", to);
    files_.rename(from, to);
  }
  void remove(const std::string& path) override { files_.remove(path); }
  void link(const std::string& from, const std::string& to) override {
    step("link", to);
    files_.link(from, to);
  }
  void create_folder(const std::string& path) override {
    step("create the folder", path);
    files_.create_folder(path);
  }
  void remove_folder(const std::string& path) override {
    step("create the folder", path);
    files_.remove_folder(path);
  }
  void sync_folder(const std::string& path) override {
    step("sync", path);
    files_.sync_folder(path);
  }

 private:
  class Writer final : public WritableFile {
   public:
    Writer(FaultyFileSystem& files, std::unique_ptr<WritableFile> file)
        : WritableFile(file->path()), files_(files), file_(std::move(file)) {}

    void write(std::span<const std::byte> bytes) override {
      if (files_.is_next()) file_->write(bytes.first(bytes.size() / 2));
      files_.step("write", path());
      file_->write(bytes);
    }
    void preallocate(std::uint64_t size) override {
      files_.step("reserve room for", path());
      file_->preallocate(size);
    }
    void sync() override {
      files_.step("sync", path());
      file_->sync();
    }
    void close() override {
      files_.step("close", path());
      file_->close();
    }

   private:
    FaultyFileSystem& files_;
    std::unique_ptr<WritableFile> file_;
  };

  bool is_next() const { return !failed_ && left_ == 0; }
  void step(const char* doing, const std::string& path) {
    if (failed_) return;
    if (left_-- > 0) return;
    failed_ = true;
    throw Error(code_, std::string("can't ") + doing + " " + path + ": made to fail");
  }

  MemoryFileSystem files_;
  std::size_t left_ = 0;
  Code code_ = Code::kUnknown;
  bool failed_ = true;  // Nothing fails until fail_after().
};

}  // namespace icecore
