// MatchingFiles.
#include <icecore/error.h>
#include <icecore/shape_context.h>

#include <algorithm>
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

bool is_pattern(std::string_view text) {
  return text.find_first_of("*?[\\") != std::string_view::npos;
}

// One character against "[…]" at the pattern's start; how long that is, or 0 where it has no end.
std::size_t match_set(std::string_view pattern, char c, bool& matches) {
  std::size_t i = 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (const std::size_t first = i; i < pattern.size(); ++i) {
    if (pattern[i] == ']' && i > first) {
      matches = found != negated;
      return i + 1;
    }
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      found = found || (pattern[i] <= c && c <= pattern[i + 2]);
      i += 2;
    } else {
      found = found || pattern[i] == c;
    }
  }
  return 0;
}

// '*' any characters, '?' one, "[a-c]" one of these, '\' takes the next as it is. At most one star
// is tried anew at a time, so that no pattern takes longer than its length times the name's.
bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, star_n = 0;
  while (n < name.size()) {
    bool fits = false;
    std::size_t length = 1;
    if (p < pattern.size()) {
      if (pattern[p] == '*') {
        star = p++;
        star_n = n;
        continue;
      }
      if (pattern[p] == '?') {
        fits = true;
      } else if (pattern[p] == '[' && (length = match_set(pattern.substr(p), name[n], fits)) != 0) {
      } else if (pattern[p] == '\\' && p + 1 < pattern.size()) {
        length = 2;
        fits = pattern[p + 1] == name[n];
      } else {
        length = 1;
        fits = pattern[p] == name[n];
      }
    }
    if (fits) {
      p += length;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++star_n;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

// The paths that are there, folder by folder.
std::vector<std::string> find_matching(const FileSystem& files, const std::string& pattern) {
  if (!is_pattern(pattern)) {
    return files.status(pattern) ? std::vector{pattern} : std::vector<std::string>{};
  }
  const std::string folder_pattern = folder_of(pattern), name_pattern = base_name_of(pattern);
  std::vector<std::string> found;
  const std::vector<std::string> folders = is_pattern(folder_pattern)
                                               ? find_matching(files, folder_pattern)
                                               : std::vector{folder_pattern};
  for (const std::string& folder : folders) {
    if (!files.is_folder(folder.empty() ? "." : folder)) continue;
    for (const std::string& name : files.list(folder.empty() ? "." : folder)) {
      if (matches(name_pattern, name)) found.push_back(join_path(folder, name));
    }
  }
  return found;
}

Kernel matching_files_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    if (c.input(0).shape().rank() > 1) {
      refuse("Input patterns tensor must be scalar or vector, but had shape: " +
             to_string(c.input(0).shape()));
    }
    std::vector<std::string> found;
    for (const std::string& pattern : c.input(0).strings()) {
      FileSystem& files = graph_files(c, pattern);
      for (std::string& path : find_matching(files, pattern)) found.push_back(std::move(path));
    }
    std::ranges::sort(found);
    c.set_output(0, Tensor::of<std::string>(Shape{static_cast<std::int64_t>(found.size())}, found));
  });
}

}  // namespace

const OpImplementation matching_files_op = {"MatchingFiles", matching_files_shape,
                                            matching_files_kernel};

}  // namespace icecore::inline v0
