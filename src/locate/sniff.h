// What a file is, by its content. Names lie: there are `.pb` files that are text, graphs called
// saved_model.pb and PyTorch's pickles called model.ckpt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <icecore/export.h>

#include "io/file_system.h"

namespace icecore::inline v0 {

enum class Content {
  // TensorFlow's.
  kTable,  // A whole LevelDB table, by the magic number at its end: an .index or a V1 checkpoint.
  kCutTable,  // Begins as TensorFlow's tables do, but has no magic number at its end.
  kGraphDef,
  kMetaGraphDef,
  kSavedModel,
  kTextGraph,
  kTextMetaGraph,
  kTextSavedModel,
  kStateFile,  // The text of a `checkpoint` file.
  kTfRecord,   // Records, among them TensorBoard's event files.
  kTfLite,
  // In the place of a file.
  kEmpty,
  kZeros,  // Nothing but zero bytes.
  kGitLfsPointer,
  kGitAnnexPointer,
  kHtml,
  kXml,
  // Others'.
  kZip,
  kPyTorchZip,
  kNpz,
  kKerasZip,
  kHdf5,
  kPickle,
  kPyTorchPickle,
  kSafetensors,
  kNumpy,
  kOnnx,
  kGzip,
  kTar,
  kArchive,  // bzip2, xz, zstd, 7z, rar.
  kPlainText,
  kUnknown,
};

// Which of TensorFlow's two tables a table is, by its first entry.
enum class TableKind { kV1, kV2Index, kOther };

struct Sniffed {
  Content content = Content::kUnknown;
  std::uint64_t size = 0;  // Bytes of the file.
  // Of kTable and kCutTable.
  TableKind table = TableKind::kOther;
  // Of a git-lfs pointer: the bytes of the file it stands for.
  std::optional<std::uint64_t> expected_size;
  std::string first_bytes;  // Up to eight.
};

// Reads the file's beginning, its end and a few bytes between, never all of it.
ICECORE_API Sniffed sniff(const RandomAccessFile& file);
ICECORE_API Sniffed sniff(const FileSystem& files, const std::string& path);

// GraphDef, MetaGraphDef or SavedModel, binary or text.
ICECORE_API bool is_graph(Content content);

// For people, to stand behind "FILE is ": what it is and, where it isn't TensorFlow's, what to do.
// "a git-lfs pointer, not the file itself (9362 bytes expected): run `git lfs pull`".
ICECORE_API std::string describe(const Sniffed& sniffed);

}  // namespace icecore::inline v0
