// Is a checkpoint whole? Checks all that can be checked, and goes on behind what is damaged.
#pragma once

#include <icecore/checkpoint.h>
#include <icecore/export.h>
#include <icecore/progress.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/file_system.h"
#include "locate/locate.h"

namespace icecore::inline v0 {

enum class FindingKind {
  kTable,         // A table that can't be opened: cut, overwritten, its index damaged.
  kBlock,         // A block of a table whose checksum or content is wrong.
  kHeader,        // The header, or V1's list of tensors.
  kEntry,         // An entry that can't be: its dtype, shape, size, key.
  kMissingShard,  // A data file or V1 shard that isn't there.
  kCutData,       // A data file that ends before its tensors do.
  kChecksum,      // Values that aren't what was saved.
  kSlices,        // Parts that are missing, overlap or don't fit their whole.
  kUnused,        // Bytes, slices or padding that nothing refers to. A note.
  kShared,        // Tensors that share bytes of a data file. A note.
};
// "table", "block", "header", "entry", "missing_shard", "cut_data", "checksum", "slices", "unused",
// "shared": for JSON.
ICECORE_API std::string_view finding_name(FindingKind kind);

struct Finding {
  FindingKind kind;
  std::string file;
  std::optional<std::uint64_t> offset;  // In the file, where there is one place.
  std::vector<std::string> tensors;     // Those that it concerns, as far as they are known.
  // One line for people; names file, offset and, of a single tensor, the tensor.
  std::string message;
};

struct VerifyReport {
  std::string prefix;
  std::optional<CheckpointFormat> format;  // Nothing where not even that could be seen.
  std::string note;                        // As CheckpointLocation::note.
  std::vector<Finding> damage;
  std::vector<Finding> notes;  // Unusual, but nothing is lost.

  std::uint64_t tensors = 0;  // Whose names were found.
  std::uint64_t intact = 0;   // Of those, the ones whose values are what was saved.
  bool names_lost = false;    // There were more, in tables or blocks that can't be read.
  std::uint64_t blocks = 0;   // Of tables, data blocks.
  std::uint64_t bytes = 0;    // Read and checked, of all files.

  bool whole() const { return damage.empty(); }
};

// "5 of 9 tensors intact", "all 9 tensors intact", "5 tensors intact, the names of others are
// lost".
ICECORE_API std::string summary(const VerifyReport& report);

// Every checksum of every table, every entry against its data, every value's checksum, slices
// against their whole. Damage is in the report, whatever its kind; only failures of the machine
// (PERMISSION_DENIED, …) are thrown.
ICECORE_API VerifyReport verify_checkpoint(const FileSystem& files,
                                           const CheckpointLocation& location,
                                           const Progress& progress = {});
// The checkpoint that `path` means. A table that is cut, or something else in the place of a
// checkpoint's file, is damage too. Thrown is what leaves nothing to check: NOT_FOUND,
// INVALID_ARGUMENT (a graph, a zip …).
ICECORE_API VerifyReport verify_checkpoint(const FileSystem& files, const std::string& path,
                                           const Progress& progress = {});

}  // namespace icecore::inline v0
