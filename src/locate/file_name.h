// The names that TensorFlow gives a checkpoint's files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <icecore/export.h>

namespace icecore::inline v0 {

enum class FileRole {
  kIndex,         // P.index
  kData,          // P.data-00000-of-00001
  kMeta,          // P.meta
  kV1Shard,       // P-00000-of-00002
  kShardPattern,  // P-?????-of-00002, as a sharded V1 save returns it
  kTemporary,     // Left by a save that was interrupted: P.index.tempstate123, P.meta.tmp0123…
  kOther,
};

struct FileName {
  FileRole role = FileRole::kOther;
  std::string prefix;        // The path without what the role adds to it.
  std::uint32_t shard = 0;   // Of kData and kV1Shard.
  std::uint32_t shards = 0;  // Of those and kShardPattern.
};

ICECORE_API FileName parse_file_name(const std::string& path);

// "P.data-00001-of-00002"
ICECORE_API std::string data_file_name(const std::string& prefix, std::uint32_t shard,
                                       std::uint32_t shards);
// "P-00001-of-00002", "P-?????-of-00002"
ICECORE_API std::string v1_shard_name(const std::string& prefix, std::uint32_t shard,
                                      std::uint32_t shards);
ICECORE_API std::string v1_shard_pattern(const std::string& prefix, std::uint32_t shards);

// A prefix as Saver makes it of a name and a step: "model.ckpt-1000" is "model.ckpt" and 1000,
// "m--3" is "m" and -3. A prefix without a step is all stem.
struct StemAndStep {
  std::string stem;
  std::optional<std::int64_t> step;
};
ICECORE_API StemAndStep split_step(const std::string& prefix);

}  // namespace icecore::inline v0
