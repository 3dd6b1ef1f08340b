// Writes a V2 checkpoint, byte for byte as TensorFlow writes it.
#pragma once

#include <icecore/export.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>
#include <icecore/tensor_slice.h>

#include <memory>
#include <string>

namespace icecore::inline v0 {

class FileSystem;

// One shard. Values go to `PREFIX.data-00000-of-00001` in the order of add(), names to
// `PREFIX.index` sorted. Both appear under temporary names and are renamed by finish(), data first,
// after they were synced; a writer dropped before leaves nothing behind.
//
// Over a checkpoint of the same prefix: the old files have second names (PREFIX.icecore-previous.…)
// until both new ones are in place, so that Checkpoint::open() finds the old checkpoint or the new
// one, wherever finish() is cut off.
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
  // A part of a tensor of shape `full_shape`, as SaveV2 writes a partitioned variable. A part that
  // covers it all is stored as the whole tensor. INVALID_ARGUMENT where the part doesn't fit the
  // tensor, or shape and dtype aren't those of the parts before.
  void add_slice(const std::string& name, const Shape& full_shape, const TensorSlice& slice,
                 const Tensor& part);
  void finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace icecore::inline v0
