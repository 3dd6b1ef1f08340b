// What verifying both formats shares.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "checkpoint/table_reader.h"
#include "checkpoint/verify.h"

namespace icecore::inline v0 {

// Opens a table; null, and a finding, where it is damaged.
std::unique_ptr<TableReader> open_table(const FileSystem& files, const std::string& path,
                                        VerifyReport& report);

// Gives every entry of the blocks that are sound, in order; the others become findings. `first` is
// true for the table's first entry. Checks the metaindex, too, which no reader looks at.
using EachEntry = std::function<void(std::string_view key, std::string_view value, bool first)>;
void scan_blocks(const TableReader& table, VerifyReport& report, const EachEntry& each);

// The two formats.
void verify_bundle(const FileSystem& files, const CheckpointLocation& location,
                   VerifyReport& report, const Progress& progress);
void verify_v1(const FileSystem& files, const CheckpointLocation& location, VerifyReport& report,
               const Progress& progress);

}  // namespace icecore::inline v0
