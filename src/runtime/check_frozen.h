// Whether a frozen graph computes what the graph computes that it was made of: what `icecore freeze
// --check` does.
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>
#include <icecore/shape.h>

#include <algorithm>
#include <string>
#include <vector>

namespace icecore::inline v0 {

struct CheckFrozenRequest {
  std::string graph;                   // Any path that leads to a graph.
  std::string checkpoint = {};         // Empty: the graph's own, where it has one.
  std::vector<std::string> tags = {};  // Of a SavedModel.
  std::string frozen;                  // The frozen graph's file.
  std::vector<std::string> outputs;
  int threads = 0;
};

struct CheckedTensor {
  std::string name;
  DType dtype = DType::kInvalid;
  Shape shape;
  bool equal = true;
  double largest_difference = 0;  // Of numbers.
};

struct CheckFrozenResult {
  // Why nothing could be compared: ops without a kernel, an input that can't be made up, numbers
  // drawn at random. Empty where something was.
  std::string obstacle;
  std::vector<CheckedTensor> fed, outputs;

  bool differs() const {
    return std::ranges::any_of(outputs, [](const CheckedTensor& output) { return !output.equal; });
  }
};

// Runs both on the same made-up input (runtime/trial_feeds.h) and compares the outputs: of floats
// differences up to 1e-5 of a value count as none. What keeps the first graph from running is an
// obstacle; what then keeps the frozen one from running is an error.
ICECORE_API CheckFrozenResult check_frozen(const CheckFrozenRequest& request);

}  // namespace icecore::inline v0

// The same for who loads the library when it is needed.
extern "C" ICECORE_API void icecore_check_frozen(const icecore::CheckFrozenRequest& request,
                                                 icecore::CheckFrozenResult& result);
