// Runs the graph of a model file once: what `icecore run` does.
#pragma once

#include <icecore/export.h>
#include <icecore/tensor.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

struct RunModelRequest {
  std::string graph;              // Any path that leads to a graph.
  std::string checkpoint;         // Empty: the graph's own, where it has one.
  std::vector<std::string> tags;  // Of a SavedModel.
  std::string signature;  // Feeds and fetches are a signature's keys; empty: tensors' names.
  std::vector<std::pair<std::string, Tensor>> feeds;
  std::vector<std::string> fetches;  // Empty, with a signature: all of its outputs.
  int threads = 0;
  std::optional<std::string> allow_io;
};

struct RunModelResult {
  std::vector<std::pair<std::string, Tensor>> outputs;  // By the names asked for.
  std::vector<std::string> notes;                       // What was chosen.
};

// Only variables that the fetches need are restored. NOT_FOUND names all of them that the
// checkpoint lacks, with the nearest names; otherwise as Session.
ICECORE_API RunModelResult run_model(const RunModelRequest& request);

}  // namespace icecore::inline v0

// The same for who loads the library when it is needed.
extern "C" ICECORE_API void icecore_run_model(const icecore::RunModelRequest& request,
                                              icecore::RunModelResult& result);
