// Branches and loops in a graph: tf.cond, tf.while_loop, and what they leave behind for gradients
// and meta graphs.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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
  // The op whose run means that this is run; nothing where a loop hasn't got so far.
  virtual std::optional<Operation> control_pivot(const GraphBuilder& graph) const = 0;
  // Those that were made in this one, in order.
  std::vector<std::shared_ptr<ControlFlowContext>> nested_contexts() const;

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
  friend class ContextDecoder;  // Reads contexts of meta graphs.

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
  void set_names(std::unordered_set<std::string> names) { values_ = std::move(names); }
  // This and all around it know the tensor of that name.
  void add_name_outwards(const std::string& name);
  // Takes away what the op waits for outside of the loop around, and gives it.
  std::vector<Operation> remove_external_control_edges(const Operation& op);
  // The graph keeps the context, and so does the one around it.
  static void adopt(GraphBuilder& graph, const std::shared_ptr<ControlFlowContext>& context);

  std::string name_;
  std::shared_ptr<ControlFlowContext> outer_;
  std::vector<std::weak_ptr<ControlFlowContext>> nested_;  // The graph keeps them.
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
  std::optional<Operation> control_pivot(const GraphBuilder& graph) const override {
    return pivot(graph).op();
  }

  void add_op(GraphBuilder& graph, const Operation& op) override;
  Output add_value(GraphBuilder& graph, const Output& value) override;
  // A result of the branch, on its way out.
  Output process_output(GraphBuilder& graph, const Output& value);

 private:
  TensorKey pred_, pivot_;
  int branch_;
};

struct WhileLoopOptions {
  // What every pass keeps of the loop variables' shapes, one for each; empty: the shapes with which
  // they enter.
  std::vector<Shape> shape_invariants = {};
  std::int64_t parallel_iterations = 10;
  bool back_prop = true;
  bool swap_memory = false;
  // A scalar int; counts the passes in a loop variable of its own.
  std::optional<Input> maximum_iterations = {};
  std::string name = "while";
};

// A loop.
class ICECORE_API WhileContext final : public ControlFlowContext {
 public:
  static std::shared_ptr<WhileContext> make(GraphBuilder& graph, const WhileLoopOptions& options,
                                            const std::optional<Output>& maximum_iterations,
                                            std::string_view name = "while_context");

  WhileContext(std::string name, std::shared_ptr<ControlFlowContext> outer,
               const WhileLoopOptions& options)
      : ControlFlowContext(std::move(name), std::move(outer)),
        parallel_iterations_(options.parallel_iterations),
        back_prop_(options.back_prop),
        swap_memory_(options.swap_memory) {}

  bool is_while() const override { return true; }
  std::int64_t parallel_iterations() const { return parallel_iterations_; }
  bool back_prop() const { return back_prop_; }
  bool swap_memory() const { return swap_memory_; }
  std::optional<Output> maximum_iterations(const GraphBuilder& graph) const {
    return found(graph, maximum_iterations_);
  }
  // What decides whether there is another pass (LoopCond), and the first loop variable as the
  // condition and the body see it.
  std::optional<Output> pivot(const GraphBuilder& graph) const { return found(graph, pivot_); }
  std::optional<Output> pivot_for_pred(const GraphBuilder& graph) const {
    return found(graph, pivot_for_pred_);
  }
  std::optional<Output> pivot_for_body(const GraphBuilder& graph) const {
    return found(graph, pivot_for_body_);
  }
  std::vector<Output> loop_enters(const GraphBuilder& graph) const;
  std::vector<Output> loop_exits(const GraphBuilder& graph) const;
  std::optional<Operation> control_pivot(const GraphBuilder& graph) const override;

  void add_op(GraphBuilder& graph, const Operation& op) override;
  Output add_value(GraphBuilder& graph, const Output& value) override;
  // Adds the whole loop, and gives what its variables are at the end.
  std::vector<Output> build(
      GraphBuilder& graph, const std::function<Input(const std::vector<Output>&)>& cond,
      const std::function<std::vector<Input>(const std::vector<Output>&)>& body,
      const std::vector<Output>& loop_vars, const std::vector<Shape>& shape_invariants);

 private:
  friend class ContextDecoder;

  std::optional<Output> found(const GraphBuilder& graph,
                              const std::optional<TensorKey>& key) const {
    if (!key) return std::nullopt;
    return output_of(graph, *key);
  }
  Output enter(GraphBuilder& graph, const Output& value, bool is_constant);
  void fix_enter(GraphBuilder& graph, const Operation& enter);
  std::vector<Output> make_enters(GraphBuilder& graph, const std::vector<Output>& loop_vars,
                                  const std::vector<Shape>& shape_invariants);
  void add_back_edge(GraphBuilder& graph, const Output& merged, const Output& next) const;
  bool is_free(const GraphBuilder& graph, const Operation& op) const;

  std::int64_t parallel_iterations_;
  bool back_prop_, swap_memory_;
  std::optional<TensorKey> maximum_iterations_, pivot_, pivot_for_pred_, pivot_for_body_;
  std::vector<TensorKey> enters_, exits_;
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

// The condition and the body of a loop, given the loop variables as one pass has them. Tensors from
// outside may be used in both; they are the same in every pass.
using LoopCondition = std::function<Input(const std::vector<Output>& loop_vars)>;
using LoopBody = std::function<std::vector<Input>(const std::vector<Output>& loop_vars)>;

// tf.while_loop: both functions are called once, and add the nodes of a pass. Gives the loop
// variables as they are when the condition no longer holds. ValueError where the body gives another
// number of values than there are loop variables, or a value whose shape isn't that of its loop
// variable; TypeError where its type isn't.
ICECORE_API std::vector<Output> while_loop(GraphBuilder& graph, const LoopCondition& cond,
                                           const LoopBody& body,
                                           const std::vector<Input>& loop_vars,
                                           const WhileLoopOptions& options = {});

// tf.tuple: the tensors, each of which is there when all have been computed, and `control_inputs`
// have run.
ICECORE_API std::vector<Output> tuple(GraphBuilder& graph, const std::vector<Output>& tensors,
                                      std::string_view name = {},
                                      const std::vector<Operation>& control_inputs = {});

// Whether a Session may be asked for it, or given it: what lies in a loop or a branch is for the
// graph to compute (Graph.is_fetchable, Graph.is_feedable).
ICECORE_API bool is_fetchable(const Operation& operation);
ICECORE_API bool is_feedable(const Output& output);

// The context that a tensor of the op is seen in: of a loop's exit the one around the loop.
ICECORE_API std::shared_ptr<ControlFlowContext> output_context(const Operation& operation);

// A context with those within it as a CondContextDef or WhileContextDef, which meta graphs hold
// (to_proto, from_proto); names lose `export_scope`, or get `import_scope`. A context that is read
// is that of its nodes from then on, which must be there: NOT_FOUND (KeyError) where one isn't.
ICECORE_API std::string control_flow_context_def(const GraphBuilder& graph,
                                                 const ControlFlowContext& context,
                                                 std::string_view export_scope = {});
ICECORE_API std::shared_ptr<CondContext> cond_context_from_def(GraphBuilder& graph,
                                                               std::string_view def,
                                                               std::string_view import_scope = {});
ICECORE_API std::shared_ptr<WhileContext> while_context_from_def(
    GraphBuilder& graph, std::string_view def, std::string_view import_scope = {});

// The loops made outside of other contexts, in order (collection "while_context").
ICECORE_API std::vector<std::shared_ptr<WhileContext>> while_contexts(const GraphBuilder& graph);
ICECORE_API void add_while_context(GraphBuilder& graph, std::shared_ptr<WhileContext> context);

// The branches made by conds outside of other contexts, in order (collection "cond_context").
ICECORE_API std::vector<std::shared_ptr<CondContext>> cond_contexts(const GraphBuilder& graph);
ICECORE_API void add_cond_context(GraphBuilder& graph, std::shared_ptr<CondContext> context);

}  // namespace icecore::inline v0
