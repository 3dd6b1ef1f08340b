#include "checkpoint/data_files.h"

#include <icecore/error.h>

#include "locate/file_name.h"
#include "locate/sniff.h"

namespace icecore::inline v0 {

std::string DataFiles::path(std::uint32_t shard) const {
  return data_file_name(prefix_, shard, num_shards_);
}

std::shared_ptr<const RandomAccessFile> DataFiles::open(std::uint32_t shard) const {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<const RandomAccessFile>& file = open_[shard];
  if (file != nullptr) return file;
  try {
    file = files_.open(path(shard));
  } catch (const Error& error) {
    if (error.code() != Code::kNotFound) throw;
    throw Error(Code::kNotFound, "shard " + std::to_string(shard) + " of " +
                                     std::to_string(num_shards_) + " missing: " + path(shard));
  }
  return file;
}

std::shared_ptr<const RandomAccessFile> DataFiles::open_for(const BundleEntry& entry) const {
  auto file = open(entry.shard);
  if (entry.offset > file->size() || entry.size > file->size() - entry.offset) {
    const std::string foreign = foreign_content(*file);
    if (!foreign.empty()) {
      throw Error(Code::kOutOfRange,
                  file->path() + " is no data file of a checkpoint: it is " + foreign);
    }
    throw Error(Code::kOutOfRange, file->path() + " has only " + std::to_string(file->size()) +
                                       " bytes (interrupted copy?), but the values are to be at " +
                                       range_text(entry));
  }
  return file;
}

std::string foreign_content(const RandomAccessFile& file) {
  const Sniffed sniffed = sniff(file);
  switch (sniffed.content) {
    case Content::kGitLfsPointer:
    case Content::kGitAnnexPointer:
    case Content::kHtml:
    case Content::kXml:
    case Content::kZip:
    case Content::kPyTorchZip:
    case Content::kNpz:
    case Content::kKerasZip:
    case Content::kHdf5:
    case Content::kPyTorchPickle:
    case Content::kSafetensors:
    case Content::kNumpy:
    case Content::kGzip:
    case Content::kTar:
    case Content::kArchive:
    case Content::kTable:  // The .index, copied over it.
      return describe(sniffed);
    default:  // Unknown, or by signs that values may bear too.
      return "";
  }
}

std::string foreign_note(const RandomAccessFile& file) {
  const std::string foreign = foreign_content(file);
  return foreign.empty() ? "" : "; the file is " + foreign;
}

std::string range_text(const BundleEntry& entry) {
  return "bytes " + std::to_string(entry.offset) + " to " +
         std::to_string(entry.offset + entry.size);
}

}  // namespace icecore::inline v0
