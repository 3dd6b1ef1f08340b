#include "checkpoint/verify.h"

#include <icecore/error.h>

#include "checkpoint/verify_tables.h"
#include "locate/file_name.h"
#include "locate/sniff.h"

namespace icecore::inline v0 {
namespace {

// Whether the path, whatever its bytes are, can only mean a checkpoint.
bool names_checkpoint(const FileSystem& files, const std::string& path) {
  switch (parse_file_name(path).role) {
    case FileRole::kIndex:
    case FileRole::kData:
    case FileRole::kV1Shard:
    case FileRole::kShardPattern:
      return true;
    default:
      return files.is_file(path + ".index");
  }
}

// A table whose first bytes are damaged can look like another kind of table than it is. True, and
// findings, where its checksums tell that it is damaged.
bool is_damaged_table(const FileSystem& files, const std::string& path, VerifyReport& report) {
  if (!files.is_file(path) || sniff(files, path).content != Content::kTable) return false;
  if (const auto table = open_table(files, path, report)) {
    scan_blocks(*table, report, [](std::string_view, std::string_view, bool) {});
  }
  return !report.whole();
}

// The machine's failures, as against damaged files.
bool is_damage(const Error& error) {
  return error.code() == Code::kDataLoss || error.code() == Code::kOutOfRange;
}

}  // namespace

std::string_view finding_name(FindingKind kind) {
  switch (kind) {
    case FindingKind::kTable:
      return "table";
    case FindingKind::kBlock:
      return "block";
    case FindingKind::kHeader:
      return "header";
    case FindingKind::kEntry:
      return "entry";
    case FindingKind::kMissingShard:
      return "missing_shard";
    case FindingKind::kCutData:
      return "cut_data";
    case FindingKind::kChecksum:
      return "checksum";
    case FindingKind::kSlices:
      return "slices";
    case FindingKind::kUnused:
      return "unused";
    case FindingKind::kShared:
      return "shared";
  }
  return "unknown";
}

std::string summary(const VerifyReport& report) {
  const std::string noun = report.tensors == 1 && !report.names_lost ? " tensor" : " tensors";
  if (report.names_lost) {
    if (report.tensors == 0) return "no tensor intact: their names are lost";
    return std::to_string(report.intact) + " of " + std::to_string(report.tensors) + noun +
           " intact, the names of others are lost";
  }
  if (report.intact == report.tensors) {
    return (report.tensors == 1 ? "the " : "all ") + std::to_string(report.tensors) + noun +
           " intact";
  }
  return std::to_string(report.intact) + " of " + std::to_string(report.tensors) + noun + " intact";
}

std::unique_ptr<TableReader> open_table(const FileSystem& files, const std::string& path,
                                        VerifyReport& report) {
  try {
    return std::make_unique<TableReader>(files.open(path));
  } catch (const Error& error) {
    if (!is_damage(error)) throw;
    report.damage.push_back({FindingKind::kTable, path, {}, {}, error.message()});
    report.names_lost = true;
    return nullptr;
  }
}

void scan_blocks(const TableReader& table, VerifyReport& report, const EachEntry& each) {
  bool first = true;
  KeyBudget keys(table.file());
  const auto found = [&](const Error& error, std::uint64_t offset) {
    if (!is_damage(error)) throw error;
    report.damage.push_back({FindingKind::kBlock, table.path(), offset, {}, error.message()});
  };
  for (std::size_t i = 0; i < table.block_count(); ++i) {
    const BlockHandle& handle = table.block_handle(i);
    ++report.blocks;
    report.bytes += handle.size + kBlockTrailerSize;
    std::shared_ptr<const TableBlock> block;
    try {
      block = table.block(i);
      keys.take(*block, handle);
    } catch (const Error& error) {
      found(error, handle.offset);
      report.names_lost = true;
      first = false;
      continue;
    }
    for (const TableEntry& entry : block->entries()) {
      each(entry.key, entry.value, first);
      first = false;
    }
  }
  const BlockHandle& metaindex = table.footer().metaindex;
  try {
    TableBlock::read(table.file(), metaindex);
  } catch (const Error& error) {
    found(error, metaindex.offset);
  }
  if (!table.footer().canonical) {
    const std::uint64_t offset = table.file().size() - kFooterSize;
    report.notes.push_back({FindingKind::kUnused,
                            table.path(),
                            offset,
                            {},
                            table.path() + " has a footer (byte " + std::to_string(offset) +
                                ") with bits that no writer sets and no reader uses"});
  }
  report.bytes += metaindex.size + table.footer().index.size + 2 * kBlockTrailerSize + kFooterSize;
}

VerifyReport verify_checkpoint(const FileSystem& files, const CheckpointLocation& location,
                               const Progress& progress) {
  VerifyReport report;
  report.prefix = location.prefix;
  report.note = location.note;
  if (location.format == CheckpointLocation::Format::kV2) {
    report.format = CheckpointFormat::kV2;
    verify_bundle(files, location, report, progress);
  } else {
    report.format = CheckpointFormat::kV1;
    verify_v1(files, location, report, progress);
  }
  return report;
}

VerifyReport verify_checkpoint(const FileSystem& files, const std::string& path,
                               const Progress& progress) {
  CheckpointLocation location;
  try {
    location = locate_checkpoint(files, path);
  } catch (const Error& error) {
    VerifyReport report;
    report.prefix = path;
    report.names_lost = true;
    const bool refused = error.code() == Code::kInvalidArgument;
    if (refused && is_damaged_table(files, path, report)) return report;
    if (!is_damage(error) && !(refused && names_checkpoint(files, path))) throw;
    const std::string file = files.is_file(path + ".index") ? path + ".index" : path;
    report.damage.push_back({FindingKind::kTable, file, {}, {}, error.message()});
    return report;
  }
  return verify_checkpoint(files, location, progress);
}

}  // namespace icecore::inline v0
