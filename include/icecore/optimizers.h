// Optimizers: nodes that change variables so that a loss gets smaller (tf.train.Optimizer).
//
//   AdamOptimizer adam(0.001);
//   Operation train = adam.minimize(loss, {.global_step = get_or_create_global_step(graph)});
//   …
//   session.run(train);
//
// or in two steps, with whatever is to be done to the gradients between them:
//
//   GradientsAndVariables pairs = adam.compute_gradients(loss);
//   …
//   Operation train = adam.apply_gradients(pairs);
//
// Names, nodes, slots and collections are TensorFlow 1.15.5's, and so is the number of op ids that
// are used up: what is random after an optimizer has the seeds that it has there. Variables may be
// reference or resource variables, gradients tensors or IndexedSlices, whose repeated rows are
// added up first. A learning rate and the like is a number, a tensor of the graph, or a variable.
//
// Threads: as GraphBuilder, one at a time.
#pragma once

#include <icecore/export.h>
#include <icecore/gradient_context.h>
#include <icecore/graph_builder.h>
#include <icecore/variable.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

// A gradient (none, a tensor, or slices) and the variable that it is for.
struct GradientAndVariable {
  Gradient gradient;
  Variable variable;
};
using GradientsAndVariables = std::vector<GradientAndVariable>;

// How much waits for how much (GATE_NONE, GATE_OP, GATE_GRAPH): nothing; an op's gradients for each
// other; all gradients for each other.
enum class GateGradients { kNone, kOp, kGraph };

struct ComputeGradientsOptions {
  std::optional<std::vector<Variable>> var_list = {};  // The trainable ones where there is none.
  GateGradients gate_gradients = GateGradients::kOp;
  bool colocate_gradients_with_ops = false;
  std::optional<Output> grad_loss = {};  // The loss's own gradient; ones where there is none.
};

struct ApplyGradientsOptions {
  std::optional<Variable> global_step = {};  // Counted up by one once the variables have changed.
  std::string name = {};                     // The operation's; empty: the optimizer's.
};

struct MinimizeOptions {
  std::optional<Variable> global_step = {};
  std::optional<std::vector<Variable>> var_list = {};
  GateGradients gate_gradients = GateGradients::kOp;
  bool colocate_gradients_with_ops = false;
  std::string name = {};
  std::optional<Output> grad_loss = {};
};

// What all optimizers can do. To write one, derive from it as GradientDescentOptimizer and the
// others do: make slots, then the nodes that update one variable.
class ICECORE_API Optimizer {
 public:
  virtual ~Optimizer();

  // compute_gradients(), then apply_gradients(). ValueError where no variable has a gradient.
  Operation minimize(const Output& loss, const MinimizeOptions& options = {});
  // ValueError where there are no variables, or where the loss or a variable isn't of floats.
  GradientsAndVariables compute_gradients(const Output& loss,
                                          const ComputeGradientsOptions& options = {});
  // Variables without a gradient are left alone. The operation joins the collection "train_op".
  Operation apply_gradients(const GradientsAndVariables& pairs,
                            const ApplyGradientsOptions& options = {});

  // The variable that the optimizer keeps beside `variable` ("momentum", "m"); none where it
  // doesn't.
  std::optional<Variable> get_slot(const Variable& variable, std::string_view slot) const;
  std::vector<std::string> get_slot_names() const;  // Sorted.
  // Slots and what belongs to no variable (beta1_power) in that graph, sorted by name.
  std::vector<Variable> variables(const GraphBuilder& graph) const;
  const std::string& name() const { return name_; }

 protected:
  // ValueError where the name is empty.
  Optimizer(std::string name, bool use_locking);
  Optimizer(const Optimizer&) = default;
  Optimizer& operator=(const Optimizer&) = default;

  // --- What an optimizer does its own way ---

  // Makes the slots of the variables, of which there is at least one.
  virtual void create_slots(GraphBuilder& graph, const std::vector<Variable>& variables);
  // Makes tensors of the learning rate and the like, in the scope of the training operation.
  virtual void prepare(GraphBuilder& graph);
  // The nodes that update one variable; the operation that ends them.
  virtual Operation apply_dense(const Output& gradient, const Variable& variable) = 0;
  // No index stands in `slices` twice.
  virtual Operation apply_sparse(const IndexedSlices& slices, const Variable& variable) = 0;
  // With indices that may. As it stands it adds up the rows of each and calls apply_sparse().
  virtual Operation apply_sparse_duplicate_indices(const IndexedSlices& slices,
                                                   const Variable& variable);
  // What remains to be done after all updates; the operation of that name stands for all.
  virtual Operation finish(GraphBuilder& graph, const std::vector<Operation>& updates,
                           std::string_view name);

  // --- What it does that with ---

  bool use_locking() const { return use_locking_; }
  // Slots of that name, made once for each variable; their variables are called after the
  // optimizer ("w/Adam").
  Variable zeros_slot(const Variable& variable, std::string_view slot);
  Variable slot_with_initializer(const Variable& variable, const Initializer& initializer,
                                 std::string_view slot);
  Variable slot_with_value(const Variable& variable, const Output& value, std::string_view slot);
  Variable slot_with_function(const Variable& variable, const std::function<Output()>& value,
                              std::string_view slot);
  // The slot; INTERNAL where it was never made.
  Variable slot(const Variable& variable, std::string_view slot) const;
  // A variable that belongs to no other one, beside `beside`; made once for each graph.
  Variable create_non_slot_variable(const Input& value, std::string_view name,
                                    const Variable& beside);
  Variable non_slot_variable(const GraphBuilder& graph, std::string_view name) const;
  // Adds the training op for a variable ("ApplyAdam", of a resource variable
  // "ResourceApplyAdam") with use_locking: the variable, then `inputs`, where a Variable stands
  // for itself, not for its value.
  using UpdateInput = std::variant<Input, Variable>;
  Operation update_op(std::string_view op, const Variable& variable,
                      const std::vector<UpdateInput>& inputs, AttrList attrs = {});

 private:
  // Of one slot: by graph and name of the variable.
  using VariableKey = std::pair<const BuilderData*, std::string>;
  using Slots = std::map<VariableKey, Variable>;
  Variable get_or_make_slot(const Variable& variable, std::string_view slot,
                            const std::function<Variable()>& make);
  Operation update(const Gradient& gradient, const Variable& variable);
  const Variable* find_slot(const Variable& variable, std::string_view slot) const;

  std::string name_;
  bool use_locking_;
  std::map<std::string, Slots, std::less<>> slots_;
  Slots non_slots_;
};

struct GradientDescentOptions {
  bool use_locking = false;
  std::string name = "GradientDescent";
};
// variable -= learning_rate * gradient.
class ICECORE_API GradientDescentOptimizer : public Optimizer {
 public:
  explicit GradientDescentOptimizer(Input learning_rate,
                                    const GradientDescentOptions& options = {});

 protected:
  void prepare(GraphBuilder& graph) override;
  Operation apply_dense(const Output& gradient, const Variable& variable) override;
  Operation apply_sparse(const IndexedSlices& slices, const Variable& variable) override;
  Operation apply_sparse_duplicate_indices(const IndexedSlices& slices,
                                           const Variable& variable) override;

 private:
  Input learning_rate_;
  Output learning_rate_tensor_;
};

struct MomentumOptions {
  bool use_locking = false;
  std::string name = "Momentum";
  bool use_nesterov = false;
};
// accumulation = momentum * accumulation + gradient; variable -= learning_rate * accumulation.
// Slot "momentum".
class ICECORE_API MomentumOptimizer : public Optimizer {
 public:
  MomentumOptimizer(Input learning_rate, Input momentum, const MomentumOptions& options = {});

 protected:
  void create_slots(GraphBuilder& graph, const std::vector<Variable>& variables) override;
  void prepare(GraphBuilder& graph) override;
  Operation apply_dense(const Output& gradient, const Variable& variable) override;
  Operation apply_sparse(const IndexedSlices& slices, const Variable& variable) override;

 private:
  Input learning_rate_, momentum_;
  bool use_nesterov_;
  Output learning_rate_tensor_, momentum_tensor_;
};

struct AdamOptions {
  Input beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
  bool use_locking = false;
  std::string name = "Adam";
};
// Slots "m" and "v", and the variables beta1_power and beta2_power. With slices, too, the moments
// of all rows decay.
class ICECORE_API AdamOptimizer : public Optimizer {
 public:
  explicit AdamOptimizer(Input learning_rate = 0.001, const AdamOptions& options = {});

 protected:
  void create_slots(GraphBuilder& graph, const std::vector<Variable>& variables) override;
  void prepare(GraphBuilder& graph) override;
  Operation apply_dense(const Output& gradient, const Variable& variable) override;
  Operation apply_sparse(const IndexedSlices& slices, const Variable& variable) override;
  Operation finish(GraphBuilder& graph, const std::vector<Operation>& updates,
                   std::string_view name) override;

 private:
  Input learning_rate_, beta1_, beta2_, epsilon_;
  Output learning_rate_tensor_, beta1_tensor_, beta2_tensor_, epsilon_tensor_;
};

struct RmsPropOptions {
  Input decay = 0.9, momentum = 0.0, epsilon = 1e-10;
  bool use_locking = false;
  bool centered = false;  // Divide by the variance of the gradients, not by their squares' mean.
  std::string name = "RMSProp";
};
// Slots "rms", which begins at 1, "momentum", and where it is centered "mg".
class ICECORE_API RmsPropOptimizer : public Optimizer {
 public:
  explicit RmsPropOptimizer(Input learning_rate, const RmsPropOptions& options = {});

 protected:
  void create_slots(GraphBuilder& graph, const std::vector<Variable>& variables) override;
  void prepare(GraphBuilder& graph) override;
  Operation apply_dense(const Output& gradient, const Variable& variable) override;
  Operation apply_sparse(const IndexedSlices& slices, const Variable& variable) override;

 private:
  Operation apply(const Variable& variable, const Output& gradient,
                  const std::optional<Output>& indices);

  Input learning_rate_, decay_, momentum_, epsilon_;
  bool centered_;
  Output learning_rate_tensor_, decay_tensor_, momentum_tensor_, epsilon_tensor_;
};

struct AdagradOptions {
  double initial_accumulator_value = 0.1;  // Above 0, else a ValueError.
  bool use_locking = false;
  std::string name = "Adagrad";
};
// Slot "accumulator".
class ICECORE_API AdagradOptimizer : public Optimizer {
 public:
  explicit AdagradOptimizer(Input learning_rate, const AdagradOptions& options = {});

 protected:
  void create_slots(GraphBuilder& graph, const std::vector<Variable>& variables) override;
  void prepare(GraphBuilder& graph) override;
  Operation apply_dense(const Output& gradient, const Variable& variable) override;
  Operation apply_sparse(const IndexedSlices& slices, const Variable& variable) override;

 private:
  Input learning_rate_;
  double initial_accumulator_value_;
  Output learning_rate_tensor_;
};

}  // namespace icecore::inline v0
