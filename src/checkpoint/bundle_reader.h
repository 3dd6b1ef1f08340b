// Reads V2 checkpoints.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checkpoint/bundle_entry.h"
#include "checkpoint/checkpoint_reader.h"
#include "checkpoint/data_files.h"
#include "io/file_system.h"
#include "locate/locate.h"

namespace icecore::inline v0 {

// Opening reads the whole index and no data file. The file system must outlive the reader. Sources
// that it gives keep it alive, so it is held by a shared_ptr.
class BundleReader final : public CheckpointReader,
                           public std::enable_shared_from_this<BundleReader> {
 public:
  BundleReader(const FileSystem& files, const CheckpointLocation& location);

  CheckpointFormat format() const override { return CheckpointFormat::kV2; }
  const std::string& prefix() const override { return prefix_; }
  const std::string& note() const override { return note_; }
  const std::vector<VariableInfo>& variables() const override { return variables_; }

  Tensor read(const VariableInfo& variable, const TensorSlice* slice) const override;
  ByteSource source(const VariableInfo& variable, const TensorSlice* slice) const override;
  std::uint64_t string_bytes(const VariableInfo& variable) const override;

 private:
  // An entry that holds values, and which of the variable's elements they are.
  struct Part {
    TensorSlice slice;
    const BundleEntry* entry;
  };
  Part stored_part(const VariableInfo& variable, const TensorSlice& slice) const;
  std::vector<Part> parts_for(const VariableInfo& variable, const TensorSlice& target) const;
  void read_part(const VariableInfo& variable, const Part& part, std::span<std::byte> out) const;
  void read_part(const VariableInfo& variable, const Part& part, std::span<std::string> out) const;
  void read_into(const VariableInfo& variable, const TensorSlice& target,
                 const std::vector<Part>& parts, std::span<std::byte> out) const;

  std::string prefix_;
  std::string note_;
  BundleHeader header_;
  std::vector<VariableInfo> variables_;
  std::vector<BundleEntry> entries_;                         // One a variable.
  std::vector<std::pair<std::string, BundleEntry>> slices_;  // By key.
  std::unique_ptr<DataFiles> data_;
};

}  // namespace icecore::inline v0
