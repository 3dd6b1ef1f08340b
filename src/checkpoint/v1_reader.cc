#include "checkpoint/v1_reader.h"

#include <icecore/error.h>

#include <algorithm>
#include <map>

#include "base/quoted.h"
#include "checkpoint/bundle_entry.h"
#include "checkpoint/ordered_code.h"
#include "checkpoint/slice_assembly.h"
#include "checkpoint/v1_values.h"

namespace icecore::inline v0 {
namespace {

// Of decoded blocks, in all tables: tensors needn't be read in the order in which they lie.
constexpr std::size_t kKeptBytes = std::size_t{64} << 20;

bool is_sliced(const VariableInfo& variable, const std::vector<TensorSlice>& slices) {
  return slices.size() != 1 ||
         !same_region(slices[0], TensorSlice::full(variable.shape.rank()), variable.shape);
}

}  // namespace

V1Reader::V1Reader(const FileSystem& files, const CheckpointLocation& location)
    : prefix_(location.prefix), note_(location.note) {
  struct Joined {
    V1Tensor tensor;
    std::vector<const TableReader*> tables;
  };
  std::map<std::string, Joined> joined;
  for (const std::string& path : location.tables) {
    tables_.push_back(
        std::make_unique<TableReader>(files.open(path), kKeptBytes / location.tables.size()));
    const TableReader& table = *tables_.back();
    const auto meta = table.find("");
    if (!meta) {
      throw Error(Code::kDataLoss,
                  path + " has no list of tensors: it is a table, but no V1 checkpoint");
    }
    for (V1Tensor& tensor : parse_v1_meta(meta->value, path)) {
      Joined& all = joined[tensor.name];
      all.tables.insert(all.tables.end(), tensor.slices.size(), &table);
      if (all.tensor.dtype == DType::kInvalid) {
        all.tensor = std::move(tensor);
        continue;
      }
      if (all.tensor.dtype != tensor.dtype || all.tensor.shape != tensor.shape) {
        throw Error(Code::kDataLoss, path + " says that " + quoted(tensor.name) + " is " +
                                         to_string(tensor.dtype) + " " + to_string(tensor.shape) +
                                         ", another part of the checkpoint that it is " +
                                         to_string(all.tensor.dtype) + " " +
                                         to_string(all.tensor.shape));
      }
      std::ranges::move(tensor.slices, std::back_inserter(all.tensor.slices));
    }
  }
  for (auto& [name, all] : joined) {
    VariableInfo variable{name, all.tensor.dtype, std::move(all.tensor.shape), {}, false};
    variable.bytes = fixed_size(variable.dtype, variable.shape);
    variable.sliced = is_sliced(variable, all.tensor.slices);
    variables_.push_back(std::move(variable));
    stored_.push_back({std::move(all.tensor.slices), std::move(all.tables)});
  }
}

V1Reader::Part V1Reader::find(const VariableInfo& variable, const TensorSlice& slice,
                              const TableReader& table, std::uint64_t& size) const {
  const auto found = table.find(slice_key(variable.name, slice));
  if (!found) {
    throw Error(Code::kDataLoss, table.path() + " is damaged: it lists the part " +
                                     to_string(slice) + " of " + quoted(variable.name) +
                                     " but doesn't hold it");
  }
  size = found->value.size();
  return {slice, &table, found->block_number, found->entry_number};
}

std::vector<V1Reader::Part> V1Reader::parts_for(const VariableInfo& variable,
                                                const TensorSlice& target) const {
  const Stored& stored = stored_[number_of(variable)];
  std::vector<Part> parts;
  std::vector<TensorSlice> slices;
  for (const std::size_t i : parts_of(variable.shape, stored.slices, target, variable.name)) {
    const TensorSlice& slice = stored.slices[i];
    std::uint64_t size = 0;
    parts.push_back(find(variable, slice, *stored.tables[i], size));
    slices.push_back(slice);
    // What is allocated from here on is in the files.
    const auto elements = static_cast<std::uint64_t>(*slice.apply(variable.shape).num_elements());
    if (least_v1_size(variable.dtype, elements) > size) {
      throw Error(Code::kDataLoss, stored.tables[i]->path() +
                                       " is damaged: " + quoted(variable.name) + " has " +
                                       std::to_string(elements) + " elements in an " + "entry of " +
                                       std::to_string(size) + " bytes");
    }
  }
  check_cover(variable.shape, slices, target, variable.name);
  return parts;
}

template <typename Use>
void V1Reader::with_values(const VariableInfo& variable, const Part& part, const Use& use) const {
  const auto block = part.table->block(part.block_number);
  try {
    use(parse_v1_slice(block->entries()[part.entry_number].value, variable.name, part.slice));
  } catch (const Error& error) {
    throw error.with_context(quoted(variable.name) + " in " + part.table->path() + " is damaged");
  }
}

void V1Reader::read_into(const VariableInfo& variable, const TensorSlice& target,
                         const std::vector<Part>& parts, std::span<std::byte> out) const {
  for (const Part& part : parts) {
    with_values(variable, part, [&](std::string_view message) {
      if (parts.size() == 1 && same_region(part.slice, target, variable.shape)) {
        decode_v1_values(message, variable.dtype, out);
        return;
      }
      Tensor values(variable.dtype, part.slice.apply(variable.shape));
      decode_v1_values(message, variable.dtype, values.mutable_bytes());
      copy_shared(variable.shape, part.slice, values.bytes(), target, out,
                  dtype_size(variable.dtype));
    });
  }
}

Tensor V1Reader::read(const VariableInfo& variable, const TensorSlice* slice) const {
  const TensorSlice target = slice != nullptr ? *slice : TensorSlice::full(variable.shape.rank());
  const Shape shape = target.apply(variable.shape);
  const std::vector<Part> parts = parts_for(variable, target);
  Tensor tensor(variable.dtype, shape);
  if (variable.dtype != DType::kString) {
    read_into(variable, target, parts, tensor.mutable_bytes());
    return tensor;
  }
  const std::span<std::string> out = tensor.mutable_strings();
  if (parts.size() == 1 && same_region(parts[0].slice, target, variable.shape)) {
    with_values(variable, parts[0],
                [&](std::string_view message) { decode_v1_strings(message, out); });
    return tensor;
  }
  for (const Part& part : parts) {
    std::vector<std::string> items(
        static_cast<std::size_t>(*part.slice.apply(variable.shape).num_elements()));
    with_values(variable, part,
                [&](std::string_view message) { decode_v1_strings(message, items); });
    move_shared(variable.shape, part.slice, items, target, out);
  }
  return tensor;
}

ByteSource V1Reader::source(const VariableInfo& variable, const TensorSlice* slice) const {
  const TensorSlice target = slice != nullptr ? *slice : TensorSlice::full(variable.shape.rank());
  const auto size = fixed_size(variable.dtype, target.apply(variable.shape));
  if (!size) {
    throw Error(Code::kInvalidArgument, quoted(variable.name) + " has values of no fixed size: " +
                                            to_string(variable.dtype));
  }
  return ByteSource::deferred(
      *size, [self = shared_from_this(), number = number_of(variable), target, size = *size] {
        const VariableInfo& own = self->variables_[number];
        const std::vector<Part> parts = self->parts_for(own, target);
        std::string bytes(size, '\0');
        self->read_into(own, target, parts, std::as_writable_bytes(std::span(bytes)));
        return bytes;
      });
}

std::uint64_t V1Reader::string_bytes(const VariableInfo& variable) const {
  std::uint64_t sum = 0;
  for (const Part& part : parts_for(variable, TensorSlice::full(variable.shape.rank()))) {
    with_values(variable, part, [&](std::string_view message) {
      const V1StringSizes sizes = v1_string_sizes(message);
      const Shape shape = part.slice.apply(variable.shape);
      if (sizes.count != static_cast<std::uint64_t>(*shape.num_elements())) {
        throw Error(Code::kDataLoss, "its values are not as many as its slice has elements");
      }
      sum += sizes.bytes;
    });
  }
  return sum;
}

}  // namespace icecore::inline v0
