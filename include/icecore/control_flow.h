// Branches and loops in a graph: tf.cond and what it leaves behind for gradients.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

// The branch of a cond, or the loop, in which operations are made (control_flow_ops.py). An op that
// is made while one stands is told to it, which brings the tensors that come from outside in.
class ICECORE_API ControlFlowContext {
 public:
  explicit ControlFlowContext(std::shared_ptr<ControlFlowContext> outer)
      : outer_(std::move(outer)) {}
  virtual ~ControlFlowContext();
  ControlFlowContext(const ControlFlowContext&) = delete;
  ControlFlowContext& operator=(const ControlFlowContext&) = delete;

  const std::string& name() const { return name_; }
  // Null at the top.
  const std::shared_ptr<ControlFlowContext>& outer() const { return outer_; }
  virtual bool is_while() const = 0;
  virtual bool is_cond() const { return !is_while(); }
  // The op whose run means that this is run.
  virtual std::optional<Operation> control_pivot() const = 0;
  // Whether the tensor of that name was made inside.
  bool holds(const std::string& tensor) const { return values_.contains(tensor); }

  // `op` was just made inside: its inputs from outside are replaced by what comes in here.
  virtual void add_op(GraphBuilder& graph, const Operation& op) = 0;
  // The tensor as it is seen inside: itself, or the output of a Switch or Enter that is made for
  // it.
  virtual Output add_value(GraphBuilder& graph, const Output& value) = 0;

 protected:
  std::string name_;
  std::shared_ptr<ControlFlowContext> outer_;
  std::unordered_set<std::string> values_;                   // Names of tensors.
  std::unordered_map<std::string, Output> external_values_;  // By the name outside.
};

}  // namespace icecore::inline v0
