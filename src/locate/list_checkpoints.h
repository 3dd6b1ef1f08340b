// The checkpoints that lie in a folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <icecore/export.h>

#include "io/file_system.h"
#include "locate/locate.h"

namespace icecore::inline v0 {

struct CheckpointOnDisk {
  std::string prefix;                // As CheckpointLocation::prefix, `folder` joined to it.
  std::string stem;                  // The prefix without its step (and shards).
  std::optional<std::int64_t> step;  // Of a prefix that ends in one.
  CheckpointLocation::Format format = CheckpointLocation::Format::kV2;
  std::uint32_t shards = 1;  // Data files, or V1 files, that belong to it, there or not.
  // The tables end as tables do and every shard is there; what is in them wasn't read.
  bool complete = false;
  // Why it isn't complete: "model.ckpt-3.data-00000-of-00001 is missing".
  std::string defect;
  std::int64_t modified_ns = 0;  // Of the newest of its tables, nanoseconds since 1970.
};

// All of them, sorted by the prefix without its step, then by step. A V1 file beside a V2
// checkpoint of the same prefix isn't listed, since it is never read; neither are a save's
// temporary files. NOT_FOUND where there is no such folder.
ICECORE_API std::vector<CheckpointOnDisk> list_checkpoints(const FileSystem& files,
                                                           const std::string& folder);

// The one with this prefix, without a look at the others of its folder; nothing where there is
// none.
ICECORE_API std::optional<CheckpointOnDisk> checkpoint_on_disk(const FileSystem& files,
                                                               const std::string& prefix);

// The one with this prefix; of a sharded V1 checkpoint the prefix without "-?????-of-…" will do.
ICECORE_API const CheckpointOnDisk* find_checkpoint(const std::vector<CheckpointOnDisk>& found,
                                                    const std::string& prefix);

// The newest, complete ones before incomplete ones; null of none. Of those that differ in their
// step alone it is the one with the highest, since times don't survive copying; of several such
// families it is the one that was written to last.
ICECORE_API const CheckpointOnDisk* newest_checkpoint(const std::vector<CheckpointOnDisk>& found);

}  // namespace icecore::inline v0
