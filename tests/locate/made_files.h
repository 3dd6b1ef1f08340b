// Files that look like a checkpoint's from outside: the resolver reads no more of them than their
// ends.
#pragma once

#include <cstdint>
#include <string>

#include "io/memory_file_system.h"
#include "locate/file_name.h"

namespace icecore {

inline std::string table(const std::string& first_entry) {
  constexpr std::size_t kFooterBytes = 48;
  std::string bytes = first_entry + std::string(kFooterBytes - 8, '\0');
  return bytes + "\x57\xfb\x80\x8b\x24\x75\x47\xdb";
}

// The header of a bundle of one shard, as a table's first entry: key "", num_shards 1, producer 1.
inline std::string v2_index() {
  return table(std::string("\0\0\6\x08\1\x1a\2\x08\1", 9));
}
// A SavedTensorSlices whose meta is empty but for the producer.
inline std::string v1_table() {
  return table(std::string("\0\0\6\x0a\4\x12\2\x08\1", 9));
}

inline void put_v2(MemoryFileSystem& files, const std::string& prefix, std::uint32_t shards = 1) {
  for (std::uint32_t shard = 0; shard < shards; ++shard) {
    files.put(data_file_name(prefix, shard, shards), "data");
  }
  files.put(prefix + ".index", v2_index());
}

inline void put_v1(MemoryFileSystem& files, const std::string& path) {
  files.put(path, v1_table());
}

inline void put_state(MemoryFileSystem& files, const std::string& folder,
                      const std::string& newest) {
  files.put(join_path(folder, "checkpoint"), "model_checkpoint_path: \"" + newest + "\"\n");
}

// A graph of one node, a meta graph around it, a SavedModel around that.
inline std::string graph_def() {
  return std::string("\x0a\x0a\x0a\1x\x12\5Const", 12);
}
inline std::string meta_graph_def() {
  return "\x12\x0c" + graph_def();
}
inline std::string saved_model() {
  return "\x08\1\x12\x0e" + meta_graph_def();
}

inline std::string git_lfs_pointer() {
  return "version https://git-lfs.github.com/spec/v1\n"
         "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n"
         "size 9362\n";
}

}  // namespace icecore
