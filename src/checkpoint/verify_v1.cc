#include <icecore/error.h>

#include <map>
#include <set>

#include "base/quoted.h"
#include "checkpoint/ordered_code.h"
#include "checkpoint/slice_assembly.h"
#include "checkpoint/v1_meta.h"
#include "checkpoint/v1_values.h"
#include "checkpoint/verify_tables.h"
#include "locate/file_name.h"

namespace icecore::inline v0 {
namespace {

class V1Verifier {
 public:
  V1Verifier(const FileSystem& files, const CheckpointLocation& location, VerifyReport& report,
             const Progress& progress)
      : files_(files), location_(location), report_(report), progress_(progress) {}

  void run() {
    find_missing_shards();
    for (const std::string& path : location_.tables) {
      if (const auto status = files_.status(path)) total_ += status->size;
    }
    for (const std::string& path : location_.tables) {
      if (const auto table = open_table(files_, path, report_)) check_table(*table);
    }
    check_cover_of_all();
    report_.tensors = tensors_.size();
    for (const auto& [name, tensor] : tensors_) report_.intact += broken_.contains(name) ? 0 : 1;
  }

 private:
  void damage(FindingKind kind, const std::string& file, const std::string& tensor,
              const std::string& message) {
    if (!tensor.empty()) broken_.insert(tensor);
    report_.damage.push_back({kind,
                              file,
                              {},
                              tensor.empty() ? std::vector<std::string>() : std::vector{tensor},
                              message});
  }

  void find_missing_shards() {
    const FileName name = parse_file_name(location_.prefix);
    if (name.role != FileRole::kShardPattern) return;
    const std::set<std::string> there(location_.tables.begin(), location_.tables.end());
    if (there.size() == name.shards) return;
    for (std::uint32_t shard = 0; shard < name.shards; ++shard) {
      const std::string path = v1_shard_name(name.prefix, shard, name.shards);
      if (there.contains(path)) continue;
      report_.names_lost = true;
      damage(FindingKind::kMissingShard, path, "",
             "shard " + std::to_string(shard) + " of " + std::to_string(name.shards) +
                 " missing: " + path);
      constexpr std::size_t kMany = 1000;
      if (report_.damage.size() == kMany) return;  // The name claims any number.
    }
  }

  void check_table(const TableReader& table) {
    std::map<std::string, V1Tensor> listed;  // Of this file.
    std::set<std::string> present;           // Slice keys.
    bool has_meta = false;
    const bool lost_before = report_.names_lost;
    report_.names_lost = false;
    scan_blocks(table, report_, [&](std::string_view key, std::string_view value, bool first) {
      if (progress_) progress_(std::min(report_.bytes, total_), total_);
      if (first && key.empty()) {
        has_meta = read_meta(table, value, listed);
        return;
      }
      if (check_entry(table, key, value, has_meta ? &listed : nullptr)) present.emplace(key);
    });
    const bool block_lost = report_.names_lost;
    if (!has_meta) {
      report_.names_lost = true;
      if (!block_lost) {
        damage(FindingKind::kHeader, table.path(), "",
               table.path() + " has no list of tensors that can be read");
      }
      return;
    }
    // Names stand in the list, so what damaged blocks held is known.
    report_.names_lost = lost_before;
    for (auto& [name, tensor] : listed) {
      for (const TensorSlice& slice : tensor.slices) {
        if (present.contains(slice_key(name, slice)) || broken_.contains(name)) continue;
        damage(FindingKind::kSlices, table.path(), name,
               table.path() + " is damaged: " + quoted(name) +
                   (slice.is_full() ? "" : " " + to_string(slice)) +
                   (block_lost ? " is lost with a damaged block" : " is listed but not there"));
      }
      join(table, std::move(tensor));
    }
  }

  bool read_meta(const TableReader& table, std::string_view value,
                 std::map<std::string, V1Tensor>& listed) {
    try {
      for (V1Tensor& tensor : parse_v1_meta(value, table.path())) {
        std::string name = tensor.name;
        listed.emplace(std::move(name), std::move(tensor));
      }
      return true;
    } catch (const Error& error) {
      damage(FindingKind::kHeader, table.path(), "", error.message());
      return false;
    }
  }

  // Whether the entry's values are as many as they should be, as far as the list is there to say.
  bool check_entry(const TableReader& table, std::string_view key, std::string_view value,
                   const std::map<std::string, V1Tensor>* listed) {
    const auto parsed = parse_slice_key(key);
    if (!parsed) {
      damage(FindingKind::kEntry, table.path(), "", table.path() + " has a key that is no slice's");
      return false;
    }
    if (listed == nullptr) return true;
    const auto found = listed->find(parsed->name);
    if (found == listed->end()) {
      report_.notes.push_back(
          {FindingKind::kUnused,
           table.path(),
           {},
           {parsed->name},
           table.path() + " has values of " + quoted(parsed->name) + ", which it doesn't list"});
      return true;
    }
    try {
      check_values(found->second, *parsed, value);
      return true;
    } catch (const Error& error) {
      damage(FindingKind::kEntry, table.path(), parsed->name,
             quoted(parsed->name) + " in " + table.path() + " is damaged: " + error.message());
      return false;
    }
  }

  static void check_values(const V1Tensor& tensor, const SliceKey& key, std::string_view value) {
    const std::string_view message = parse_v1_slice(value, key.name, key.slice);
    const auto elements = static_cast<std::uint64_t>(*key.slice.apply(tensor.shape).num_elements());
    if (least_v1_size(tensor.dtype, elements) > message.size()) {
      throw Error(Code::kDataLoss, "it has " + std::to_string(elements) +
                                       " elements in an entry of " +
                                       std::to_string(message.size()) + " bytes");
    }
    if (tensor.dtype == DType::kString) {
      std::vector<std::string> items(elements);
      decode_v1_strings(message, items);
    } else {
      std::vector<std::byte> bytes(elements * dtype_size(tensor.dtype));
      decode_v1_values(message, tensor.dtype, bytes);
    }
  }

  void join(const TableReader& table, V1Tensor tensor) {
    const auto [place, is_new] = tensors_.try_emplace(tensor.name, tensor);
    if (is_new) return;
    V1Tensor& known = place->second;
    if (known.dtype != tensor.dtype || known.shape != tensor.shape) {
      damage(FindingKind::kHeader, table.path(), tensor.name,
             table.path() + " says that " + quoted(tensor.name) + " is " + to_string(tensor.dtype) +
                 " " + to_string(tensor.shape) + ", another part of the checkpoint that it is " +
                 to_string(known.dtype) + " " + to_string(known.shape));
      return;
    }
    known.slices.insert(known.slices.end(), tensor.slices.begin(), tensor.slices.end());
  }

  // Of those whose parts are all there.
  void check_cover_of_all() {
    for (const auto& [name, tensor] : tensors_) {
      if (broken_.contains(name)) continue;
      try {
        const TensorSlice all = TensorSlice::full(tensor.shape.rank());
        parts_of(tensor.shape, tensor.slices, all, name);
        check_cover(tensor.shape, tensor.slices, all, name);
      } catch (const Error& error) {
        damage(FindingKind::kSlices, location_.prefix, name,
               location_.prefix + " is damaged: " + quoted(name) + ": " + error.message());
      }
    }
  }

  const FileSystem& files_;
  const CheckpointLocation& location_;
  VerifyReport& report_;
  const Progress& progress_;
  std::uint64_t total_ = 0;
  std::map<std::string, V1Tensor> tensors_;  // Of all files.
  std::set<std::string> broken_;
};

}  // namespace

void verify_v1(const FileSystem& files, const CheckpointLocation& location, VerifyReport& report,
               const Progress& progress) {
  V1Verifier(files, location, report, progress).run();
}

}  // namespace icecore::inline v0
