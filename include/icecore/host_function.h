// Functions of the program that a graph calls (tf.py_func).
#pragma once

#include <icecore/tensor.h>

#include <functional>
#include <span>
#include <vector>

namespace icecore::inline v0 {

// What PyFunc nodes call: the node's inputs in, its outputs out, with the dtypes that the node
// says. What it throws ends the run with UNKNOWN.
using HostFunction = std::function<std::vector<Tensor>(std::span<const Tensor>)>;

}  // namespace icecore::inline v0
