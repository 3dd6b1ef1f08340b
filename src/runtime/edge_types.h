// What goes along a plan's edges must be what its ends say: graphs are anybody's.
#pragma once

#include <icecore/node_info.h>

#include <string>
#include <vector>

namespace icecore::inline v0 {

// A node's types, as its signature and attributes give them. Unknown ones (a feed in place of an op
// without a signature) are kInvalid.
struct NodeTypes {
  std::string name;
  std::vector<ArgType> inputs, outputs;
};

// INVALID_ARGUMENT where `source` has no such output, where the types differ, or where a value goes
// to who wants a reference; TensorFlow's sentence ("Input 0 of node y was passed float from x:0
// incompatible with expected int32.").
void check_edge(const NodeTypes& source, int output, const NodeTypes& target, int input);

}  // namespace icecore::inline v0
