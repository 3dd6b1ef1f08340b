// rewrite_checkpoint SOURCE COPY: reads every tensor of the V2 checkpoint SOURCE and writes it
// again as COPY with CheckpointWriter, in the order in which the data lies, and a `checkpoint` file
// beside it. The suite compares the bytes of both with TensorFlow's.
#include <icecore/checkpoint.h>
#include <icecore/checkpoint_state.h>
#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <tuple>
#include <vector>

#include "checkpoint/bundle_entry.h"
#include "checkpoint/table_reader.h"
#include "io/atomic_file.h"
#include "io/file_system.h"

namespace icecore::inline v0 {
namespace {

// Names in the order of their data; an empty tensor lies where the next one does.
std::vector<std::string> names_by_place(const std::string& prefix) {
  const TableReader table(posix_file_system().open(prefix + ".index"));
  BundleHeader header;
  std::vector<std::tuple<std::uint64_t, std::uint64_t, std::string>> places;
  table.scan([&](std::string_view key, std::string_view value) {
    if (key.empty()) {
      header = parse_bundle_header(value, prefix);
      return;
    }
    const BundleEntry entry = parse_bundle_entry(value, header);
    places.emplace_back(entry.offset, entry.size, std::string(key));
  });
  std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  std::vector<std::string> names;
  for (auto& place : places) names.push_back(std::move(std::get<2>(place)));
  return names;
}

void rewrite(const std::string& source, const std::string& copy) {
  const Checkpoint checkpoint = Checkpoint::open(source);
  CheckpointWriter writer(copy);
  for (const std::string& name : names_by_place(checkpoint.prefix())) {
    writer.add(name, checkpoint.read(name));
  }
  writer.finish();
  AtomicFile state(posix_file_system(), join_path(folder_of(copy), "checkpoint"));
  const auto text = to_text(CheckpointState{copy, {copy}, {}, {}});
  state.write(std::string_view(text));
  state.commit(Durability::kRename);
}

}  // namespace
}  // namespace icecore::inline v0

int main(int count, char** words) {
  if (count != 3) {
    std::fprintf(stderr, "usage: rewrite_checkpoint SOURCE COPY\n");
    return 2;
  }
  try {
    icecore::rewrite(words[1], words[2]);
    return 0;
  } catch (const icecore::Error& error) {
    std::fprintf(stderr, "rewrite_checkpoint: %s\n", error.what());
    return 2;
  }
}
