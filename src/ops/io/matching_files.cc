// MatchingFiles.
#include <icecore/error.h>
#include <icecore/shape_context.h>

#include <algorithm>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/io/graph_files.h"
#include "ops/io/io_ops.h"

namespace icecore::inline v0 {
namespace {

void matching_files_shape(ShapeContext& c) {
  if (c.input(0).has_rank() && c.input(0).rank() > 1) {
    refuse_shape("Shape must be at most rank 1 but is rank " + std::to_string(c.input(0).rank()));
  }
  c.set_output(0, Shape{-1});
}

constexpr std::string_view kSpecial = "*?[\\";

// What one name of a path must look like: '*' is any characters, '?' one, "[a-c]" one of these,
// "[!a-c]" one of the others, and '\' takes the next character as it is.
class NamePattern {
 public:
  explicit NamePattern(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
      std::size_t length = 1;
      if (text[i] == '*') {
        parts_.emplace_back();
      } else if (text[i] == '?') {
        parts_.emplace_back(Set().set());
      } else if (text[i] == '[' && (length = add_set(text.substr(i))) != 0) {
      } else {
        length = text[i] == '\\' && i + 1 < text.size() ? 2 : 1;
        parts_.emplace_back(Set().set(index_of(text[i + length - 1])));
      }
      i += length;
    }
  }

  // At most one star is tried anew at a time, so that none takes longer than the pattern's length
  // times the name's.
  bool matches(std::string_view name) const {
    constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::size_t p = 0, n = 0, star = kNone, star_n = 0;
    while (n < name.size()) {
      if (p < parts_.size() && !parts_[p]) {
        star = p++;
        star_n = n;
      } else if (p < parts_.size() && parts_[p]->test(index_of(name[n]))) {
        ++p;
        ++n;
      } else if (star != kNone) {
        p = star + 1;
        n = ++star_n;
      } else {
        return false;
      }
    }
    while (p < parts_.size() && !parts_[p]) ++p;
    return p == parts_.size();
  }

 private:
  using Set = std::bitset<256>;

  static std::size_t index_of(char c) { return static_cast<unsigned char>(c); }

  // Takes the "[…]" at the pattern's start; how long that is, or 0 where it has no end.
  std::size_t add_set(std::string_view pattern) {
    std::size_t i = 1;
    const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
    if (negated) ++i;
    Set set;
    for (const std::size_t first = i; i < pattern.size(); ++i) {
      if (pattern[i] == ']' && i > first) {
        parts_.emplace_back(negated ? ~set : set);
        return i + 1;
      }
      if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
        for (std::size_t c = index_of(pattern[i]); c <= index_of(pattern[i + 2]); ++c) set.set(c);
        i += 2;
      } else {
        set.set(index_of(pattern[i]));
      }
    }
    return 0;
  }

  std::vector<std::optional<Set>> parts_;  // Nothing: a star.
};

std::vector<std::string> matching_in(const FileSystem& files,
                                     const std::vector<std::string>& folders,
                                     const NamePattern& pattern) {
  std::vector<std::string> found;
  for (const std::string& folder : folders) {
    if (!files.is_folder(folder)) continue;
    for (const std::string& name : files.list(folder)) {
      if (pattern.matches(name)) found.push_back(join_path(folder, name));
    }
  }
  return found;
}

// TensorFlow looks for names without a folder in "./", and gives them with it.
std::string from_here(const std::string& pattern) {
  const bool is_bare =
      pattern.substr(0, pattern.find_first_of(kSpecial)).find('/') == std::string::npos;
  return is_bare && !pattern.empty() ? "./" + pattern : pattern;
}

// The paths that are there, folder by folder.
std::vector<std::string> find_matching(const FileSystem& files, const std::string& pattern) {
  constexpr std::size_t kLongest = 4096;  // No path is longer.
  if (pattern.size() > kLongest) {
    refuse("the pattern " + pattern.substr(0, 40) + "... has " + std::to_string(pattern.size()) +
           " characters; " + std::to_string(kLongest) + " are allowed");
  }
  const std::size_t special = pattern.find_first_of(kSpecial);
  if (special == std::string::npos) {
    return files.status(pattern) ? std::vector{pattern} : std::vector<std::string>{};
  }
  const std::size_t slash = pattern.rfind('/', special);
  std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
  std::vector<std::string> found = {folder_of(pattern.substr(0, begin))};
  for (;;) {
    const std::size_t end = std::min(pattern.find('/', begin), pattern.size());
    found = matching_in(files, found,
                        NamePattern(std::string_view(pattern).substr(begin, end - begin)));
    if (end == pattern.size()) return found;
    begin = end + 1;
  }
}

Kernel matching_files_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    if (c.input(0).shape().rank() > 1) {
      refuse("Input patterns tensor must be scalar or vector, but had shape: " +
             to_string(c.input(0).shape()));
    }
    std::vector<std::string> found;
    for (const std::string& pattern : c.input(0).strings()) {
      FileSystem& files = graph_files(c);
      for (std::string& path : find_matching(files, from_here(pattern))) {
        found.push_back(std::move(path));
      }
    }
    std::ranges::sort(found);
    c.set_output(0, Tensor::of<std::string>(Shape{static_cast<std::int64_t>(found.size())}, found));
  });
}

}  // namespace

const OpImplementation matching_files_op = {"MatchingFiles", matching_files_shape,
                                            matching_files_kernel};

}  // namespace icecore::inline v0
