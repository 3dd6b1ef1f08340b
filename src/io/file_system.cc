#include "io/file_system.h"

#include <icecore/error.h>

namespace icecore::inline v0 {

void RandomAccessFile::read(std::uint64_t offset, std::span<std::byte> out) const {
  std::size_t done = 0;
  while (done < out.size()) {
    const std::size_t got = read_some(offset + done, out.subspan(done));
    if (got == 0) {
      throw Error(Code::kOutOfRange, path() + " ends at byte " + std::to_string(offset + done) +
                                         ", but " + std::to_string(out.size()) + " bytes from " +
                                         std::to_string(offset) + " were to be read");
    }
    done += got;
  }
}

std::string RandomAccessFile::read_string(std::uint64_t offset, std::uint64_t length) const {
  if (offset > size() || length > size() - offset) {
    throw Error(Code::kOutOfRange, path() + " has " + std::to_string(size()) + " bytes, but " +
                                       std::to_string(length) + " bytes from " +
                                       std::to_string(offset) + " were to be read");
  }
  std::string bytes(length, '\0');
  read(offset, std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

void FileSystem::remove_folder(const std::string& path) {
  throw Error(Code::kUnimplemented, "can't remove the folder " + path + " here");
}

bool FileSystem::is_file(const std::string& path) const {
  const auto found = status(path);
  return found && found->kind == FileStatus::Kind::kFile;
}

bool FileSystem::is_folder(const std::string& path) const {
  const auto found = status(path);
  return found && found->kind == FileStatus::Kind::kFolder;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return "";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string base_name_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::string join_path(const std::string& folder, const std::string& name) {
  if (folder.empty() || name.starts_with('/')) return name;
  return folder.ends_with('/') ? folder + name : folder + '/' + name;
}

}  // namespace icecore::inline v0
