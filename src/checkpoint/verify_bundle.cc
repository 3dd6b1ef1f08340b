#include <icecore/error.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/crc32c.h"
#include "base/quoted.h"
#include "checkpoint/bundle_strings.h"
#include "checkpoint/bundle_variants.h"
#include "checkpoint/data_files.h"
#include "checkpoint/ordered_code.h"
#include "checkpoint/slice_assembly.h"
#include "checkpoint/verify_tables.h"
#include "io/large_read.h"
#include "locate/list_checkpoints.h"

namespace icecore::inline v0 {
namespace {

// An entry of the index, and what was found about it.
struct Checked {
  std::string tensor;                // The variable that it belongs to.
  std::optional<TensorSlice> slice;  // Of a part.
  BundleEntry entry;
  bool intact = true;
  bool used = false;     // A part that its whole lists.
  std::string mismatch;  // Why its values aren't what was saved.

  std::string name() const { return quoted(tensor) + (slice ? " " + to_string(*slice) : ""); }
};

class BundleVerifier {
 public:
  BundleVerifier(const FileSystem& files, const CheckpointLocation& location, VerifyReport& report,
                 const Progress& progress)
      : files_(files), prefix_(location.prefix), index_(location.tables.at(0)), report_(report) {
    progress_ = progress;
  }

  void run() {
    const auto table = open_table(files_, index_, report_);
    if (table == nullptr) return;
    read_index(*table);
    data_.emplace(files_, prefix_, header_.num_shards);
    check_files();
    check_values();
    check_slices();
    count();
  }

 private:
  void damage(FindingKind kind, const std::string& file, std::optional<std::uint64_t> offset,
              std::vector<std::string> tensors, const std::string& message) {
    report_.damage.push_back({kind, file, offset, std::move(tensors), message});
  }

  void read_index(const TableReader& table) {
    bool has_header = false;
    std::vector<std::pair<std::string, std::string>> raw;
    scan_blocks(table, report_, [&](std::string_view key, std::string_view value, bool first) {
      if (!first || !key.empty()) {
        raw.emplace_back(key, value);
        return;
      }
      try {
        header_ = parse_bundle_header(value, index_);
        has_header = true;
      } catch (const Error& error) {
        damage(FindingKind::kHeader, index_, {}, {}, error.message());
      }
    });
    if (!has_header) {
      guess_header();
      if (report_.damage.empty()) {
        damage(FindingKind::kHeader, index_, {}, {},
               index_ + " has no header: it is no checkpoint's index");
      }
    }
    for (const auto& [key, value] : raw) add(key, value);
  }

  // The files' names say how many shards there are, too.
  void guess_header() {
    const auto found = list_checkpoints(files_, folder_of(prefix_));
    if (const auto* checkpoint = find_checkpoint(found, prefix_)) {
      header_.num_shards = checkpoint->shards;
    }
  }

  void add(const std::string& key, const std::string& value) {
    Checked checked;
    checked.tensor = key;
    if (is_slice_key(key)) {
      auto parsed = parse_slice_key(key);
      if (!parsed) {
        damage(FindingKind::kEntry, index_, {}, {},
               index_ + " has a key that begins as a slice's but can't be read");
        return;
      }
      checked.tensor = std::move(parsed->name);
      checked.slice = std::move(parsed->slice);
    }
    try {
      checked.entry = parse_bundle_entry(value, header_);
    } catch (const Error& error) {
      damage(FindingKind::kEntry, index_, {}, {checked.tensor},
             index_ + " is damaged: " + checked.name() + ": " + error.message());
      checked.intact = false;
    }
    (checked.slice ? parts_ : tensors_).emplace(key, std::move(checked));
  }

  template <typename Each>
  void for_each_stored(const Each& each) {
    for (auto* all : {&parts_, &tensors_}) {
      for (auto& [key, checked] : *all) {
        if (checked.intact && !checked.entry.sliced()) each(checked);
      }
    }
  }

  // Each data file's size against the ranges that its entries name.
  void check_files() {
    std::map<std::uint32_t, std::vector<Checked*>> by_shard;
    for_each_stored([&](Checked& checked) { by_shard[checked.entry.shard].push_back(&checked); });
    for (auto& [shard, all] : by_shard) {
      std::ranges::sort(all, {}, [](const Checked* checked) {
        return std::pair(checked->entry.offset, checked->entry.size);
      });
      check_file(shard, all);
    }
  }

  void check_file(std::uint32_t shard, const std::vector<Checked*>& all) {
    std::shared_ptr<const RandomAccessFile> file;
    try {
      file = data_->open(shard);
    } catch (const Error& error) {
      if (error.code() != Code::kNotFound) throw;
      damage(FindingKind::kMissingShard, data_->path(shard), {}, fail(all, 0), error.message());
      return;
    }
    std::uint64_t end = 0, gaps = 0;
    const Checked* last = nullptr;
    for (const Checked* checked : all) {
      const BundleEntry& entry = checked->entry;
      if (entry.size == 0) continue;
      if (entry.offset < end) {
        report_.notes.push_back({FindingKind::kShared,
                                 file->path(),
                                 entry.offset,
                                 {last->tensor, checked->tensor},
                                 last->name() + " and " + checked->name() + " share bytes of " +
                                     file->path() + " (from byte " + std::to_string(entry.offset) +
                                     ")"});
      }
      if (entry.offset > end) gaps += entry.offset - end;
      if (entry.offset + entry.size > end) last = checked;
      end = std::max(end, entry.offset + entry.size);
    }
    if (file->size() < end) {
      const std::string foreign = foreign_content(*file);
      damage(FindingKind::kCutData, file->path(), file->size(), fail(all, file->size()),
             file->path() + " is " +
                 (foreign.empty() ? std::to_string(file->size()) + " of " + std::to_string(end) +
                                        " bytes (interrupted copy?)"
                                  : foreign));
    } else if (file->size() > end) {
      gaps += file->size() - end;
    }
    if (gaps > 0) {
      report_.notes.push_back(
          {FindingKind::kUnused,
           file->path(),
           {},
           {},
           file->path() + " has " + std::to_string(gaps) + " bytes that no tensor refers to"});
    }
  }

  // Marks those that end behind `size`, and names their variables.
  static std::vector<std::string> fail(const std::vector<Checked*>& all, std::uint64_t size) {
    std::vector<std::string> names;
    for (Checked* checked : all) {
      if (size != 0 && checked->entry.offset + checked->entry.size <= size) continue;
      checked->intact = false;
      if (names.empty() || names.back() != checked->tensor) names.push_back(checked->tensor);
    }
    return names;
  }

  // Reads all values, in the order in which they lie, by two threads.
  void check_values() {
    std::vector<Checked*> all;
    for_each_stored([&](Checked& checked) {
      all.push_back(&checked);
      total_ += checked.entry.size;
    });
    std::ranges::sort(all, {}, [](const Checked* checked) {
      return std::pair(checked->entry.shard, checked->entry.offset);
    });
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failure_mutex;
    const auto work = [&] {
      try {
        for (std::size_t i; (i = next++) < all.size();) check_value(*all[i]);
      } catch (...) {
        const std::lock_guard lock(failure_mutex);
        failure = std::current_exception();
        next = all.size();
      }
    };
    {
      std::jthread second;
      try {
        second = std::jthread(work);
      } catch (const std::system_error&) {
        // The system has no thread to give: this one does all.
      }
      work();
    }
    if (failure) std::rethrow_exception(failure);
    report_.bytes += done_;
    std::map<std::uint32_t, std::string> foreign;  // By shard.
    for (const Checked* checked : all) {
      if (checked->mismatch.empty()) continue;
      const std::uint32_t shard = checked->entry.shard;
      if (!foreign.contains(shard)) foreign[shard] = foreign_note(*data_->open(shard));
      const std::string file = data_->path(shard);
      damage(FindingKind::kChecksum, file, checked->entry.offset, {checked->tensor},
             checked->name() + " in " + file + " is damaged (" + range_text(checked->entry) +
                 "): " + checked->mismatch + foreign[shard]);
    }
  }

  void check_value(Checked& checked) {
    const BundleEntry& entry = checked.entry;
    const auto file = data_->open(entry.shard);
    const auto read = [this](std::uint64_t count) { advance(count); };
    try {
      if (entry.dtype == DType::kString) {
        const StringLengths strings = read_string_lengths(*file, entry, header_.big_endian);
        advance(entry.size - strings.items_size);
        const std::uint32_t items =
            crc_of_range(*file, strings.items_offset, strings.items_size, read);
        const std::uint32_t crc = crc32c_combine(strings.crc, items, strings.items_size);
        if (crc != entry.crc) checked.mismatch = checksum_mismatch(entry.crc, crc);
      } else if (entry.dtype == DType::kVariant) {
        check_variants(*file, entry, header_.big_endian);
        advance(entry.size);
      } else {
        const std::uint32_t crc = crc_of_range(*file, entry.offset, entry.size, read);
        if (crc != entry.crc) checked.mismatch = checksum_mismatch(entry.crc, crc);
      }
    } catch (const Error& error) {
      if (error.code() != Code::kDataLoss && error.code() != Code::kOutOfRange) throw;
      checked.mismatch = error.message();
    }
    checked.intact = checked.mismatch.empty();
  }

  void advance(std::uint64_t count) {
    const std::lock_guard lock(progress_mutex_);
    done_ += count;
    if (progress_) progress_(done_, total_);
  }

  void check_slices() {
    for (auto& [name, whole] : tensors_) {
      if (whole.intact && whole.entry.sliced()) check_parts(whole);
    }
    for (const auto& [key, part] : parts_) {
      if (part.used || report_.names_lost) continue;
      report_.notes.push_back(
          {FindingKind::kUnused,
           index_,
           {},
           {part.tensor},
           index_ + " has the part " + part.name() + ", which no tensor lists"});
    }
  }

  void check_parts(Checked& whole) {
    const auto broken = [&](const std::string& what) {
      whole.intact = false;
      damage(FindingKind::kSlices, index_, {}, {whole.tensor},
             index_ + " is damaged: " + whole.name() + ": " + what);
    };
    std::vector<const BundleEntry*> entries;
    for (const TensorSlice& slice : whole.entry.slices) {
      const auto found = parts_.find(slice_key(whole.tensor, slice));
      if (found == parts_.end()) {
        return broken("its part " + to_string(slice) + " has no entry");
      }
      Checked& part = found->second;
      part.used = true;
      if (!part.intact) {
        whole.intact = false;  // Said of the part already.
        continue;
      }
      if (part.entry.sliced() || part.entry.dtype != whole.entry.dtype ||
          part.entry.shape != slice.apply(whole.entry.shape)) {
        return broken("its part " + to_string(slice) + " is " + to_string(part.entry.dtype) + " " +
                      to_string(part.entry.shape) + ", which doesn't fit");
      }
      entries.push_back(&part.entry);
    }
    if (!whole.intact) return;
    if (ranges_overlap(std::move(entries))) {
      return broken("two of its parts share bytes of the data file");
    }
    try {
      const TensorSlice all = TensorSlice::full(whole.entry.shape.rank());
      parts_of(whole.entry.shape, whole.entry.slices, all, whole.tensor);
      check_cover(whole.entry.shape, whole.entry.slices, all, whole.tensor);
    } catch (const Error& error) {
      broken(error.message());
    }
  }

  void count() {
    for (const auto& [name, checked] : tensors_) {
      ++report_.tensors;
      report_.intact += checked.intact ? 1 : 0;
    }
  }

  const FileSystem& files_;
  std::string prefix_;
  std::string index_;
  VerifyReport& report_;
  Progress progress_;

  BundleHeader header_;
  std::map<std::string, Checked> tensors_, parts_;  // By key.
  std::optional<DataFiles> data_;
  std::mutex progress_mutex_;  // Guards what follows, and the calls of progress_.
  std::uint64_t done_ = 0, total_ = 0;
};

}  // namespace

void verify_bundle(const FileSystem& files, const CheckpointLocation& location,
                   VerifyReport& report, const Progress& progress) {
  BundleVerifier(files, location, report, progress).run();
}

}  // namespace icecore::inline v0
