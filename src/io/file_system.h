// What Icecore needs of a file system. Three implementations: POSIX, memory, and a faulty one for
// tests; object stores come later.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <icecore/export.h>

namespace icecore::inline v0 {

// A file open for reading at any place. Threads: all functions may be called concurrently.
class ICECORE_API RandomAccessFile {
 public:
  virtual ~RandomAccessFile() = default;

  const std::string& path() const { return path_; }
  // Bytes, as of opening.
  std::uint64_t size() const { return size_; }

  // Fills `out` from `offset`. OUT_OF_RANGE where the file ends before (also when it was cut since
  // it was opened): there are no short reads.
  void read(std::uint64_t offset, std::span<std::byte> out) const;

  // As read(), into a string of `length` bytes. Checks the length before it allocates.
  std::string read_string(std::uint64_t offset, std::uint64_t length) const;

 protected:
  RandomAccessFile(std::string path, std::uint64_t size) : path_(std::move(path)), size_(size) {}
  // Reads at most out.size() bytes; returns how many; 0 at the end.
  virtual std::size_t read_some(std::uint64_t offset, std::span<std::byte> out) const = 0;

 private:
  std::string path_;
  std::uint64_t size_;
};

// A file being written from its start. Not thread-safe. Closing is explicit: a file dropped without
// close() is a file left unfinished.
class ICECORE_API WritableFile {
 public:
  virtual ~WritableFile() = default;
  const std::string& path() const { return path_; }

  virtual void write(std::span<const std::byte> bytes) = 0;
  // Reserves room for the whole file; RESOURCE_EXHAUSTED where the disk is too full. A hint
  // elsewhere.
  virtual void preallocate(std::uint64_t size) = 0;
  virtual void sync() = 0;
  virtual void close() = 0;

 protected:
  explicit WritableFile(std::string path) : path_(std::move(path)) {}

 private:
  std::string path_;
};

struct FileStatus {
  enum class Kind { kFile, kFolder, kOther };
  Kind kind = Kind::kFile;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;  // Nanoseconds since 1970.
};

// Failures are Errors that name the path: NOT_FOUND, PERMISSION_DENIED, RESOURCE_EXHAUSTED,
// FAILED_PRECONDITION (a folder where a file is meant), UNKNOWN. Threads: may be shared.
class ICECORE_API FileSystem {
 public:
  virtual ~FileSystem() = default;

  virtual std::unique_ptr<RandomAccessFile> open(const std::string& path) const = 0;
  // Creates the file, or empties an existing one.
  virtual std::unique_ptr<WritableFile> create(const std::string& path) = 0;
  // As create(), but ALREADY_EXISTS where anything has that name, even a link that leads nowhere.
  // Until it is renamed or removed, the file counts as unfinished (io/unfinished_files.h).
  virtual std::unique_ptr<WritableFile> create_new(const std::string& path) = 0;
  // Nothing where there is no such path.
  virtual std::optional<FileStatus> status(const std::string& path) const = 0;
  // Names (not paths) in a folder, sorted.
  virtual std::vector<std::string> list(const std::string& folder) const = 0;
  // Replaces `to` in one step.
  virtual void rename(const std::string& from, const std::string& to) = 0;
  virtual void remove(const std::string& path) = 0;
  // A second name for a file (kept while a prefix is overwritten).
  virtual void link(const std::string& from, const std::string& to) = 0;
  virtual void create_folder(const std::string& path) = 0;
  // FAILED_PRECONDITION where it isn't empty. Where a file system has no such thing: UNIMPLEMENTED.
  virtual void remove_folder(const std::string& path);
  // Makes renames in the folder durable.
  virtual void sync_folder(const std::string& path) = 0;

  // An ordinary file, or a link to one; no pipe and no device.
  bool is_file(const std::string& path) const;
  bool is_folder(const std::string& path) const;
};

// The machine's own files. Stateless; lives as long as the program.
ICECORE_API FileSystem& posix_file_system();

// "a/b" -> "a", "b" -> "", "/b" -> "/".
ICECORE_API std::string folder_of(const std::string& path);
// "a/b" -> "b", "a/" -> "".
ICECORE_API std::string base_name_of(const std::string& path);
// Joins with one '/'; an absolute `name` or an empty `folder` gives name.
ICECORE_API std::string join_path(const std::string& folder, const std::string& name);

}  // namespace icecore::inline v0
