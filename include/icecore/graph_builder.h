// Builds graphs: node for node, and name for name, as TensorFlow 1.15.5 does.
#pragma once

#include <icecore/attr_value.h>
#include <icecore/export.h>
#include <icecore/graph.h>
#include <icecore/node_info.h>
#include <icecore/op_set.h>
#include <icecore/shape.h>
#include <icecore/tensor.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace icecore::inline v0 {

class ControlFlowContext;
class GraphBuilder;
class Operation;
class Variable;
struct BuilderData;
struct VariableData;

// A symbolic tensor: output `index` of a node of a builder's graph (tf.Tensor; icecore::Tensor
// holds values). A small handle; it keeps the graph alive.
class ICECORE_API Output {
 public:
  // Of no graph: valid() is false, and what asks for more INVALID_ARGUMENT (ValueError).
  Output() = default;

  bool valid() const { return graph_ != nullptr; }
  Operation op() const;
  int index() const { return index_; }
  std::string name() const;  // "conv1/Conv2D:0"
  DType dtype() const;       // float32 also of a reference to one.
  bool is_reference() const;
  Shape shape() const;
  bool operator==(const Output&) const = default;

 private:
  friend class GraphBuilder;
  friend class Operation;
  Output(std::shared_ptr<BuilderData> graph, int node, int index)
      : graph_(std::move(graph)), node_(node), index_(index) {}
  std::shared_ptr<BuilderData> graph_;
  int node_ = -1, index_ = 0;
};

// A node of a builder's graph (tf.Operation). A small handle; it keeps the graph alive.
class ICECORE_API Operation {
 public:
  // As an empty Output.
  Operation() = default;

  bool valid() const { return graph_ != nullptr; }
  // Counts from 0 in the order of creation; stable.
  int id() const { return node_; }
  std::string name() const;
  std::string type() const;    // The op: "Conv2D".
  std::string device() const;  // "/device:CPU:0"; "" where none was asked for.

  int num_inputs() const;
  int num_outputs() const;
  Output input(int i) const;
  Output output(int i = 0) const;
  std::vector<Output> inputs() const;
  std::vector<Output> outputs() const;
  std::vector<Operation> control_inputs() const;  // In the order added.
  std::vector<Operation> consumers() const;       // Of any output's value, without repeats.

  // With the signature's defaults.
  NodeInfo info() const;
  bool has_attr(std::string_view attr) const;
  // INVALID_ARGUMENT (Misuse::kValue) where there is none.
  AttrValue attr(std::string_view attr) const;
  // The names behind "loc:@" of its `_class`; its own name where it has none.
  std::vector<std::string> colocation_groups() const;
  // Null at the top.
  std::shared_ptr<ControlFlowContext> control_flow_context() const;

  GraphBuilder graph() const;
  bool operator==(const Operation&) const = default;

 private:
  friend class GraphBuilder;
  friend class Output;
  Operation(std::shared_ptr<BuilderData> graph, int node) : graph_(std::move(graph)), node_(node) {}
  std::shared_ptr<BuilderData> graph_;
  int node_ = -1;
};

// What an op function takes: a symbolic tensor, or a value that becomes a constant. A plain number
// takes the dtype that the op's other inputs want (ints are int32, other numbers float32 where none
// wants any), as in Python.
class ICECORE_API Input {
 public:
  Input(Output output) : value_(std::move(output)) {}
  // Its value, read where the op is made (tf.convert_to_tensor); the reference where an op wants
  // one.
  Input(const Variable& variable);
  Input(Tensor tensor) : value_(std::move(tensor)) {}
  Input(std::string text);
  Input(const char* text) : Input(std::string(text)) {}
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  Input(T number) : value_(number_of(number)) {}
  template <std::floating_point T>
  Input(T number) : value_(value_of(static_cast<double>(number))) {}
  // A vector of numbers.
  Input(const std::vector<std::int64_t>& numbers);
  Input(const std::vector<int>& numbers);
  Input(const std::vector<double>& numbers);
  Input(const std::vector<float>& numbers);

  // Numbers without a dtype yet: whole ones, or others.
  struct ICECORE_API Numbers {
    Numbers(Shape of, std::vector<std::int64_t> whole)
        : shape(std::move(of)), integral(true), ints(std::move(whole)) {}
    Numbers(Shape of, std::vector<double> others)
        : shape(std::move(of)), integral(false), reals(std::move(others)) {}

    Shape shape;
    bool integral;
    std::vector<std::int64_t> ints;  // Where they are integral; else
    std::vector<double> reals;

    std::size_t count() const { return integral ? ints.size() : reals.size(); }
    double number(std::size_t i) const;       // The nearest, of a whole number beyond 2^53.
    std::int64_t whole(std::size_t i) const;  // Towards zero.
  };
  static Input of(Numbers numbers) {
    Input input(0);
    input.value_ = std::move(numbers);
    return input;
  }
  using VariablePointer = std::shared_ptr<const VariableData>;
  using Value = std::variant<Output, Tensor, Numbers, VariablePointer>;
  const Value& value() const { return value_; }

 private:
  static Value value_of(std::int64_t number);
  static Value value_of(double number);
  // Beyond int64 there is only uint64.
  template <std::integral T>
  static Value number_of(T number) {
    if (std::in_range<std::int64_t>(number)) return value_of(static_cast<std::int64_t>(number));
    return Tensor::scalar(static_cast<std::uint64_t>(number));
  }

  Value value_;
};

// One argument of a signature: a tensor, or a list of them.
using OpInput = std::variant<Input, std::vector<Input>>;

// What a collection holds: tensors, operations, variables, and plain values. Bytes that begin as a
// message which isn't understood (queue runners of an imported graph) are kept as they are.
struct CollectionItem;

// Undoes what the function that gave it did, when it goes out of scope or leave() is called; guards
// of one graph must be left in the opposite order.
class ICECORE_API ScopeGuard {
 public:
  ScopeGuard() = default;
  ScopeGuard(std::string name, std::function<void()> leave)
      : name_(std::move(name)), leave_(std::move(leave)) {}
  ScopeGuard(ScopeGuard&& other) noexcept { *this = std::move(other); }
  ScopeGuard& operator=(ScopeGuard&& other) noexcept;
  ~ScopeGuard() { leave(); }

  void leave();
  // Of a name scope: "layer1/", or "" at the top.
  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::function<void()> leave_;
};

// A graph under construction (tf.Graph). Copies are handles on the same graph, as in Python.
//
// Names, devices, colocation, control inputs, default attributes, seeds and the order of nodes are
// TensorFlow 1.15.5's (tf-rules 8). Shapes are inferred when a node is added, by the OpSet's shape
// functions: an op without one has outputs of unknown rank.
//
// Errors carry the exception that TensorFlow raises there (Error::misuse()).
//
// Threads: one at a time; handles count as access to the graph. Sessions read snapshots (graph()).
class ICECORE_API GraphBuilder {
 public:
  // Knows standard_ops(); part of libicecore_runtime. Who links libicecore alone names an OpSet.
  GraphBuilder();
  explicit GraphBuilder(OpSet ops);

  // The set given, with the signatures that imported meta graphs brought along.
  const OpSet& ops() const;

  // --- Nodes -------------------------------------------------------------------------------------

  // Adds an op as Python's op functions do (op_def_library): opens the name scope `name` (empty:
  // the op's own name), turns values into constants named after the arguments ("add/y"), infers
  // type and number attributes, fills in defaults, and infers shapes. `inputs` has one item for
  // each argument of the signature. Attributes that are inferred may be left out or must agree.
  Operation apply_op(std::string_view op, const std::vector<OpInput>& inputs,
                     const AttrList& attrs = {}, std::string_view name = {});

  // The lower level (Graph.create_op): inputs as they are, no constants, no scope of its own. A
  // name ending in "/" is taken literally (without it). `attrs` must have what can't be inferred.
  Operation create_op(std::string_view op, const std::vector<Output>& inputs,
                      const AttrList& attrs = {}, std::string_view name = {});

  // A Const node named by create_op()'s rules ("Const" where empty).
  Output constant(const Tensor& value, std::string_view name = "Const");
  // tf.convert_to_tensor: the output itself, a variable's value, or a constant. `dtype` is what
  // plain numbers become.
  Output convert_to_tensor(const Input& value, std::optional<DType> dtype = {},
                           std::string_view name = "Const");
  Output placeholder(DType dtype, const Shape& shape = Shape::unknown_rank(),
                     std::string_view name = "Placeholder");
  // tf.group and tf.no_op; tf.identity.
  Operation group(const std::vector<Operation>& operations, std::string_view name = "group_deps");
  Operation no_op(std::string_view name = "NoOp");
  Output identity(const Input& input, std::string_view name = "Identity");
  // tf.control_dependencies + tf.identity (control_flow_ops.with_dependencies).
  Output with_dependencies(const std::vector<Operation>& dependencies, const Output& output,
                           std::string_view name = {});

  // --- Looking -----------------------------------------------------------------------------------

  int num_operations() const;
  std::vector<Operation> operations() const;  // In the order of creation.
  Operation operation(int id) const;
  std::optional<Operation> find_operation(std::string_view name) const;
  // NOT_FOUND (KeyError) where it isn't there, with the nearest names; INVALID_ARGUMENT
  // (ValueError) where the name is one of the other kind ("w:0" for an operation).
  Operation get_operation_by_name(std::string_view name) const;
  Output get_tensor_by_name(std::string_view name) const;
  // The value of a tensor where it is known without running the graph (tensor_util.constant_value).
  std::optional<Tensor> constant_value(const Output& output) const;
  // A vector of ints as a shape, as far as it is known (constant_value_as_shape).
  Shape constant_value_as_shape(const Output& output) const;

  // --- Scopes ------------------------------------------------------------------------------------

  // Graph.name_scope: "a" opens a fresh "a/", "a_1/" …; "a/" re-enters it; "" is the top.
  [[nodiscard]] ScopeGuard name_scope(std::string_view name);
  const std::string& current_name_scope() const;  // "a/b/", or "".
  std::string unique_name(std::string_view name, bool mark_as_used = true);
  // Merged with the devices around it; nothing clears them.
  [[nodiscard]] ScopeGuard device(std::optional<std::string_view> device);
  [[nodiscard]] ScopeGuard control_dependencies(const std::vector<Operation>& operations);
  // Leaves all control dependencies and control flow contexts, as control_dependencies(None).
  [[nodiscard]] ScopeGuard no_control_dependencies();
  [[nodiscard]] ScopeGuard colocate_with(const Operation& operation, bool ignore_existing = false);
  // Nodes made inside get these attributes too (Graph._attr_scope).
  [[nodiscard]] ScopeGuard attr_scope(AttrList attrs);
  // ops.init_scope: the top, without scopes of names (but the current one), devices kept.
  [[nodiscard]] ScopeGuard init_scope();
  // The innermost; null at the top. cond() and while_loop() set it.
  std::shared_ptr<ControlFlowContext> control_flow_context() const;
  void set_control_flow_context(std::shared_ptr<ControlFlowContext> context);

  // --- Seeds -------------------------------------------------------------------------------------

  void set_random_seed(std::optional<std::int64_t> seed);
  std::optional<std::int64_t> random_seed() const;
  // random_seed.get_seed: (seed, seed2) of an op made now.
  std::pair<std::int64_t, std::int64_t> op_seeds(std::optional<std::int64_t> op_seed) const;

  // --- Collections -------------------------------------------------------------------------------

  void add_to_collection(std::string_view collection, CollectionItem item);
  // In the order added; with a scope those whose name matches it as a regular expression from the
  // start (re.match; a plain prefix is one).
  std::vector<CollectionItem> collection(std::string_view collection,
                                         std::string_view scope = {}) const;
  std::vector<std::string> collection_keys() const;  // Those that hold something, in order of use.
  void clear_collection(std::string_view collection);

  // --- Changes -----------------------------------------------------------------------------------

  // The few that TensorFlow knows. A Session that ran the node goes on with it as it was.
  void set_attr(const Operation& operation, std::string_view attr, const AttrValue& value);
  void add_control_input(const Operation& operation, const Operation& input);
  void update_input(const Operation& operation, int index, const Output& input);
  void set_device(const Operation& operation, std::string_view device);
  // Merges what is known (Tensor.set_shape).
  void set_shape(const Output& output, const Shape& shape);
  void finalize();
  bool is_finalized() const;

  // --- As a whole --------------------------------------------------------------------------------

  // What is there now as a GraphDef's nodes; shares the encoded nodes. Control inputs are sorted as
  // as_graph_def() sorts them; with `add_shapes` nodes have `_output_shapes`.
  Graph graph(bool add_shapes = false) const;
  // Grows with every node and every change.
  std::uint64_t version() const;
  // versions.producer of the graph: 134, or the smallest imported.
  std::int64_t producer() const;

  bool operator==(const GraphBuilder&) const = default;

  // For the modules above; not part of the installed API's promises.
  explicit GraphBuilder(std::shared_ptr<BuilderData> data) : data_(std::move(data)) {}
  BuilderData& data() const { return *data_; }

 private:
  // The id of the node; ValueError where it is of another graph or of none.
  int node_of(const Output& output) const;
  int node_of(const Operation& operation) const;

  std::shared_ptr<BuilderData> data_;
};

// A variable of the graph: see icecore/variable.h.
class ICECORE_API Variable {
 public:
  explicit Variable(std::shared_ptr<const VariableData> data) : data_(std::move(data)) {}

  std::string name() const;  // "w:0"
  Operation op() const;      // VariableV2, or VarHandleOp.
  DType dtype() const;
  Shape shape() const;
  bool is_resource() const;
  bool trainable() const;
  // What VariableV2 gives: a reference; of a resource variable its handle.
  Output ref() const;
  // w/read; of a resource variable r/Read/ReadVariableOp.
  Output value() const;
  // Of the tensor that a Session is asked for to read it: "w:0", "r/Read/ReadVariableOp:0".
  std::string value_name() const;
  Operation initializer() const;  // w/Assign
  Output initial_value() const;   // INVALID_ARGUMENT where an imported one has none.

  GraphBuilder graph() const;
  const VariableData& data() const { return *data_; }
  const std::shared_ptr<const VariableData>& shared_data() const { return data_; }
  bool operator==(const Variable&) const = default;

 private:
  std::shared_ptr<const VariableData> data_;
};

struct CollectionItem {
  std::variant<Output, Operation, Variable, std::string, std::int64_t, double, bool> value;
};

// Names of collections (tf.GraphKeys).
struct GraphKeys {
  static constexpr std::string_view kGlobalVariables = "variables";
  static constexpr std::string_view kTrainableVariables = "trainable_variables";
  static constexpr std::string_view kLocalVariables = "local_variables";
  static constexpr std::string_view kModelVariables = "model_variables";
  static constexpr std::string_view kMovingAverageVariables = "moving_average_variables";
  static constexpr std::string_view kGlobalStep = "global_step";
  static constexpr std::string_view kLosses = "losses";
  static constexpr std::string_view kRegularizationLosses = "regularization_losses";
  static constexpr std::string_view kUpdateOps = "update_ops";
  static constexpr std::string_view kTrainOp = "train_op";
  static constexpr std::string_view kSavers = "savers";
  static constexpr std::string_view kSaveableObjects = "saveable_objects";
};

}  // namespace icecore::inline v0
