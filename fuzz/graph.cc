// A file is refused with an Error or is a model, whose graph can be summarised, pruned to any of
// its nodes, and frozen without a checkpoint where it has no variables.
#include <icecore/error.h>
#include <icecore/freeze.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "graph/functions.h"
#include "graph/prune.h"
#include "io/memory_file_system.h"
#include "model/graph_summary.h"
#include "model/model_file.h"
#include "model/saver_rows.h"

using namespace icecore;

constexpr std::size_t kLongest = 1 << 16;
constexpr std::size_t kOutputs = 4;  // Of the last nodes, which depend on most others.

namespace {

// Errors are an answer; anything else that is thrown ends the program.
template <typename Function>
void attempt(Function function) {
  try {
    function();
  } catch (const Error& error) {
    if (error.message().empty()) std::abort();
  }
}

void use(MemoryFileSystem& files, const MetaGraph& meta) {
  attempt([&] { summarize(meta); });
  attempt([&] { restore_rows(meta); });
  attempt([&] { count_ops(meta.graph); });
  const std::size_t nodes = meta.graph.size();
  for (std::size_t i = nodes - std::min(nodes, kOutputs); i < nodes; ++i) {
    const std::string name = meta.graph.node(i).name;
    attempt([&] {
      if (prune(meta.graph, {name}).size() > nodes) std::abort();
    });
    attempt([&] {
      FreezeOptions options;
      options.input_graph = "graph";
      options.output_node_names = {name};
      options.output_graph = "frozen.pb";
      freeze_graph(files, options);
    });
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > kLongest) return -1;
  MemoryFileSystem files;
  files.put("graph", std::string(reinterpret_cast<const char*>(data), size));
  attempt([&] {
    const ModelFile model = load_model(files, "graph");
    for (const MetaGraph& meta : model.meta_graphs) use(files, meta);
  });
  return 0;
}
