#include "io/memory_file_system.h"

#include <icecore/error.h>

#include <algorithm>
#include <cstring>
#include <set>

namespace icecore::inline v0 {
namespace {

[[noreturn]] void not_found(const char* doing, const std::string& path) {
  throw Error(Code::kNotFound,
              std::string("can't ") + doing + " " + path + ": No such file or directory");
}

std::string without_trailing_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  if (path == ".") path.clear();
  if (path.starts_with("./")) path.erase(0, 2);
  return path;
}

class MemoryReadFile final : public RandomAccessFile {
 public:
  MemoryReadFile(std::string path, std::shared_ptr<const std::string> content)
      : RandomAccessFile(std::move(path), content->size()), content_(std::move(content)) {}

 protected:
  std::size_t read_some(std::uint64_t offset, std::span<std::byte> out) const override {
    if (offset >= content_->size()) return 0;
    const std::size_t count = std::min(out.size(), content_->size() - offset);
    std::memcpy(out.data(), content_->data() + offset, count);
    return count;
  }

 private:
  std::shared_ptr<const std::string> content_;
};

}  // namespace

class MemoryFileSystem::Writer final : public WritableFile {
 public:
  Writer(MemoryFileSystem& files, std::string path)
      : WritableFile(std::move(path)), files_(files) {}

  void write(std::span<const std::byte> bytes) override {
    content_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  void preallocate(std::uint64_t) override {}
  void sync() override {}
  void close() override { files_.put(path(), std::move(content_)); }

 private:
  MemoryFileSystem& files_;
  std::string content_;
};

void MemoryFileSystem::put(const std::string& path, std::string content) {
  const std::lock_guard lock(mutex_);
  store(without_trailing_slash(path), std::make_shared<const std::string>(std::move(content)));
}

std::string MemoryFileSystem::get(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  return *find(path).content;
}

std::unique_ptr<RandomAccessFile> MemoryFileSystem::open(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  if (is_folder_locked(without_trailing_slash(path))) {
    throw Error(Code::kFailedPrecondition, "can't read " + path + ": Is a directory");
  }
  return std::make_unique<MemoryReadFile>(path, find(path).content);
}

std::unique_ptr<WritableFile> MemoryFileSystem::create(const std::string& path) {
  const std::lock_guard lock(mutex_);
  return create_locked(path);
}

std::unique_ptr<WritableFile> MemoryFileSystem::create_new(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const std::string name = without_trailing_slash(path);
  if (files_.contains(name) || is_folder_locked(name)) {
    throw Error(Code::kAlreadyExists, "can't create " + path + ": File exists");
  }
  return create_locked(path);
}

std::unique_ptr<WritableFile> MemoryFileSystem::create_locked(const std::string& path) {
  const std::string folder = folder_of(path);
  if (is_folder_locked(path)) {
    throw Error(Code::kFailedPrecondition, "can't create " + path + ": Is a directory");
  }
  if (!is_folder_locked(folder)) not_found("create", path);
  store(without_trailing_slash(path), std::make_shared<const std::string>());
  return std::make_unique<Writer>(*this, path);
}

std::optional<FileStatus> MemoryFileSystem::status(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const std::string name = without_trailing_slash(path);
  if (is_folder_locked(name)) return FileStatus{FileStatus::Kind::kFolder, 0, 0};
  const auto found = files_.find(name);
  if (found == files_.end() || path.ends_with('/')) return std::nullopt;
  return FileStatus{FileStatus::Kind::kFile, found->second.content->size(),
                    found->second.modified_ns};
}

std::vector<std::string> MemoryFileSystem::list(const std::string& folder) const {
  const std::lock_guard lock(mutex_);
  const std::string name = without_trailing_slash(folder);
  if (!is_folder_locked(name)) not_found("list", folder);
  const std::string prefix = name.empty() || name == "/" ? name : name + "/";
  std::set<std::string> names;
  const auto collect = [&](const std::string& path) {
    if (!path.starts_with(prefix) || path.size() == prefix.size()) return;
    const std::string rest = path.substr(prefix.size());
    if (prefix.empty() && rest.starts_with('/')) return;
    names.insert(rest.substr(0, rest.find('/')));
  };
  for (const auto& [path, file] : files_) collect(path);
  for (const auto& [path, made] : folders_) collect(path);
  return {names.begin(), names.end()};
}

void MemoryFileSystem::rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  const File file = find(from);
  files_.erase(without_trailing_slash(from));
  files_.insert_or_assign(without_trailing_slash(to), file);
}

void MemoryFileSystem::remove(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (files_.erase(without_trailing_slash(path)) == 0) not_found("remove", path);
}

void MemoryFileSystem::link(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  if (files_.contains(without_trailing_slash(to))) {
    throw Error(Code::kAlreadyExists, "can't link " + to + ": File exists");
  }
  files_.insert_or_assign(without_trailing_slash(to), find(from));
}

void MemoryFileSystem::create_folder(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const std::string name = without_trailing_slash(path);
  if (is_folder_locked(name) || files_.contains(name)) {
    throw Error(Code::kAlreadyExists, "can't create the folder " + path + ": File exists");
  }
  if (!is_folder_locked(folder_of(name))) not_found("create the folder", path);
  folders_[name] = true;
}

void MemoryFileSystem::remove_folder(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const std::string name = without_trailing_slash(path);
  const auto lies_in_it = [&](const auto& item) { return folder_of(item.first) == name; };
  if (!folders_.contains(name)) not_found("remove the folder", path);
  if (std::ranges::any_of(files_, lies_in_it) || std::ranges::any_of(folders_, lies_in_it)) {
    throw Error(Code::kFailedPrecondition,
                "can't remove the folder " + path + ": Directory not empty");
  }
  folders_.erase(name);
}

void MemoryFileSystem::sync_folder(const std::string&) {}

const MemoryFileSystem::File& MemoryFileSystem::find(const std::string& path) const {
  const auto found = files_.find(without_trailing_slash(path));
  if (found == files_.end()) not_found("open", path);
  return found->second;
}

void MemoryFileSystem::store(const std::string& path, std::shared_ptr<const std::string> content) {
  files_.insert_or_assign(path, File{std::move(content), ++clock_ns_});
}

bool MemoryFileSystem::is_folder_locked(const std::string& path) const {
  if (path.empty() || path == "/") return true;
  if (folders_.contains(path)) return true;
  const std::string prefix = path + "/";
  const auto file = files_.lower_bound(prefix);
  if (file != files_.end() && file->first.starts_with(prefix)) return true;
  const auto folder = folders_.lower_bound(prefix);
  return folder != folders_.end() && folder->first.starts_with(prefix);
}

}  // namespace icecore::inline v0
