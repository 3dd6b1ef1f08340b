// Variables of a graph: making them, finding them.
#pragma once

#include <icecore/export.h>
#include <icecore/graph_builder.h>
#include <icecore/variable_data.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

// Of a part of a partitioned variable: what it is a part of (_PartitionInfo).
struct VariablePart {
  Shape full_shape;
  std::vector<std::int64_t> offset;
};

// Makes the nodes of a variable's initial value, in the scopes where TensorFlow calls an
// initializer. It is called with the shape (of a part the part's) and the variable's dtype; one
// that takes a fourth argument is told there what the variable is a part of, or null.
class Initializer {
 public:
  using Function =
      std::function<Output(GraphBuilder&, const Shape&, DType, const VariablePart* part)>;
  template <typename F>
    requires std::is_invocable_r_v<Output, F&, GraphBuilder&, const Shape&, DType>
  Initializer(F function)
      : function_([function = std::move(function)](GraphBuilder& graph, const Shape& shape,
                                                   DType dtype, const VariablePart*) mutable {
          return function(graph, shape, dtype);
        }) {}
  template <typename F>
    requires std::is_invocable_r_v<Output, F&, GraphBuilder&, const Shape&, DType,
                                   const VariablePart*>
  Initializer(F function) : function_(std::move(function)) {}

  Output operator()(GraphBuilder& graph, const Shape& shape, DType dtype,
                    const VariablePart* part = nullptr) const {
    return function_(graph, shape, dtype, part);
  }

 private:
  Function function_;
};

// tf.*_initializer. `seed` is the op's seed. A constant_initializer of fewer elements than the
// variable has repeats its last one; of more it is a ValueError.
ICECORE_API Initializer zeros_initializer();
ICECORE_API Initializer ones_initializer();
ICECORE_API Initializer constant_initializer(Tensor value);
ICECORE_API Initializer constant_initializer(double value);
ICECORE_API Initializer random_uniform_initializer(double minval = 0, double maxval = 1,
                                                   std::optional<std::int64_t> seed = {});
ICECORE_API Initializer random_normal_initializer(double mean = 0, double stddev = 1,
                                                  std::optional<std::int64_t> seed = {});
ICECORE_API Initializer truncated_normal_initializer(double mean = 0, double stddev = 1,
                                                     std::optional<std::int64_t> seed = {});
enum class FanMode { kIn, kOut, kAverage };
enum class ScalingDistribution { kTruncatedNormal, kUntruncatedNormal, kUniform };
ICECORE_API Initializer variance_scaling_initializer(
    double scale = 1, FanMode mode = FanMode::kIn,
    ScalingDistribution distribution = ScalingDistribution::kTruncatedNormal,
    std::optional<std::int64_t> seed = {});
ICECORE_API Initializer glorot_uniform_initializer(std::optional<std::int64_t> seed = {});
ICECORE_API Initializer glorot_normal_initializer(std::optional<std::int64_t> seed = {});

struct VariableOptions {
  std::string name = {};  // Empty: "Variable".
  bool trainable = true;
  std::optional<bool> use_resource = {};  // None: as the variable scope has it.
  bool validate_shape = true;
  // {} means the collection of global variables; where trainable, that of trainable ones is added.
  std::vector<std::string> collections = {};
  std::optional<DType> dtype = {};
  // Numbers of VariableDef's enums; ONLY_FIRST_REPLICA is 3.
  std::int64_t synchronization = 0, aggregation = 0;
};

// tf.Variable(initial_value, …): nodes name/initial_value, name, name/Assign, name/read.
ICECORE_API Variable make_variable(GraphBuilder& graph, const Input& initial_value,
                                   const VariableOptions& options = {});
// tf.Variable of a function that makes the initial value (name/Initializer/…).
ICECORE_API Variable make_initialized_variable(GraphBuilder& graph,
                                               const std::function<Output()>& initial_value,
                                               const VariableOptions& options = {});
template <typename F>
  requires std::is_invocable_r_v<Output, const F&>
Variable make_variable(GraphBuilder& graph, const F& initial_value,
                       const VariableOptions& options = {}) {
  return make_initialized_variable(graph, initial_value, options);
}

// --- Variable scopes (tf.variable_scope, tf.get_variable) ----------------------------------------

enum class Reuse { kInherit, kFalse, kTrue, kAuto };

// How many parts along each dimension; a partitioner gives one number for each dimension.
using Partitioner = std::function<std::vector<std::int64_t>(const Shape& shape, DType dtype)>;
ICECORE_API Partitioner fixed_size_partitioner(std::int64_t num_shards, int axis = 0);
ICECORE_API Partitioner variable_axis_size_partitioner(std::int64_t max_shard_bytes, int axis = 0,
                                                       std::int64_t bytes_per_string_element = 16,
                                                       std::optional<std::int64_t> max_shards = {});
ICECORE_API Partitioner min_max_variable_partitioner(std::int64_t max_partitions = 1, int axis = 0,
                                                     std::int64_t min_slice_size = 256 << 10,
                                                     std::int64_t bytes_per_string_element = 16);

// Gives the loss of a variable, or nothing.
using Regularizer =
    std::function<std::optional<Output>(GraphBuilder& graph, const Variable& variable)>;
// tf.contrib.layers.l2_regularizer: scale times L2Loss; with scale 0 there is no loss. ValueError
// below 0.
ICECORE_API Regularizer l2_regularizer(double scale);

struct VariableScopeOptions {
  Reuse reuse = Reuse::kInherit;
  std::string default_name = {};  // With an empty name: made unique.
  std::optional<Initializer> initializer = {};
  std::optional<Regularizer> regularizer = {};
  std::optional<Partitioner> partitioner = {};
  std::optional<bool> use_resource = {};
  std::optional<DType> dtype = {};
  bool auxiliary_name_scope = true;
};

// What stands while a variable scope is open. Opening one by such a value instead of a name jumps
// back to it, wherever one is: the name scope is a fresh one.
struct VariableScope {
  std::string name;                 // "net/inner"
  std::string original_name_scope;  // "net/inner/"
  Reuse reuse = Reuse::kFalse;
  std::optional<Initializer> initializer;
  std::optional<Regularizer> regularizer;
  std::optional<Partitioner> partitioner;
  bool use_resource = false;
  DType dtype = DType::kFloat32;
};
[[nodiscard]] ICECORE_API ScopeGuard variable_scope(GraphBuilder& graph, std::string_view name,
                                                    const VariableScopeOptions& options = {});
[[nodiscard]] ICECORE_API ScopeGuard variable_scope(GraphBuilder& graph, const VariableScope& scope,
                                                    const VariableScopeOptions& options = {});
// tf.get_variable_scope.
ICECORE_API VariableScope& current_variable_scope(GraphBuilder& graph);

struct GetVariableOptions {
  std::optional<DType> dtype = {};
  std::optional<Initializer> initializer = {};  // Neither here nor in the scope: TensorFlow's.
  std::optional<Regularizer> regularizer = {};
  std::optional<bool> trainable = {};
  std::optional<bool> use_resource = {};
  bool validate_shape = true;
  std::vector<std::string> collections = {};  // As in VariableOptions.
  std::optional<Partitioner> partitioner = {};
  std::int64_t synchronization = 0, aggregation = 0;
};
// tf.get_variable without a partitioner. ValueError as TensorFlow where the variable exists
// already, doesn't exist though it must, or has another shape or dtype; and where a partitioner
// stands: get_partitioned_variable() is for that. Without a shape only what exists can be got.
ICECORE_API Variable get_variable(GraphBuilder& graph, std::string_view name,
                                  const Shape& shape = Shape::unknown_rank(),
                                  const GetVariableOptions& options = {});
// From a value (tf.get_variable(initializer=value)).
ICECORE_API Variable get_variable(GraphBuilder& graph, std::string_view name, const Input& value,
                                  const GetVariableOptions& options = {});
// tf.get_local_variable: of the collection of local variables, and not trainable.
ICECORE_API Variable get_local_variable(GraphBuilder& graph, std::string_view name,
                                        const Shape& shape, const GetVariableOptions& options = {});
ICECORE_API Variable get_local_variable(GraphBuilder& graph, std::string_view name,
                                        const Input& value, const GetVariableOptions& options = {});

// A variable in parts along one dimension.
struct ICECORE_API PartitionedVariable {
  std::string name;
  Shape shape;
  DType dtype = DType::kInvalid;
  std::vector<std::int64_t> partitions;  // How many along each dimension.
  std::vector<Variable> parts;
  int axis = 0;
  // The parts joined: adds p/ConcatPartitions/concat and p, at each call anew (p_1, …).
  Output as_tensor() const;
};
// tf.get_variable with a partitioner (the scope's, or the options'), or of a variable that has been
// partitioned.
ICECORE_API PartitionedVariable get_partitioned_variable(GraphBuilder& graph, std::string_view name,
                                                         const Shape& shape = Shape::unknown_rank(),
                                                         const GetVariableOptions& options = {});
ICECORE_API PartitionedVariable get_partitioned_variable(GraphBuilder& graph, std::string_view name,
                                                         const Input& value,
                                                         const GetVariableOptions& options = {});

// --- Finding them --------------------------------------------------------------------------------

ICECORE_API std::vector<Variable> global_variables(const GraphBuilder& graph,
                                                   std::string_view scope = {});
ICECORE_API std::vector<Variable> trainable_variables(const GraphBuilder& graph,
                                                      std::string_view scope = {});
ICECORE_API std::vector<Variable> local_variables(const GraphBuilder& graph,
                                                  std::string_view scope = {});

// --- Changing them -------------------------------------------------------------------------------

// tf.assign and the like: a reference to the variable after the change (of a resource variable its
// value, read afterwards).
ICECORE_API Output assign(const Variable& variable, const Input& value, std::string_view name = {});
ICECORE_API Output assign_add(const Variable& variable, const Input& value,
                              std::string_view name = {});
ICECORE_API Output assign_sub(const Variable& variable, const Input& value,
                              std::string_view name = {});

// tf.variables_initializer, tf.global_variables_initializer: a group named "init".
ICECORE_API Operation variables_initializer(GraphBuilder& graph,
                                            const std::vector<Variable>& variables,
                                            std::string_view name = "init");
ICECORE_API Operation global_variables_initializer(GraphBuilder& graph);
ICECORE_API Operation local_variables_initializer(GraphBuilder& graph);
// tf.is_variable_initialized.
ICECORE_API Output is_variable_initialized(const Variable& variable);
// Variable.initialized_value: what initializes the variable as long as it isn't.
ICECORE_API Output initialized_value(const Variable& variable);
// tf.report_uninitialized_variables: a vector of names, of the global and local variables.
ICECORE_API Output report_uninitialized_variables(GraphBuilder& graph);
ICECORE_API Output report_uninitialized_variables(GraphBuilder& graph,
                                                  const std::vector<Variable>& variables);

// tf.train.get_global_step and the like. TypeError where it isn't a scalar of ints; ValueError
// where there is one already.
ICECORE_API std::optional<Variable> get_global_step(const GraphBuilder& graph);
ICECORE_API Variable create_global_step(GraphBuilder& graph);
ICECORE_API Variable get_or_create_global_step(GraphBuilder& graph);

// --- As messages ---------------------------------------------------------------------------------

// VariableDef, as collections of a MetaGraphDef hold it; and back, in a graph that has its nodes.
ICECORE_API std::string variable_def(const Variable& variable);
ICECORE_API Variable variable_from_def(const GraphBuilder& graph, std::string_view encoded,
                                       std::string_view import_scope = {});

}  // namespace icecore::inline v0
