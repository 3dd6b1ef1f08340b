// A family of golden cases of ops, as tests/golden/make_op_goldens.py writes it.
#pragma once

#include <icecore/checkpoint.h>
#include <icecore/graph.h>
#include <icecore/tensor.h>

#include <optional>
#include <string>
#include <vector>

#include "proto/blob.h"

namespace icecore::inline v0 {

struct GoldenFamily {
  explicit GoldenFamily(const std::string& name);

  Graph graph;
  Checkpoint answers;

  // The ops NAME/op of cases (with `shapes`: of static shapes) by their index in the graph.
  std::vector<std::size_t> ops(bool shapes) const;
  // The value of a Const node, also behind a PlaceholderWithDefault; nothing of other nodes.
  std::optional<Tensor> constant(std::string_view node) const;
};

// The families that have files, sorted.
std::vector<std::string> golden_families();

// Empty where `mine` is `theirs`, exactly or, of floating types, within the tolerance (relative and
// absolute); else what differs.
std::string difference(const Tensor& mine, const Tensor& theirs, std::optional<double> tolerance);

}  // namespace icecore::inline v0
