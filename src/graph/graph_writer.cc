#include "graph/graph_writer.h"

#include <icecore/error.h>

#include <vector>

#include "graph/graph_data.h"
#include "proto/fields.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

// Node headers are small and many: they are gathered; what is larger than this goes out directly.
constexpr std::size_t kGather = std::size_t{64} << 10;

class GatheringWriter {
 public:
  GatheringWriter(AtomicFile& file, std::uint64_t total, const Progress& progress)
      : file_(file), total_(total), progress_(progress) {}

  void write(std::span<const std::byte> bytes) {
    if (bytes.size() >= kGather || gathered_.size() + bytes.size() > kGather) flush();
    if (bytes.size() >= kGather) {
      put(bytes);
    } else {
      gathered_.insert(gathered_.end(), bytes.begin(), bytes.end());
    }
  }

  void flush() {
    put(gathered_);
    gathered_.clear();
  }

 private:
  void put(std::span<const std::byte> bytes) {
    if (bytes.empty()) return;
    file_.write(bytes);
    done_ += bytes.size();
    if (progress_) progress_(done_, total_);
  }

  AtomicFile& file_;
  std::uint64_t total_;
  const Progress& progress_;
  std::uint64_t done_ = 0;
  std::vector<std::byte> gathered_;
};

}  // namespace

std::uint64_t encoded_size(const Graph& graph) {
  std::uint64_t size = 0;
  for (const Span& node : graph.data().nodes) {
    std::string head;
    append_tag(head, pb::GraphDef::node, WireType::kBytes);
    append_varint(head, node.size());
    size += head.size() + node.size();
  }
  for (const OtherField& other : graph.data().others) size += other.encoded.size();
  return size;
}

void write_graph(FileSystem& files, const std::string& path, const Graph& graph,
                 Durability durability, const Progress& progress) {
  constexpr std::uint64_t kProtobufLimit = (std::uint64_t{1} << 31) - 1;
  const Span encoded = encode_graph(graph);
  if (encoded.size() > kProtobufLimit) {
    throw Error(Code::kResourceExhausted,
                path + " would have " + std::to_string(encoded.size()) +
                    " bytes; protobuf, and so TensorFlow, reads no message of 2 GiB or more (" +
                    "keep the graph and its checkpoint apart, or freeze fewer outputs)");
  }
  AtomicFile file(files, path);
  file.preallocate(encoded.size());
  GatheringWriter writer(file, encoded.size(), progress);
  encoded.copy_to([&](std::span<const std::byte> bytes) { writer.write(bytes); });
  writer.flush();
  file.commit(durability);
}

}  // namespace icecore::inline v0
