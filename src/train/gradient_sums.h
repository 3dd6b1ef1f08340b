// The gradients that flow into an op's outputs, collected while gradients() walks back.
#pragma once

#include <icecore/gradient_context.h>

#include <unordered_map>
#include <vector>

namespace icecore::inline v0 {

class GradientSums {
 public:
  explicit GradientSums(GraphBuilder& graph) : graph_(graph) {}

  void add(const Output& tensor, Gradient gradient);
  // One gradient for each output of the op: of several for one output the sum, whose nodes are
  // added now, once.
  std::vector<Gradient>& of(const Operation& op);
  // The gradient of a tensor whose op was asked for by of(); none where nothing flowed in.
  Gradient of(const Output& tensor);

 private:
  struct Flows {
    std::vector<std::vector<Gradient>> collected;  // By output.
    std::vector<Gradient> sums;                    // Once they were asked for.
    bool summed = false;
  };
  Flows& flows(const Operation& op);
  Gradient sum(const std::vector<Gradient>& gradients);
  Output dense_sum(const std::vector<Gradient>& gradients);
  Output add_n(const std::vector<Output>& tensors);

  GraphBuilder& graph_;
  std::unordered_map<int, Flows> flows_;  // By the op's id.
};

}  // namespace icecore::inline v0
