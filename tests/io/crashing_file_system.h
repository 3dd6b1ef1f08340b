// A file system in memory that remembers every change, and tells what would be on the disk had the
// program, or the machine, stopped at any of them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "io/memory_file_system.h"

namespace icecore {

class CrashingFileSystem : public FileSystem {
 public:
  // What is there now.
  MemoryFileSystem& files() { return files_; }
  // What is there counts as having been there for ever.
  void start() {
    steps_.clear();
    start_.clear();
    collect("");
  }
  // Changes since start().
  std::size_t steps() const { return steps_.size(); }

  // The program stops after `steps` changes: all of them stand.
  std::unique_ptr<MemoryFileSystem> after_program_stops(std::size_t steps) const {
    return replay(steps, 0, false);
  }
  // The machine stops: files that weren't synced are cut in half, and of what was done to folders
  // since the last of them was synced, only the first `surviving` changes stand.
  std::unique_ptr<MemoryFileSystem> after_machine_stops(std::size_t steps,
                                                        std::size_t surviving) const {
    return replay(steps, surviving, true);
  }
  // How many changes to folders had then not been synced.
  std::size_t unsynced(std::size_t steps) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < steps; ++i) {
      if (steps_[i].kind == Kind::kSyncFolder) count = 0;
      if (changes_folder(steps_[i].kind)) ++count;
    }
    return count;
  }

  std::unique_ptr<RandomAccessFile> open(const std::string& path) const override {
    return files_.open(path);
  }
  std::unique_ptr<WritableFile> create(const std::string& path) override {
    auto file = files_.create(path);
    note({Kind::kCreate, path, "", ""});
    return std::make_unique<Writer>(*this, std::move(file));
  }
  std::unique_ptr<WritableFile> create_new(const std::string& path) override {
    auto file = files_.create_new(path);
    note({Kind::kCreate, path, "", ""});
    return std::make_unique<Writer>(*this, std::move(file));
  }
  std::optional<FileStatus> status(const std::string& path) const override {
    return files_.status(path);
  }
  std::vector<std::string> list(const std::string& folder) const override {
    return files_.list(folder);
  }
  void rename(const std::string& from, const std::string& to) override {
    files_.rename(from, to);
    note({Kind::kRename, from, to, ""});
  }
  void remove(const std::string& path) override {
    files_.remove(path);
    note({Kind::kRemove, path, "", ""});
  }
  void link(const std::string& from, const std::string& to) override {
    files_.link(from, to);
    note({Kind::kLink, from, to, ""});
  }
  void create_folder(const std::string& path) override { files_.create_folder(path); }
  void sync_folder(const std::string& path) override {
    files_.sync_folder(path);
    note({Kind::kSyncFolder, path, "", ""});
  }

 private:
  enum class Kind { kCreate, kWrite, kSync, kRename, kRemove, kLink, kSyncFolder };
  struct Step {
    Kind kind;
    std::string path, to, bytes;
  };
  struct Content {
    std::string bytes;
    bool synced = false;
  };
  using Names = std::map<std::string, std::shared_ptr<Content>>;

  class Writer final : public WritableFile {
   public:
    Writer(CrashingFileSystem& files, std::unique_ptr<WritableFile> file)
        : WritableFile(file->path()), files_(files), file_(std::move(file)) {}
    void write(std::span<const std::byte> bytes) override {
      file_->write(bytes);
      files_.note({Kind::kWrite, path(), "",
                   std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())});
    }
    void preallocate(std::uint64_t size) override { file_->preallocate(size); }
    void sync() override {
      file_->sync();
      files_.note({Kind::kSync, path(), "", ""});
    }
    void close() override { file_->close(); }

   private:
    CrashingFileSystem& files_;
    std::unique_ptr<WritableFile> file_;
  };

  static bool changes_folder(Kind kind) {
    return kind == Kind::kCreate || kind == Kind::kRename || kind == Kind::kRemove ||
           kind == Kind::kLink;
  }

  void note(Step step) { steps_.push_back(std::move(step)); }

  void collect(const std::string& folder) {
    for (const std::string& name : files_.list(folder)) {
      const std::string path = join_path(folder, name);
      if (files_.is_folder(path)) {
        collect(path);
      } else {
        start_[path] = files_.get(path);
      }
    }
  }

  static void apply(const Step& step, Names& names) {
    switch (step.kind) {
      case Kind::kCreate:
        names[step.path] = std::make_shared<Content>();
        break;
      case Kind::kRename:
        names[step.to] = names.at(step.path);
        names.erase(step.path);
        break;
      case Kind::kRemove:
        names.erase(step.path);
        break;
      case Kind::kLink:
        names[step.to] = names.at(step.path);
        break;
      default:
        break;
    }
  }

  std::unique_ptr<MemoryFileSystem> replay(std::size_t steps, std::size_t surviving,
                                           bool machine) const {
    Names names;
    for (const auto& [path, bytes] : start_) {
      names[path] = std::make_shared<Content>(Content{bytes, true});
    }
    // By the changes since the last sync: what the folders held after each.
    std::vector<Names> durable = {names};
    for (std::size_t i = 0; i < steps; ++i) {
      const Step& step = steps_[i];
      if (step.kind == Kind::kWrite) {
        names.at(step.path)->bytes += step.bytes;
        names.at(step.path)->synced = false;
      } else if (step.kind == Kind::kSync) {
        names.at(step.path)->synced = true;
      } else if (step.kind == Kind::kSyncFolder) {
        durable = {names};
      } else {
        apply(step, names);
        durable.push_back(names);
      }
    }
    auto result = std::make_unique<MemoryFileSystem>();
    const Names& left = machine ? durable[std::min(surviving, durable.size() - 1)] : names;
    for (const auto& [path, content] : left) {
      const bool whole = !machine || content->synced;
      result->put(path,
                  whole ? content->bytes : content->bytes.substr(0, content->bytes.size() / 2));
    }
    return result;
  }

  MemoryFileSystem files_;
  std::map<std::string, std::string> start_;
  std::vector<Step> steps_;
};

// Calls `check` with what is left at every moment at which the program, or the machine, may stop.
inline void at_every_crash(const CrashingFileSystem& files,
                           const std::function<void(MemoryFileSystem& left)>& check) {
  for (std::size_t step = 0; step <= files.steps(); ++step) {
    SCOPED_TRACE(step);
    check(*files.after_program_stops(step));
    for (std::size_t surviving = 0; surviving <= files.unsynced(step); ++surviving) {
      SCOPED_TRACE(surviving);
      check(*files.after_machine_stops(step, surviving));
    }
  }
}

// The same for a change from value 1 to value 2: each is left at some moments, and nothing else.
inline void expect_old_or_new(const CrashingFileSystem& files,
                              const std::function<std::int32_t(FileSystem& left)>& value_of) {
  int old_ones = 0, new_ones = 0;
  at_every_crash(files, [&](MemoryFileSystem& left) {
    const std::int32_t value = value_of(left);
    EXPECT_TRUE(value == 1 || value == 2);
    ++(value == 1 ? old_ones : new_ones);
  });
  EXPECT_GT(old_ones, 10);
  EXPECT_GT(new_ones, 1);
  EXPECT_EQ(value_of(*files.after_machine_stops(files.steps(), 0)), 2);
}

}  // namespace icecore
