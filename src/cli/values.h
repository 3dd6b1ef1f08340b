// What `list` and `show` look at: the variables of a checkpoint, or the constants of a graph.
#pragma once

#include <icecore/checkpoint.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace icecore::inline v0 {

struct ValueInfo {
  std::string name;
  DType dtype = DType::kInvalid;
  Shape shape;
};

class Values {
 public:
  // A file that holds a graph and no checkpoint stands for its constants; everything else for the
  // checkpoint that it leads to.
  static Values open(const std::string& path);

  std::string format;           // "v1", "v2", "graph"
  std::string note;             // What was chosen, where the path could mean several things.
  std::vector<ValueInfo> list;  // Sorted by name.

  // Of an item of the list, by index.
  std::function<Tensor(std::size_t)> read;
  // SHA-256 of the values' little-endian row-major bytes (strings: the items joined).
  std::function<std::string(std::size_t)> digest;
  std::function<Tensor(std::size_t, const TensorSlice&)> read_slice;
  // Bytes of the values; nothing where they can't be told (the data file is missing).
  std::function<std::optional<std::uint64_t>(std::size_t)> bytes;

  // The index of that name, or of the name before its ":0". NOT_FOUND offers the nearest.
  std::size_t find(const std::string& given) const;
};

}  // namespace icecore::inline v0
