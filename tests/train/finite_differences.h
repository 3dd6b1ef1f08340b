// Gradients against the differences of what a graph gives.
#pragma once

#include <icecore/gradient_context.h>
#include <icecore/graph_builder.h>
#include <icecore/tensor.h>

#include <string>
#include <vector>

namespace icecore::inline v0 {

// A function in a graph, at one place: placeholders of floating or complex types, what they are fed
// with, and what is computed of them.
struct FunctionAt {
  std::vector<Output> xs;
  std::vector<Tensor> place;
  std::vector<Output> ys;
};

// Compares the gradients of a weighted sum of all ys with central differences, for some numbers of
// each x. A gradient that isn't there counts as zeros. Empty, or what differs.
std::string gradient_fault(GraphBuilder& graph, const FunctionAt& function);

// Slices as the whole tensor that they stand for; `like` is what the gradient belongs to.
Output dense_gradient(GraphBuilder& graph, const Gradient& gradient, const Output& like);

}  // namespace icecore::inline v0
