#include "ops/lookup/lookup_table.h"

#include <icecore/error.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "ops/array/arguments.h"

namespace icecore::inline v0 {
namespace {

std::string_view item(const Tensor& tensor, std::size_t i) {
  if (tensor.dtype() == DType::kString) return tensor.strings()[i];
  const std::size_t size = dtype_size(tensor.dtype());
  return {reinterpret_cast<const char*>(tensor.bytes().data()) + i * size, size};
}

void set_item(Tensor& tensor, std::size_t i, std::string_view bytes) {
  if (tensor.dtype() == DType::kString) {
    tensor.mutable_strings()[i] = bytes;
    return;
  }
  std::memcpy(tensor.mutable_bytes().data() + i * bytes.size(), bytes.data(), bytes.size());
}

std::string shown(const Tensor& tensor, std::size_t i) {
  if (tensor.dtype() == DType::kString) return tensor.strings()[i];
  if (tensor.dtype() == DType::kInt64) return std::to_string(tensor.values<std::int64_t>()[i]);
  if (tensor.dtype() == DType::kInt32) return std::to_string(tensor.values<std::int32_t>()[i]);
  return "number " + std::to_string(i);
}

}  // namespace

void LookupTable::check_mutable(const char* what) const {
  if (is_mutable_) return;
  throw Error(Code::kUnimplemented, std::string(what) + " isn't supported by the table " + name_ +
                                        ", which is initialized once");
}

void LookupTable::check_initialized() const {
  if (is_mutable_ || is_initialized_) return;
  throw Error(Code::kFailedPrecondition,
              "Table not initialized. The table " + name_ + " needs its initializer run first");
}

void LookupTable::find(const Tensor& keys, const Tensor& missing, Tensor& values) const {
  const std::lock_guard lock(mutex_);
  check_initialized();
  const auto count = static_cast<std::size_t>(keys.num_elements());
  std::string key;
  for (std::size_t i = 0; i < count; ++i) {
    key = item(keys, i);
    const auto found = entries_.find(key);
    set_item(values, i, found == entries_.end() ? item(missing, 0) : found->second.value);
  }
}

std::int64_t LookupTable::size() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::int64_t>(entries_.size());
}

bool LookupTable::is_initialized() const {
  const std::lock_guard lock(mutex_);
  return is_initialized_;
}

std::pair<Tensor, Tensor> LookupTable::entries() const {
  const std::lock_guard lock(mutex_);
  check_initialized();
  std::vector<const Entries::value_type*> all;
  for (const auto& entry : entries_) all.push_back(&entry);
  std::ranges::sort(all, {}, [](const auto* entry) { return entry->second.order; });
  const Shape shape{static_cast<std::int64_t>(all.size())};
  Tensor keys(key_dtype_, shape), values(value_dtype_, shape);
  for (std::size_t i = 0; i < all.size(); ++i) {
    set_item(keys, i, all[i]->first);
    set_item(values, i, all[i]->second.value);
  }
  return {std::move(keys), std::move(values)};
}

void LookupTable::insert(const Tensor& keys, const Tensor& values) {
  check_mutable("Insert");
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < static_cast<std::size_t>(keys.num_elements()); ++i) {
    const auto [place, is_new] = entries_.try_emplace(std::string(item(keys, i)));
    if (is_new) place->second.order = next_++;
    place->second.value = item(values, i);
  }
}

void LookupTable::remove(const Tensor& keys) {
  check_mutable("Remove");
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < static_cast<std::size_t>(keys.num_elements()); ++i) {
    entries_.erase(std::string(item(keys, i)));
  }
}

void LookupTable::import(const Tensor& keys, const Tensor& values) {
  if (!is_mutable_) {
    initialize(keys, values);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    entries_.clear();
  }
  insert(keys, values);
}

void LookupTable::initialize(const Tensor& keys, const Tensor& values) {
  const auto count = static_cast<std::size_t>(keys.num_elements());
  if (count == 0) refuse("keys and values cannot be empty tensors.");
  const std::lock_guard lock(mutex_);
  if (is_initialized_) {
    if (count == entries_.size()) return;
    throw Error(Code::kFailedPrecondition,
                "Table was already initialized with different data: " + name_);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto [place, is_new] = entries_.try_emplace(std::string(item(keys, i)));
    if (is_new) {
      place->second = {std::string(item(values, i)), next_++};
    } else if (place->second.value != item(values, i)) {
      throw Error(Code::kFailedPrecondition,
                  "HashTable has different value for same key. Key " + shown(keys, i) +
                      " has another value and trying to add value " + shown(values, i));
    }
  }
  is_initialized_ = true;
}

std::shared_ptr<LookupTable> table_input(const KernelContext& c) {
  std::shared_ptr<LookupTable> table;
  if (c.node().inputs().at(0).dtype == DType::kResource) {
    const auto objects = c.input(0).objects();
    if (objects.size() == 1) table = std::dynamic_pointer_cast<LookupTable>(objects[0]);
    if (table == nullptr) refuse_handle(c);
    return table;
  }
  const auto [container, name] = read_string_handle(c);
  table = c.services().session->find<LookupTable>(container, name);
  if (table == nullptr) {
    throw Error(Code::kNotFound,
                "'" + c.node().name() + "': there is no table " + container + "/" + name);
  }
  return table;
}

void check_table_types(const LookupTable& table, DType key, DType value) {
  if (table.key_dtype() == key && table.value_dtype() == value) return;
  refuse("Conflicting key/value dtypes " + to_string(key) + "->" + to_string(value) + " with " +
         to_string(table.key_dtype()) + "-" + to_string(table.value_dtype()) + " for table " +
         table.name());
}

void check_same_shape(const Tensor& keys, const Tensor& values) {
  if (keys.shape() == values.shape()) return;
  refuse("Expected shape " + to_string(keys.shape()) + " for value, got " +
         to_string(values.shape()));
}

}  // namespace icecore::inline v0
