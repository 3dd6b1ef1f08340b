// A GraphDef is refused with an Error, or runs: each of its outputs gives tensors or an Error,
// within the memory that the Session was given and as many nodes as it was let run.
#include <icecore/error.h>
#include <icecore/import_graph_def.h>
#include <icecore/session.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "graph/graph_data.h"

using namespace icecore;

constexpr std::size_t kLongest = 1 << 15;
constexpr std::uint64_t kMemory = 1 << 22;
constexpr int kMostNodes = 20'000;  // Of one run: a loop may be endless.
constexpr std::size_t kFetches = 12;
constexpr std::int64_t kMostElements = 1 << 12;  // Of what a placeholder is fed.

namespace {

// Errors are an answer, but those of ours (INTERNAL); anything else that is thrown ends the
// program.
template <typename Function>
void attempt(Function function) {
  try {
    function();
  } catch (const Error& error) {
    if (error.code() != Code::kInternal) return;
    std::fprintf(stderr, "%s: %s\n", std::string(code_name(error.code())).c_str(),
                 error.message().c_str());
    std::abort();
  }
}

// Zeros for a placeholder, with dimensions of 2 where they may be anything.
std::optional<Tensor> zeros_for(const Output& output) {
  const Shape shape = output.shape();
  std::vector<std::int64_t> dims;
  std::int64_t elements = 1;
  for (int i = 0; shape.has_rank() && i < shape.rank(); ++i) {
    dims.push_back(shape.dim(i) < 0 ? 2 : shape.dim(i));
    if (__builtin_mul_overflow(elements, dims.back(), &elements)) return std::nullopt;
  }
  if (elements > kMostElements || output.dtype() == DType::kResource ||
      output.dtype() == DType::kVariant) {
    return std::nullopt;
  }
  Tensor zeros(output.dtype(), Shape(dims));
  if (zeros.dtype() != DType::kString) {
    std::ranges::fill(zeros.mutable_bytes(), std::byte{0});
  }
  return zeros;
}

// As a Session on a graph under construction sees it, with the shapes that are inferred.
void run(const GraphBuilder& graph) {
  std::vector<Feed> feeds;
  std::vector<std::string> fetches;
  for (const Operation& op : graph.operations()) {
    if (op.type() == "Placeholder") {
      attempt([&] {
        if (auto value = zeros_for(op.output())) feeds.push_back({op.output(), *value});
      });
    } else if (op.num_outputs() > 0) {
      fetches.push_back(op.output().name());
    } else {
      fetches.push_back(op.name());
    }
  }
  int left = kMostNodes;
  SessionOptions options;
  options.intra_op_threads = 1;
  options.memory_limit = kMemory;
  options.poll = [&left] {
    if (--left < 0) throw Error(Code::kDeadlineExceeded, "enough nodes have run");
  };
  Session session(graph, options);
  // Initializers first, as programs run them; then the last nodes, which depend on most others.
  std::ranges::stable_sort(fetches, {}, [](const std::string& name) {
    return name.find("Assign") == std::string::npos && name.find("init") == std::string::npos;
  });
  std::vector<std::string> chosen(
      fetches.begin(),
      fetches.begin() + static_cast<std::ptrdiff_t>(std::min(fetches.size(), kFetches / 2)));
  for (std::size_t i = fetches.size() - std::min(fetches.size() - chosen.size(), kFetches / 2);
       i < fetches.size(); ++i) {
    chosen.push_back(fetches[i]);
  }
  for (const std::string& fetch : chosen) {
    attempt([&] {
      left = kMostNodes;
      session.run(feeds, TensorName(fetch));
    });
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > kLongest) return -1;
  attempt([&] {
    const Graph source =
        parse_graph(Span::of(std::string(reinterpret_cast<const char*>(data), size)));
    GraphBuilder graph;
    import_graph_def(graph, source, {.name = ""});
    run(graph);
  });
  return 0;
}
