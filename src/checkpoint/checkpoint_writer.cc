#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>

#include <exception>
#include <map>
#include <optional>

#include "base/crc32c.h"
#include "checkpoint/bundle_entry.h"
#include "checkpoint/bundle_strings.h"
#include "checkpoint/ordered_code.h"
#include "checkpoint/previous_files.h"
#include "checkpoint/slice_assembly.h"
#include "checkpoint/table_writer.h"
#include "io/atomic_file.h"
#include "io/file_system.h"
#include "io/folders.h"
#include "locate/file_name.h"

namespace icecore::inline v0 {

class CheckpointWriter::Impl {
 public:
  Impl(FileSystem& files, const std::string& prefix)
      : files_(files),
        index_path_(prefix + ".index"),
        data_path_(data_file_name(prefix, 0, 1)),
        previous_(files, prefix) {
    // TensorFlow makes the folder, though not the one above it.
    make_folder(files, folder_of(prefix));
    data_.emplace(files, data_path_);
  }

  void add(const std::string& name, const Tensor& tensor) {
    check_new(name);
    append(name, tensor);
  }

  void add_slice(const std::string& name, const Shape& full_shape, const TensorSlice& slice,
                 const Tensor& part) {
    const Shape shape = slice.apply(full_shape);
    if (shape != part.shape()) {
      throw Error(Code::kInvalidArgument, "the part " + to_string(slice) + " of '" + name +
                                              "' has the shape " + to_string(shape) + ", not " +
                                              to_string(part.shape()));
    }
    const bool is_whole = same_region(slice, TensorSlice::full(full_shape.rank()), full_shape);
    if (is_whole) return add(name, part);
    const auto known = sliced_.find(name);
    if (known == sliced_.end()) {
      check_new(name);
    } else if (known->second.shape != full_shape || known->second.dtype != part.dtype()) {
      throw Error(Code::kInvalidArgument, "'" + name + "' is " +
                                              describe(known->second.dtype, known->second.shape) +
                                              ", but the part " + to_string(slice) + " is of " +
                                              describe(part.dtype(), full_shape));
    }
    const std::string key = slice_key(name, slice);
    if (entries_.contains(key)) {
      throw Error(Code::kInvalidArgument,
                  "the part " + to_string(slice) + " of '" + name + "' was added already");
    }
    append(key, part);
    BundleEntry& whole = sliced_[name];
    whole.dtype = part.dtype();
    whole.shape = full_shape;
    whole.slices.push_back(slice);
  }

  void finish() {
    check_open();
    std::optional<AtomicFile> index;
    try {
      index.emplace(files_, index_path_);
      TableWriter table([&](std::span<const std::byte> bytes) { index->write(bytes); });
      table.add("", encode_bundle_header());
      for (const auto& [name, whole] : sliced_) entries_[name] = encode_bundle_entry(whole);
      for (const auto& [name, entry] : entries_) table.add(name, entry);
      table.finish();
      data_->sync();
      index->sync();
      previous_.keep();
      data_->commit(Durability::kSync);
      index->commit(Durability::kSync);
    } catch (...) {
      give_up(index && index->is_in_place());
      throw;
    }
    previous_.drop();
    data_.reset();
  }

 private:
  static std::string describe(DType dtype, const Shape& shape) {
    return std::string(to_string(dtype)) + " " + to_string(shape);
  }

  void check_new(const std::string& name) const {
    check_open();
    if (name.empty() || is_slice_key(name)) {
      throw Error(Code::kInvalidArgument,
                  name.empty() ? "a variable in a checkpoint needs a name"
                               : "the name of a variable can't begin with a zero byte");
    }
    if (entries_.contains(name) || sliced_.contains(name)) {
      throw Error(Code::kInvalidArgument, "'" + name + "' was added already");
    }
  }

  void append(const std::string& key, const Tensor& tensor) {
    check_open();
    try {
      write(key, tensor);
    } catch (...) {
      // Some of the bytes may have been written: what follows would lie elsewhere than its entry
      // says.
      data_.reset();
      throw;
    }
  }

  void write(const std::string& key, const Tensor& tensor) {
    BundleEntry entry;
    entry.dtype = tensor.dtype();
    entry.shape = tensor.shape();
    entry.offset = size_;
    if (tensor.dtype() == DType::kString) {
      const EncodedStrings encoded = encode_strings(tensor.strings());
      data_->write(encoded.lengths);
      for (const std::string& item : tensor.strings()) data_->write(item);
      entry.size = encoded.size;
      entry.crc = encoded.crc;
    } else {
      data_->write(tensor.bytes());
      entry.size = tensor.bytes().size();
      entry.crc = crc32c(tensor.bytes());
    }
    entries_.emplace(key, encode_bundle_entry(entry));
    size_ += entry.size;
  }

  // Leaves the old checkpoint, or none. Where both new files are in place, and only the folder
  // couldn't be synced, they stay, and so does what was kept of the old ones: a crash of the
  // machine may undo the last step.
  void give_up(bool index_is_in_place) noexcept {
    try {
      if (!data_->is_in_place()) {
        previous_.forget();
      } else if (!files_.status(index_path_)) {
        files_.remove(data_path_);
      } else if (!index_is_in_place) {
        previous_.put_back();
      }
    } catch (const std::exception&) {
      // The failure that led here is the one to tell of.
    }
    data_.reset();
  }

  void check_open() const {
    if (!data_) {
      throw Error(Code::kFailedPrecondition, index_path_ + " was finished, or given up, already");
    }
  }

  FileSystem& files_;
  std::string index_path_;
  std::string data_path_;
  PreviousFiles previous_;
  std::optional<AtomicFile> data_;  // Until finished or given up.
  std::uint64_t size_ = 0;
  std::map<std::string, std::string> entries_;
  std::map<std::string, BundleEntry> sliced_;  // Tensors that are stored in slices.
};

CheckpointWriter::CheckpointWriter(const std::string& prefix)
    : CheckpointWriter(posix_file_system(), prefix) {}

CheckpointWriter::CheckpointWriter(FileSystem& files, const std::string& prefix)
    : impl_(std::make_unique<Impl>(files, prefix)) {}

CheckpointWriter::~CheckpointWriter() = default;
CheckpointWriter::CheckpointWriter(CheckpointWriter&&) noexcept = default;
CheckpointWriter& CheckpointWriter::operator=(CheckpointWriter&&) noexcept = default;

void CheckpointWriter::add(const std::string& name, const Tensor& tensor) {
  impl_->add(name, tensor);
}

void CheckpointWriter::add_slice(const std::string& name, const Shape& full_shape,
                                 const TensorSlice& slice, const Tensor& part) {
  impl_->add_slice(name, full_shape, slice, part);
}

void CheckpointWriter::finish() {
  impl_->finish();
}

}  // namespace icecore::inline v0
