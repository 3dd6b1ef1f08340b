#include "checkpoint/bundle_reader.h"

#include <icecore/error.h>

#include <algorithm>

#include "base/bools.h"
#include "base/byte_order.h"
#include "base/quoted.h"
#include "checkpoint/bundle_strings.h"
#include "checkpoint/ordered_code.h"
#include "checkpoint/slice_assembly.h"
#include "checkpoint/table_reader.h"
#include "io/large_read.h"

namespace icecore::inline v0 {
namespace {

// Names a slice for people, whose own key is binary.
std::string readable_key(std::string_view key) {
  if (!is_slice_key(key)) return quoted(key);
  const auto parsed = parse_slice_key(key);
  if (!parsed) return "a slice whose key can't be read";
  return quoted(parsed->name) + " " + to_string(parsed->slice);
}

[[noreturn]] void damaged(const VariableInfo& variable, const std::string& prefix,
                          const std::string& what) {
  throw Error(Code::kDataLoss,
              prefix + ".index is damaged: " + quoted(variable.name) + ": " + what);
}

}  // namespace

BundleReader::BundleReader(const FileSystem& files, const CheckpointLocation& location)
    : prefix_(location.prefix), note_(location.note) {
  const TableReader table(files.open(location.tables.at(0)));
  bool has_header = false;
  table.scan([&](std::string_view key, std::string_view value) {
    if (!has_header) {
      if (!key.empty()) {
        throw Error(Code::kDataLoss, table.path() + " has no header: it is no checkpoint's index");
      }
      header_ = parse_bundle_header(value, table.path());
      has_header = true;
      return;
    }
    BundleEntry entry;
    try {
      entry = parse_bundle_entry(value, header_);
    } catch (const Error& error) {
      throw error.with_context(table.path() + " is damaged: " + readable_key(key));
    }
    if (is_slice_key(key)) {
      slices_.emplace_back(key, std::move(entry));
      return;
    }
    variables_.push_back({std::string(key), entry.dtype, entry.shape,
                          fixed_size(entry.dtype, entry.shape), entry.sliced()});
    entries_.push_back(std::move(entry));
  });
  if (!has_header) {
    throw Error(Code::kDataLoss, table.path() + " has no header: it is no checkpoint's index");
  }
  data_ = std::make_unique<DataFiles>(files, prefix_, header_.num_shards);
}

BundleReader::Part BundleReader::stored_part(const VariableInfo& variable,
                                             const TensorSlice& slice) const {
  const std::string key = slice_key(variable.name, slice);
  const auto found =
      std::ranges::lower_bound(slices_, key, {}, &std::pair<std::string, BundleEntry>::first);
  if (found == slices_.end() || found->first != key) {
    damaged(variable, prefix_, "its part " + to_string(slice) + " has no entry");
  }
  const BundleEntry& entry = found->second;
  if (entry.sliced() || entry.dtype != variable.dtype ||
      entry.shape != slice.apply(variable.shape)) {
    damaged(variable, prefix_,
            "its part " + to_string(slice) + " is " + to_string(entry.dtype) + " " +
                to_string(entry.shape) + ", which doesn't fit");
  }
  return {slice, &entry};
}

std::vector<BundleReader::Part> BundleReader::parts_for(const VariableInfo& variable,
                                                        const TensorSlice& target) const {
  if (variable.dtype == DType::kVariant) {
    throw Error(Code::kUnimplemented, quoted(variable.name) + " in " + prefix_ +
                                          " holds variants, whose values aren't read");
  }
  const BundleEntry& entry = entries_[number_of(variable)];
  std::vector<Part> parts;
  if (!entry.sliced()) {
    parts.push_back({TensorSlice::full(variable.shape.rank()), &entry});
  } else {
    for (const std::size_t i : parts_of(variable.shape, entry.slices, target, variable.name)) {
      parts.push_back(stored_part(variable, entry.slices[i]));
    }
  }
  // From here on the data files hold every byte that is allocated.
  std::vector<const BundleEntry*> entries;
  for (const Part& part : parts) {
    try {
      data_->open_for(*part.entry);
    } catch (const Error& error) {
      throw error.with_context("can't read " + quoted(variable.name));
    }
    entries.push_back(part.entry);
  }
  if (ranges_overlap(std::move(entries))) {
    damaged(variable, prefix_, "two of its parts share bytes of the data file");
  }
  std::vector<TensorSlice> slices;
  for (const Part& part : parts) slices.push_back(part.slice);
  check_cover(variable.shape, slices, target, variable.name);
  return parts;
}

void BundleReader::read_part(const VariableInfo& variable, const Part& part,
                             std::span<std::byte> out) const {
  const auto file = data_->open_for(*part.entry);
  const std::uint32_t crc = read_with_crc(*file, part.entry->offset, out);
  if (crc != part.entry->crc) {
    throw Error(Code::kDataLoss, quoted(variable.name) + " in " + file->path() + " is damaged (" +
                                     range_text(*part.entry) + "): " +
                                     checksum_mismatch(part.entry->crc, crc) + foreign_note(*file));
  }
  if (header_.big_endian) swap_byte_order(out, dtype_swap_unit(variable.dtype));
}

void BundleReader::read_part(const VariableInfo& variable, const Part& part,
                             std::span<std::string> out) const {
  const auto file = data_->open_for(*part.entry);
  try {
    read_strings(*file, *part.entry, header_.big_endian, out);
  } catch (const Error& error) {
    throw Error(error.code(), quoted(variable.name) + " in " + file->path() + " is damaged (" +
                                  range_text(*part.entry) + "): " + error.message() +
                                  foreign_note(*file));
  }
}

void BundleReader::read_into(const VariableInfo& variable, const TensorSlice& target,
                             const std::vector<Part>& parts, std::span<std::byte> out) const {
  if (parts.size() == 1 && same_region(parts[0].slice, target, variable.shape)) {
    read_part(variable, parts[0], out);
    return;
  }
  for (const Part& part : parts) {
    Tensor values(variable.dtype, part.entry->shape);
    read_part(variable, part, values.mutable_bytes());
    copy_shared(variable.shape, part.slice, values.bytes(), target, out,
                dtype_size(variable.dtype));
  }
}

Tensor BundleReader::read(const VariableInfo& variable, const TensorSlice* slice) const {
  const TensorSlice target = slice != nullptr ? *slice : TensorSlice::full(variable.shape.rank());
  const Shape shape = target.apply(variable.shape);
  const std::vector<Part> parts = parts_for(variable, target);
  Tensor tensor(variable.dtype, shape);
  if (variable.dtype != DType::kString) {
    read_into(variable, target, parts, tensor.mutable_bytes());
    if (variable.dtype == DType::kBool) normalise_bools(tensor.mutable_bytes());
    return tensor;
  }
  const std::span<std::string> out = tensor.mutable_strings();
  if (parts.size() == 1 && same_region(parts[0].slice, target, variable.shape)) {
    read_part(variable, parts[0], out);
    return tensor;
  }
  for (const Part& part : parts) {
    std::vector<std::string> items(part.entry->num_elements());
    read_part(variable, part, items);
    move_shared(variable.shape, part.slice, items, target, out);
  }
  return tensor;
}

ByteSource BundleReader::source(const VariableInfo& variable, const TensorSlice* slice) const {
  const TensorSlice target = slice != nullptr ? *slice : TensorSlice::full(variable.shape.rank());
  const Shape shape = target.apply(variable.shape);
  const auto size = fixed_size(variable.dtype, shape);
  if (!size) {
    throw Error(Code::kInvalidArgument, quoted(variable.name) + " has values of no fixed size: " +
                                            to_string(variable.dtype));
  }
  const std::vector<Part> parts = parts_for(variable, target);
  const bool needs_swap = header_.big_endian && dtype_swap_unit(variable.dtype) > 1;
  if (!needs_swap && parts.size() == 1 && same_region(parts[0].slice, target, variable.shape)) {
    const BundleEntry& entry = *parts[0].entry;
    return ByteSource::file(data_->open_for(entry), entry.offset, entry.size, entry.crc,
                            quoted(variable.name));
  }
  return ByteSource::deferred(*size, [self = shared_from_this(), number = number_of(variable),
                                      target, parts, size = *size] {
    std::string bytes(size, '\0');
    self->read_into(self->variables_[number], target, parts,
                    std::as_writable_bytes(std::span(bytes)));
    return bytes;
  });
}

std::uint64_t BundleReader::string_bytes(const VariableInfo& variable) const {
  std::uint64_t sum = 0;
  for (const Part& part : parts_for(variable, TensorSlice::full(variable.shape.rank()))) {
    const auto file = data_->open_for(*part.entry);
    try {
      sum += read_string_lengths(*file, *part.entry, header_.big_endian).items_size;
    } catch (const Error& error) {
      throw Error(error.code(), quoted(variable.name) + " in " + file->path() + " is damaged (" +
                                    range_text(*part.entry) + "): " + error.message() +
                                    foreign_note(*file));
    }
  }
  return sum;
}

}  // namespace icecore::inline v0
