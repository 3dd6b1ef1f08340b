#include "locate/previous_set.h"

#include <icecore/error.h>

#include <algorithm>
#include <cstdint>

#include "locate/list_checkpoints.h"

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kSuffix = ".icecore-previous";

bool have_equal_bytes(const RandomAccessFile& a, const RandomAccessFile& b) {
  if (a.size() != b.size()) return false;
  constexpr std::uint64_t kPiece = std::uint64_t{1} << 20;
  for (std::uint64_t at = 0; at < a.size(); at += kPiece) {
    const std::uint64_t length = std::min(kPiece, a.size() - at);
    if (a.read_string(at, length) != b.read_string(at, length)) return false;
  }
  return true;
}

}  // namespace

std::string previous_prefix(const std::string& prefix) {
  return prefix + std::string(kSuffix);
}

bool is_previous_prefix(std::string_view prefix) {
  return prefix.ends_with(kSuffix);
}

std::string without_previous(const std::string& prefix) {
  return is_previous_prefix(prefix) ? prefix.substr(0, prefix.size() - kSuffix.size()) : prefix;
}

bool previous_set_counts(const FileSystem& files, const std::string& prefix) {
  const std::string previous = previous_prefix(prefix);
  const std::string index = previous + ".index";
  if (!files.is_file(index)) return false;
  const auto on_disk = checkpoint_on_disk(files, previous);
  if (!on_disk || !on_disk->complete) return false;
  const std::string current = prefix + ".index";
  if (!files.is_file(current)) return true;
  try {
    return have_equal_bytes(*files.open(current), *files.open(index));
  } catch (const Error&) {
    return false;  // What is wrong with P.index is told by who opens it.
  }
}

}  // namespace icecore::inline v0
