// Graphs of tests/data/golden/training, and what TensorFlow 1.15.5 computed with them.
#pragma once

#include <icecore/graph_builder.h>
#include <icecore/session.h>
#include <icecore/variable.h>

#include <string>
#include <vector>

namespace icecore::inline v0 {

// How the graph differs from NAME.pb; empty where it doesn't.
std::string difference_from_golden(const std::string& name, const GraphBuilder& graph);

// Initializes all variables, runs each of the operations in turn `steps` times, and tells how what
// is in NAME.values.pb (variables and tensors by the names of their nodes) differs from what is
// there then; empty where it doesn't.
std::string difference_after_training(const std::string& name, const GraphBuilder& graph, int steps,
                                      const std::vector<Operation>& operations);

// How the tensor differs from that constant of NAME.values.pb.
std::string difference_from_value(const std::string& name, const std::string& key,
                                  const Tensor& found);

// What the cases train: a table of which some rows are used, one of them twice, and a dense layer.
Output golden_network(GraphBuilder& graph, bool use_resource, DType dtype = DType::kFloat32);

// A random op, whose seed tells how many ids were used up before it.
void add_random_op(GraphBuilder& graph, std::optional<std::int64_t> seed = {});

}  // namespace icecore::inline v0
