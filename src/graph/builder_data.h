// What a GraphBuilder and its handles share.
#pragma once

#include <icecore/error.h>
#include <icecore/graph_builder.h>
#include <icecore/shape_context.h>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/device_name.h"
#include "graph/stored_items.h"
#include "opdef/op_signature.h"
#include "proto/blob.h"

namespace icecore::inline v0 {

// Output `index` of node `node`.
struct Endpoint {
  int node = -1;
  int index = 0;
  bool operator==(const Endpoint&) const = default;
};

// A node: the encoded NodeDef, whose control inputs are sorted by name as as_graph_def() sorts
// them, and beside it what would be slow to decode again and again.
struct BuilderNode {
  std::string name;
  std::string device;
  std::shared_ptr<const OpSignature> signature;
  std::vector<Endpoint> inputs;
  std::vector<int> control_inputs;  // In the order added.
  std::vector<int> consumers;       // One entry an edge.
  std::vector<Shape> shapes;        // Of the outputs.
  std::vector<std::optional<HandleInfo>> handles;
  std::shared_ptr<ControlFlowContext> context;
  Span encoded;
  std::optional<NodeInfo> info;  // Of `encoded`; always there once the node is.
};

// Attributes of a node that is being made: AttrValues.
using EncodedAttrs = std::vector<std::pair<std::string_view, Span>>;

// One `with control_dependencies(…)`.
struct ControlScope {
  std::vector<int> inputs;
  std::unordered_set<int> seen;  // Nodes made inside, which depend on the inputs already.
};

// A node to add. The name is whole and unique.
struct NewNode {
  std::string name;
  std::shared_ptr<const OpSignature> signature;
  std::vector<Endpoint> inputs;
  std::vector<int> control_inputs;
  EncodedAttrs attrs;  // All of the signature's, and perhaps others.
  std::string device;
};

struct BuilderData : std::enable_shared_from_this<BuilderData> {
  explicit BuilderData(OpSet set) : ops(std::move(set)) {}

  OpSet ops;
  std::deque<BuilderNode> nodes;  // References stay valid.
  std::unordered_map<std::string_view, int> by_name;
  std::uint64_t version = 0;
  std::int64_t producer = 134, min_consumer = 0;
  bool finalized = false;
  // The number of ids given out: a node that failed to be made used one up too.
  std::int64_t last_id = 0;
  // Functions of imported graphs: FunctionDefs by name, in the order met, and GradientDefs.
  std::vector<std::pair<std::string, Span>> functions;
  std::vector<Span> function_gradients;

  // Names.
  std::unordered_map<std::string, int> names_in_use;  // In lower case.
  std::string scope;                                  // "a/b/" or "".

  // Scopes.
  std::vector<std::optional<DeviceName>> devices;  // Nothing: device(None), which hides outer ones.
  std::vector<int> colocation;
  std::vector<std::shared_ptr<ControlScope>> control;
  AttrList attr_scope;
  std::shared_ptr<ControlFlowContext> context;
  std::optional<std::int64_t> seed;

  std::vector<std::pair<std::string, std::vector<StoredItem>>> collections;

  // Nodes in branches and loops: whether they run is for the graph to say (Graph.is_fetchable).
  std::unordered_set<int> not_fetchable;

  // Initializers that took the place of variables' own, by the variables' nodes.
  struct NewInitializer {
    int operation = -1;
    Endpoint initial_value;
  };
  std::unordered_map<int, NewInitializer> new_initializers;

  // What modules above keep for a graph, by its type: made when first asked for. Of the graph's own
  // tensors and variables it must keep what graph/stored_items.h gives, or the graph is never
  // freed.
  std::map<std::type_index, std::shared_ptr<void>> extras;
  template <typename T>
  T& extra() {
    std::shared_ptr<void>& slot = extras[typeid(T)];
    if (slot == nullptr) slot = std::make_shared<T>();
    return *static_cast<T*>(slot.get());
  }

  // Encoded defaults of the signatures met, one for each attribute; those without one are empty.
  std::unordered_map<const OpSignature*, std::vector<std::optional<Span>>> defaults;
  std::vector<std::shared_ptr<const OpSignature>> kept_signatures;  // Those that `defaults` names.
  // The snapshot of graph(), as long as nothing has changed.
  std::optional<std::pair<std::uint64_t, Graph>> snapshot;

  BuilderNode& node(int id) { return nodes[static_cast<std::size_t>(id)]; }
  const BuilderNode& node(int id) const { return nodes[static_cast<std::size_t>(id)]; }

  void check_not_finalized() const;
  std::string unique_name(std::string_view name, bool mark_as_used);
  // As create_op() takes names: unique, or as it is where it ends in "/".
  std::string node_name(std::string_view name);
  // The signature; RuntimeError as op_def_library where the op is unknown.
  std::shared_ptr<const OpSignature> signature_of(std::string_view op) const;
  const std::vector<std::optional<Span>>& defaults_of(
      const std::shared_ptr<const OpSignature>& signature);

  // Adds a node in the scopes that stand: control inputs, attributes, device, colocation and
  // control flow context. Gives its id.
  int create(NewNode made);
  // Adds a node as it is, without scopes, and without inference of shapes.
  int append(NewNode made);
  // Takes the nodes from that id on away again, which nothing else uses yet.
  void drop_from(std::size_t id);
  // What the scopes say of a node that is about to be made.
  void apply_scopes(NewNode& made, std::vector<std::string>& storage);
  // The control inputs that the scopes give a node with those inputs.
  std::vector<int> control_inputs_for(const std::vector<Endpoint>& inputs) const;
  void record_seen(int id);

  // Writes the node's NodeDef anew, with `attrs` replaced or added (empty Span: removed).
  void reencode(int id, const EncodedAttrs& attrs = {});
  // Runs the shape function; INVALID_ARGUMENT (ValueError) with the node's name and input shapes.
  // The shapes of the inputs `unknown` aren't known yet.
  void infer_shapes(int id, const std::vector<std::size_t>& unknown = {});
  void touch() { ++version; }
};

// "w", or "w:1": how a NodeDef writes an input.
std::string input_text(const BuilderData& graph, const Endpoint& endpoint);
// Throws ValueError, TypeError, …
[[noreturn]] ICECORE_API void refuse_as(Misuse misuse, const std::string& message);

// Leaves the devices and colocations that stand (colocate_with(None, ignore_existing=True)).
ICECORE_API ScopeGuard without_colocation(GraphBuilder& graph);
// What initializes the variable from now on, for all handles on it.
ICECORE_API void replace_initializer(const Variable& variable, const Operation& initializer,
                                     const Output& initial_value);
// Nothing where it was imported without.
ICECORE_API std::optional<Output> initial_value_of(const Variable& variable);
// The type of an input that is a tensor or a variable; nothing for values.
ICECORE_API std::optional<DType> symbolic_dtype(const Input& input);

// A Const of that shape, each element the one of `scalar`, however large.
ICECORE_API Output filled_constant(GraphBuilder& graph, const Tensor& scalar, const Shape& shape,
                                   std::string_view name);

// Whether it may name a node at the top: [A-Za-z0-9.][A-Za-z0-9_.\-/]*.
bool is_valid_node_name(std::string_view name);
// Within a scope a name may begin with any of these.
bool is_valid_scope_name(std::string_view name);

// Guards that are left in the opposite order, also when an error passes by.
struct ScopeStack {
  std::vector<ScopeGuard> guards;
  ScopeStack() = default;
  ScopeStack(const ScopeStack&) = delete;
  ScopeStack& operator=(const ScopeStack&) = delete;
  ~ScopeStack() {
    while (!guards.empty()) guards.pop_back();
  }
};

}  // namespace icecore::inline v0
