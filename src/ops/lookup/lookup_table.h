// A table from keys to values, both scalars of some dtype.
#pragma once

#include <icecore/kernel.h>
#include <icecore/tensor.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "ops/data_flow/step_handle.h"

namespace icecore::inline v0 {

// Thread-safe. Keys and values are kept as their bytes, so that one class serves all dtypes.
class LookupTable : public StepObject {
 public:
  // One that isn't mutable gets its values once, by initialize().
  LookupTable(std::string name, DType key_dtype, DType value_dtype, bool is_mutable)
      : name_(std::move(name)),
        key_dtype_(key_dtype),
        value_dtype_(value_dtype),
        is_mutable_(is_mutable) {}

  const std::string& name() const { return name_; }
  DType key_dtype() const { return key_dtype_; }
  DType value_dtype() const { return value_dtype_; }

  // The values of `keys` in `values`, which has their shape; `missing` of those that aren't there.
  // FAILED_PRECONDITION where the table wasn't initialized.
  void find(const Tensor& keys, const Tensor& missing, Tensor& values) const;
  std::int64_t size() const;
  // All keys, and their values in the same order, the one in which they came.
  std::pair<Tensor, Tensor> entries() const;

  // UNIMPLEMENTED where the table isn't mutable.
  void insert(const Tensor& keys, const Tensor& values);
  void remove(const Tensor& keys);
  // Replaces everything; of a table that isn't mutable it is initialize().
  void import(const Tensor& keys, const Tensor& values);
  // FAILED_PRECONDITION where a key comes twice with different values, or where the table has other
  // values already, of which only the count is looked at, as in TensorFlow.
  void initialize(const Tensor& keys, const Tensor& values);
  bool is_initialized() const;

 private:
  struct Entry {
    std::string value;
    std::uint64_t order = 0;
  };
  using Entries = std::unordered_map<std::string, Entry>;

  void check_mutable(const char* what) const;
  void check_initialized() const;

  mutable std::mutex mutex_;
  std::string name_;
  DType key_dtype_, value_dtype_;
  bool is_mutable_, is_initialized_ = false;
  std::uint64_t next_ = 0;
  Entries entries_;
};

// The table that input 0 names or refers to.
std::shared_ptr<LookupTable> table_input(const KernelContext& c);
// INVALID_ARGUMENT where the table has other dtypes.
void check_table_types(const LookupTable& table, DType key, DType value);
// INVALID_ARGUMENT where keys and values aren't as many.
void check_same_shape(const Tensor& keys, const Tensor& values);

}  // namespace icecore::inline v0
