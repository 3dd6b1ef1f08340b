#include "io/posix_file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <icecore/error.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "io/unfinished_files.h"

namespace icecore::inline v0 {
namespace {

Code code_of(int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return Code::kNotFound;
    case EEXIST:
      return Code::kAlreadyExists;
    case EACCES:
    case EPERM:
    case EROFS:
      return Code::kPermissionDenied;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return Code::kResourceExhausted;
    case EISDIR:
    case ENOTEMPTY:
      return Code::kFailedPrecondition;
    case EINVAL:
    case ENAMETOOLONG:
      return Code::kInvalidArgument;
    default:
      return Code::kUnknown;
  }
}

[[noreturn]] void fail(const char* doing, const std::string& path, int number = errno) {
  throw Error(code_of(number), std::string("can't ") + doing + " " + path + ": " +
                                   std::generic_category().message(number));
}

// A descriptor that is closed once.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

std::string or_current(const std::string& folder) {
  return folder.empty() ? "." : folder;
}

class PosixReadFile final : public RandomAccessFile {
 public:
  PosixReadFile(std::string path, std::uint64_t size, int number)
      : RandomAccessFile(std::move(path), size), descriptor_(number) {}

 protected:
  std::size_t read_some(std::uint64_t offset, std::span<std::byte> out) const override {
    for (;;) {
      const ssize_t got =
          ::pread(descriptor_.number(), out.data(), out.size(), static_cast<off_t>(offset));
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) fail("read", path());
    }
  }

 private:
  Descriptor descriptor_;
};

class PosixWriteFile final : public WritableFile {
 public:
  PosixWriteFile(std::string path, int number)
      : WritableFile(std::move(path)), descriptor_(number) {}

  void write(std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const ssize_t put = ::write(descriptor_.number(), bytes.data(), bytes.size());
      if (put < 0) {
        if (errno == EINTR) continue;
        fail("write", path());
      }
      bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
  }

  void preallocate(std::uint64_t size) override {
    if (size == 0) return;
    while (::fallocate(descriptor_.number(), FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size)) !=
           0) {
      if (errno == EINTR) continue;
      if (errno == EOPNOTSUPP || errno == ENOSYS)
        return;  // This file system can't; writing will tell.
      fail("reserve room for", path());
    }
  }

  void sync() override {
    if (::fdatasync(descriptor_.number()) != 0) fail("sync", path());
  }

  void close() override {
    if (::close(descriptor_.release()) != 0) fail("close", path());
  }

 private:
  Descriptor descriptor_;
};

}  // namespace

std::unique_ptr<RandomAccessFile> PosixFileSystem::open(const std::string& path) const {
  // Without waiting for a writer, should it be a pipe; ordinary files don't care.
  Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (descriptor.number() < 0) fail("open", path);
  struct stat facts {};
  if (::fstat(descriptor.number(), &facts) != 0) fail("look at", path);
  if (S_ISDIR(facts.st_mode)) fail("read", path, EISDIR);
  if (!S_ISREG(facts.st_mode)) {
    throw Error(Code::kInvalidArgument, "can't read " + path + ": not an ordinary file");
  }
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  return std::make_unique<PosixReadFile>(path, size, descriptor.release());
}

std::unique_ptr<WritableFile> PosixFileSystem::create(const std::string& path) {
  Descriptor descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (descriptor.number() < 0) fail("create", path);
  return std::make_unique<PosixWriteFile>(path, descriptor.release());
}

std::unique_ptr<WritableFile> PosixFileSystem::create_new(const std::string& path) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  Descriptor descriptor(::open(path.c_str(), kFlags, 0666));
  if (descriptor.number() < 0) fail("create", path);
  remember_unfinished(path);
  return std::make_unique<PosixWriteFile>(path, descriptor.release());
}

std::optional<FileStatus> PosixFileSystem::status(const std::string& path) const {
  struct stat facts {};
  if (::stat(or_current(path).c_str(), &facts) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    fail("look at", path);
  }
  FileStatus status;
  status.kind = S_ISREG(facts.st_mode)   ? FileStatus::Kind::kFile
                : S_ISDIR(facts.st_mode) ? FileStatus::Kind::kFolder
                                         : FileStatus::Kind::kOther;
  status.size = static_cast<std::uint64_t>(facts.st_size);
  status.modified_ns = std::int64_t{facts.st_mtim.tv_sec} * 1'000'000'000 + facts.st_mtim.tv_nsec;
  return status;
}

std::vector<std::string> PosixFileSystem::list(const std::string& folder) const {
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(or_current(folder).c_str()), ::closedir);
  if (open == nullptr) fail("list", or_current(folder));
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(open.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  if (errno != 0) fail("list", or_current(folder));
  std::sort(names.begin(), names.end());
  return names;
}

void PosixFileSystem::rename(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) fail("rename to", to);
  forget_unfinished(from);
}

void PosixFileSystem::remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0) fail("remove", path);
  forget_unfinished(path);
}

void PosixFileSystem::link(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) != 0) fail("link", to);
}

void PosixFileSystem::create_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0777) != 0) fail("create the folder", path);
}

void PosixFileSystem::remove_folder(const std::string& path) {
  if (::rmdir(path.c_str()) != 0) fail("remove the folder", path);
}

void PosixFileSystem::sync_folder(const std::string& path) {
  const std::string folder = or_current(path);
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.number() < 0) fail("open", folder);
  // Some network file systems can't sync a folder and need not.
  if (::fsync(descriptor.number()) != 0 && errno != EINVAL) fail("sync", folder);
}

FileSystem& posix_file_system() {
  static PosixFileSystem files;  // Stateless.
  return files;
}

}  // namespace icecore::inline v0
