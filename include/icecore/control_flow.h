// Branches in a graph: tf.cond, and what it leaves behind for gradients and meta graphs.
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
#include <variant>
#include <vector>

namespace icecore::inline v0 {

// The branch of a cond, or the loop, in which operations are made (control_flow_ops.py). An op that
// is made while one stands is told to it, which brings the tensors that come from outside in.
//
// The graph owns its contexts; so they name tensors by ids and are asked with the graph at hand.
class ICECORE_API ControlFlowContext : public std::enable_shared_from_this<ControlFlowContext> {
 public:
  ControlFlowContext(std::string name, std::shared_ptr<ControlFlowContext> outer)
      : name_(std::move(name)), outer_(std::move(outer)) {}
  virtual ~ControlFlowContext();
  ControlFlowContext(const ControlFlowContext&) = delete;
  ControlFlowContext& operator=(const ControlFlowContext&) = delete;

  // "cond/cond_text"
  const std::string& name() const { return name_; }
  // Null at the top.
  const std::shared_ptr<ControlFlowContext>& outer() const { return outer_; }
  virtual bool is_cond() const { return false; }
  virtual bool is_while() const { return false; }
  // The innermost loop around, itself included; null where there is none.
  ControlFlowContext* while_context();
  // Whether it is `inner`, or around it.
  bool contains(const ControlFlowContext* inner) const;
  // The op whose run means that this is run.
  virtual Operation control_pivot(const GraphBuilder& graph) const = 0;

  // `op` was just made inside: inputs from outside are replaced by what comes in.
  virtual void add_op(GraphBuilder& graph, const Operation& op) = 0;
  // An op was made in a context within.
  virtual void add_inner_op(GraphBuilder& graph, const Operation& op);
  // The tensor as it is seen inside: itself, or the output of a Switch or Enter that is made for
  // it.
  virtual Output add_value(GraphBuilder& graph, const Output& value) = 0;
  // A tensor of that name counts as made inside.
  void add_name(std::string tensor) { values_.insert(std::move(tensor)); }

  // Names of the tensors known inside, and what stands there for those from outside, as
  // control_flow.proto's ValuesDef has them.
  const std::unordered_set<std::string>& values() const { return values_; }
  std::unordered_map<std::string, Output> external_values(const GraphBuilder& graph) const;

 protected:
  // An output of the graph, by node and index.
  using TensorKey = std::pair<int, int>;
  static TensorKey key_of(const Output& output) { return {output.op().id(), output.index()}; }
  static Output output_of(const GraphBuilder& graph, const TensorKey& key) {
    return graph.operation(key.first).output(key.second);
  }
  bool holds(const Output& value) const { return values_.contains(value.name()); }
  std::optional<Output> external_value(const GraphBuilder& graph, const Output& value) const;
  void set_external_value(const std::string& name, const Output& value) {
    external_values_.insert_or_assign(name, key_of(value));
  }
  // This and all around it know the tensor of that name.
  void add_name_outwards(const std::string& name);

  std::string name_;
  std::shared_ptr<ControlFlowContext> outer_;
  std::unordered_set<std::string> values_;
  std::unordered_map<std::string, TensorKey> external_values_;
};

// One branch of a cond.
class ICECORE_API CondContext final : public ControlFlowContext {
 public:
  // `branch` is 1 for true, 0 for false; the pivot is the predicate as that branch sees it.
  static std::shared_ptr<CondContext> make(GraphBuilder& graph, const Output& pred,
                                           const Output& pivot, int branch,
                                           std::string_view name = "cond_text");

  CondContext(std::string name, std::shared_ptr<ControlFlowContext> outer, const Output& pred,
              const Output& pivot, int branch);

  bool is_cond() const override { return true; }
  Output pred(const GraphBuilder& graph) const { return output_of(graph, pred_); }
  Output pivot(const GraphBuilder& graph) const { return output_of(graph, pivot_); }
  int branch() const { return branch_; }
  Operation control_pivot(const GraphBuilder& graph) const override { return pivot(graph).op(); }

  void add_op(GraphBuilder& graph, const Operation& op) override;
  Output add_value(GraphBuilder& graph, const Output& value) override;
  // A result of the branch, on its way out.
  Output process_output(GraphBuilder& graph, const Output& value);

 private:
  TensorKey pred_, pivot_;
  int branch_;
};

// Ops made until the guard is left are made in the context.
[[nodiscard]] ICECORE_API ScopeGuard enter_context(GraphBuilder& graph,
                                                   std::shared_ptr<ControlFlowContext> context);
// For contexts that don't make their ops themselves (an imported meta graph's).
ICECORE_API void set_control_flow_context(const Operation& operation,
                                          std::shared_ptr<ControlFlowContext> context);

// Switch, or RefSwitch of a reference, beside the tensor: what is false's, and what is true's.
ICECORE_API std::pair<Output, Output> switch_ref_or_tensor(GraphBuilder& graph, const Output& data,
                                                           const Output& pred,
                                                           std::string_view name = "Switch");
// The value that is there, and the index of its input. RefMerge where all are references.
ICECORE_API std::pair<Output, Output> merge(GraphBuilder& graph, const std::vector<Output>& inputs,
                                            std::string_view name = "Merge");

// What a branch gives: values, or operations that are to have run (then the result is the
// predicate).
using BranchResult = std::variant<Input, Operation>;
using Branch = std::function<std::vector<BranchResult>()>;

// tf.cond: both functions are called once, and add the nodes of their branch. ValueError unless
// both give as many results of the same types.
ICECORE_API std::vector<Output> cond(GraphBuilder& graph, const Input& pred, const Branch& true_fn,
                                     const Branch& false_fn, std::string_view name = "cond");

// The branches made by conds outside of other contexts, in order (collection "cond_context").
ICECORE_API std::vector<std::shared_ptr<CondContext>> cond_contexts(const GraphBuilder& graph);
ICECORE_API void add_cond_context(GraphBuilder& graph, std::shared_ptr<CondContext> context);

}  // namespace icecore::inline v0
