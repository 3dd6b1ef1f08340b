#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>

#include <exception>
#include <map>
#include <optional>

#include "base/crc32c.h"
#include "checkpoint/bundle_entry.h"
#include "checkpoint/bundle_strings.h"
#include "checkpoint/ordered_code.h"
#include "checkpoint/table_writer.h"
#include "io/atomic_file.h"
#include "io/file_system.h"
#include "locate/file_name.h"

namespace icecore::inline v0 {
namespace {

// TensorFlow makes the folder, though not the one above it.
void create_folder_of(FileSystem& files, const std::string& path) {
  const std::string folder = folder_of(path);
  if (!folder.empty() && !files.is_folder(folder)) files.create_folder(folder);
}

}  // namespace

class CheckpointWriter::Impl {
 public:
  Impl(FileSystem& files, const std::string& prefix)
      : files_(files), index_path_(prefix + ".index"), data_path_(data_file_name(prefix, 0, 1)) {
    create_folder_of(files, prefix);
    data_.emplace(files, data_path_);
  }

  void add(const std::string& name, const Tensor& tensor) {
    check_open();
    if (name.empty() || is_slice_key(name)) {
      throw Error(Code::kInvalidArgument,
                  name.empty() ? "a variable in a checkpoint needs a name"
                               : "the name of a variable can't begin with a zero byte");
    }
    if (entries_.contains(name)) {
      throw Error(Code::kInvalidArgument, "'" + name + "' was added already");
    }
    try {
      append(name, tensor);
    } catch (...) {
      // Some of the bytes may have been written: what follows would lie elsewhere than its entry
      // says.
      data_.reset();
      throw;
    }
  }

  void finish() {
    check_open();
    try {
      AtomicFile index(files_, index_path_);
      TableWriter table([&](std::span<const std::byte> bytes) { index.write(bytes); });
      table.add("", encode_bundle_header());
      for (const auto& [name, entry] : entries_) table.add(name, entry);
      table.finish();
      // A crash in between leaves data without an index, or with an older one whose checksums tell.
      data_->commit(Durability::kSync);
      index.commit(Durability::kSync);
    } catch (...) {
      if (data_->is_in_place()) remove_data_without_index();
      data_.reset();
      throw;
    }
    data_.reset();
  }

 private:
  void append(const std::string& name, const Tensor& tensor) {
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
    entries_.emplace(name, encode_bundle_entry(entry));
    size_ += entry.size;
  }

  void remove_data_without_index() noexcept {
    try {
      if (!files_.status(index_path_)) files_.remove(data_path_);
    } catch (const std::exception&) {
      // The failure that led here is the one to tell of.
    }
  }

  void check_open() const {
    if (!data_) {
      throw Error(Code::kFailedPrecondition, index_path_ + " was finished, or given up, already");
    }
  }

  FileSystem& files_;
  std::string index_path_;
  std::string data_path_;
  std::optional<AtomicFile> data_;  // Until finished or given up.
  std::uint64_t size_ = 0;
  std::map<std::string, std::string> entries_;
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

void CheckpointWriter::finish() {
  impl_->finish();
}

}  // namespace icecore::inline v0
