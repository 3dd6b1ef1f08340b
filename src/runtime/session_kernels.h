// The kernels of a Session, one for each node that was asked to run.
#pragma once

#include <icecore/op_set.h>

#include <map>
#include <memory>
#include <string>

#include "proto/blob.h"
#include "runtime/plan.h"

namespace icecore::inline v0 {

// Which ops and dtypes can't be run: collected over a whole plan before anything runs.
class MissingKernels {
 public:
  void add(const std::string& op, const std::string& what, const std::string& node);
  // UNIMPLEMENTED with all of them; nothing happens where there are none.
  void refuse_if_any() const;

 private:
  struct Missing {
    std::size_t nodes = 0;
    std::string first_node;
  };
  std::map<std::pair<std::string, std::string>, Missing> missing_;
};

// Keeps kernels for good, since random streams and the like go on from run to run. Not thread-safe:
// the Session compiles one plan at a time.
class SessionKernels {
 public:
  explicit SessionKernels(OpSet ops) : ops_(std::move(ops)) {}

  // The kernel of that node of the graph, made when first asked for; null (and noted) where its op
  // has none.
  NodeKernel* get(int node, const Span& encoded, MissingKernels& missing);
  const OpSet& ops() const { return ops_; }
  void set_ops(OpSet ops) { ops_ = std::move(ops); }

 private:
  OpSet ops_;
  std::map<int, std::unique_ptr<NodeKernel>> kernels_;
};

}  // namespace icecore::inline v0
