// Reads V1 checkpoints.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "checkpoint/checkpoint_reader.h"
#include "checkpoint/table_reader.h"
#include "checkpoint/v1_meta.h"
#include "io/file_system.h"
#include "locate/locate.h"

namespace icecore::inline v0 {

// One table file, or several of a sharded checkpoint, whose lists of tensors are joined. Sources
// keep the reader alive, so it is held by a shared_ptr.
class V1Reader final : public CheckpointReader, public std::enable_shared_from_this<V1Reader> {
 public:
  V1Reader(const FileSystem& files, const CheckpointLocation& location);

  CheckpointFormat format() const override { return CheckpointFormat::kV1; }
  const std::string& prefix() const override { return prefix_; }
  const std::string& note() const override { return note_; }
  const std::vector<VariableInfo>& variables() const override { return variables_; }

  Tensor read(const VariableInfo& variable, const TensorSlice* slice) const override;
  ByteSource source(const VariableInfo& variable, const TensorSlice* slice) const override;
  std::uint64_t string_bytes(const VariableInfo& variable) const override;

 private:
  struct Stored {
    std::vector<TensorSlice> slices;
    std::vector<const TableReader*> tables;  // One a slice: where it lies.
  };
  struct Part {
    TensorSlice slice;
    const TableReader* table;
    std::size_t block_number;  // Where its values are in the table.
    std::size_t entry_number;
  };
  std::vector<Part> parts_for(const VariableInfo& variable, const TensorSlice& target) const;
  // Finds the values; `size` is theirs.
  Part find(const VariableInfo& variable, const TensorSlice& slice, const TableReader& table,
            std::uint64_t& size) const;
  // Gives the part's TensorProto to `use`; what it throws gets the variable's name and file.
  template <typename Use>
  void with_values(const VariableInfo& variable, const Part& part, const Use& use) const;
  void read_into(const VariableInfo& variable, const TensorSlice& target,
                 const std::vector<Part>& parts, std::span<std::byte> out) const;

  std::string prefix_;
  std::string note_;
  std::vector<std::unique_ptr<TableReader>> tables_;
  std::vector<VariableInfo> variables_;
  std::vector<Stored> stored_;  // One a variable.
};

}  // namespace icecore::inline v0
