// Runs nodes of a graph, for who knows no Session.
#pragma once

#include <icecore/export.h>
#include <icecore/tensor.h>

#include <string>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

class ICECORE_API NodeRunner {
 public:
  virtual ~NodeRunner() = default;

  // Feeds and fetches are tensors' names ("x:0"), targets nodes' names. The values of the fetches.
  virtual std::vector<Tensor> run_nodes(const std::vector<std::pair<std::string, Tensor>>& feeds,
                                        const std::vector<std::string>& fetches,
                                        const std::vector<std::string>& targets) = 0;
};

}  // namespace icecore::inline v0
