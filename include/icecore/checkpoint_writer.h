// Writes a V2 checkpoint, byte for byte as TensorFlow writes it.
#pragma once

#include <icecore/export.h>
#include <icecore/tensor.h>

#include <memory>
#include <string>

namespace icecore::inline v0 {

class FileSystem;

// One shard of whole tensors. Values go to `PREFIX.data-00000-of-00001` in the order of add(),
// names to `PREFIX.index` sorted. Both appear under temporary names and are renamed by finish(),
// data first, after they were synced; a writer dropped before leaves nothing behind.
//
// Not thread-safe.
class ICECORE_API CheckpointWriter {
 public:
  // The folder of `prefix` is made if missing (one level, as TensorFlow does).
  explicit CheckpointWriter(const std::string& prefix);
  CheckpointWriter(FileSystem& files, const std::string& prefix);
  ~CheckpointWriter();
  CheckpointWriter(CheckpointWriter&&) noexcept;
  CheckpointWriter& operator=(CheckpointWriter&&) noexcept;

  // INVALID_ARGUMENT for an empty name, one that begins with a zero byte (where the format keeps
  // its slices) and one that was added already. After any other failure the writer is given up.
  void add(const std::string& name, const Tensor& tensor);
  void finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace icecore::inline v0
