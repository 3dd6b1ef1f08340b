// Reads TensorFlow's checkpoints: V1 and V2, sharded, sliced, object-based; either byte order.
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>
#include <icecore/tensor_slice.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

class CheckpointReader;
class FileSystem;

enum class CheckpointFormat {
  kV1,  // Table files that hold the tensors themselves.
  kV2,  // A table of entries (.index) beside data files (.data-00000-of-00001).
};

// What the checkpoint says of one variable, without reading its values.
struct ICECORE_API VariableInfo {
  std::string name;
  DType dtype = DType::kInvalid;
  Shape shape;
  // Bytes of the values; of a string tensor nothing, until it is read (Checkpoint::byte_size).
  std::optional<std::uint64_t> bytes;
  // Stored in parts (a partitioned variable); reading puts them together.
  bool sliced = false;
};

// An open checkpoint. Opening reads the table of names only; each read() reads one tensor and
// verifies its checksum. Cheap to copy (copies share the open files).
//
// Threads: const functions may be called from any thread.
class ICECORE_API Checkpoint {
 public:
  // `path` may be anything that names a checkpoint: the prefix ("run/model.ckpt-1000"), one of its
  // files (.index, .data-00000-of-00001, .meta, a V1 file or its shards' pattern), the `checkpoint`
  // file, or a folder (its latest checkpoint). Formats are told apart by content.
  //
  // NOT_FOUND where nothing fits (the message lists what is there); INVALID_ARGUMENT where the
  // bytes are something else (the message says what); DATA_LOSS where the table is damaged.
  static Checkpoint open(const std::string& path);
  // The file system must outlive the checkpoint and whatever was made of it.
  static Checkpoint open(FileSystem& files, const std::string& path);

  CheckpointFormat format() const;
  // The prefix that was opened.
  const std::string& prefix() const&;
  // One sentence where `path` was not that prefix itself: what was chosen and why; else empty.
  const std::string& note() const&;

  // Sorted by name (byte order), as NewCheckpointReader lists them.
  std::span<const VariableInfo> variables() const&;
  const VariableInfo* find(std::string_view name) const&;
  // These refer to the checkpoint: a temporary one would be gone before they were used, as in
  // `for (auto& v : Checkpoint::open(path).variables())`. Give it a name first.
  const std::string& prefix() const&& = delete;
  const std::string& note() const&& = delete;
  std::span<const VariableInfo> variables() const&& = delete;
  const VariableInfo* find(std::string_view name) const&& = delete;
  bool contains(std::string_view name) const { return find(name) != nullptr; }

  // NOT_FOUND (the nearest names are offered), DATA_LOSS (checksums), OUT_OF_RANGE (a data file
  // that ends early), UNIMPLEMENTED (variants).
  Tensor read(std::string_view name) const;
  // A part of it. INVALID_ARGUMENT where the slice doesn't fit, or the stored parts don't cover it.
  Tensor read(std::string_view name, const TensorSlice& slice) const;
  // Bytes of the values; reads the lengths of a string tensor's items.
  std::uint64_t byte_size(std::string_view name) const;

  // For the modules above; not part of the installed API's promises.
  const CheckpointReader& reader() const { return *reader_; }

 private:
  explicit Checkpoint(std::shared_ptr<const CheckpointReader> reader);
  std::shared_ptr<const CheckpointReader> reader_;
};

// tf.train.load_checkpoint, list_variables, load_variable. `path` is anything that
// Checkpoint::open() takes. A name may end in ":0".
ICECORE_API Checkpoint load_checkpoint(const std::string& path);
ICECORE_API std::vector<VariableInfo> list_variables(const std::string& path);
ICECORE_API Tensor load_variable(const std::string& path, std::string_view name);

}  // namespace icecore::inline v0
