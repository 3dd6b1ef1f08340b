#include <icecore/error.h>
#include <icecore/meta_graph.h>

#include "graph/graph_data.h"
#include "io/folders.h"
#include "proto/text_printer.h"
#include "saver/meta_graph_def.h"

namespace icecore::inline v0 {

void write_message(FileSystem& files, const std::string& path, const Span& message,
                   const MessageSchema& schema, bool as_text, Durability durability) {
  constexpr std::uint64_t kLimit = std::uint64_t{1} << 31;
  if (!as_text && message.size() >= kLimit) {
    throw Error(Code::kResourceExhausted,
                "GraphDef cannot be larger than 2GB. (" + path + " would have " +
                    std::to_string(message.size()) + " bytes)",
                Misuse::kValue);
  }
  AtomicFile file(files, path);
  if (as_text) {
    print_text(message, schema, {}, [&](std::string_view text) { file.write(text); });
  } else {
    message.copy_to([&](std::span<const std::byte> bytes) { file.write(bytes); });
  }
  file.commit(durability);
}

std::string write_graph(const Graph& graph, const std::string& folder, const std::string& name,
                        bool as_text) {
  FileSystem& files = posix_file_system();
  make_folders(files, folder);
  const std::string path = join_path(folder, name);
  write_message(files, path, encode_graph(graph), message_schema("GraphDef"), as_text,
                Durability::kRename);
  return path;
}

std::string write_graph(const GraphBuilder& graph, const std::string& folder,
                        const std::string& name, bool as_text) {
  return write_graph(graph.graph(), folder, name, as_text);
}

}  // namespace icecore::inline v0
