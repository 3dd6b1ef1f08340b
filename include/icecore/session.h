// Runs graphs.
#pragma once

#include <icecore/export.h>
#include <icecore/graph.h>
#include <icecore/graph_builder.h>
#include <icecore/host_function.h>
#include <icecore/node_runner.h>
#include <icecore/op_set.h>
#include <icecore/tensor.h>
#include <icecore/variable_store.h>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

// What to fetch or to feed: a tensor's name ("x:0"; an operation's name means its output 0 in a
// feed, and itself in a fetch), or a handle on it.
class ICECORE_API TensorName {
 public:
  TensorName(std::string name) : name_(std::move(name)) {}
  TensorName(const char* name) : name_(name) {}
  TensorName(const Output& output) : name_(output.name()) {}
  TensorName(const Operation& operation) : name_(operation.name()) {}
  TensorName(const Variable& variable) : name_(variable.value_name()) {}

  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

struct Feed {
  TensorName tensor;
  Tensor value;
};

struct ICECORE_API SessionOptions {
  // Threads that one kernel is spread over (ConfigProto.intra_op_parallelism_threads); 0: as many
  // as the machine has.
  int intra_op_threads = 0;
  // Bytes that the tensors of all runs and variables may take together; 0: no limit.
  std::uint64_t memory_limit = 0;
  // A folder below which the graph's own file ops (SaveV2, RestoreV2, ReadFile, WriteFile …) may
  // touch files; "/" allows all, nothing forbids all. Saver and freeze don't need it.
  std::optional<std::string> allow_io = {};
  // What PyFunc nodes call, by the token of the node ("pyfunc_0") or by the node's name.
  std::vector<std::pair<std::string, HostFunction>> host_functions = {};
  // Called now and then between nodes, by the thread that runs: what it throws ends the run. For
  // programs whose user may want to stop (Ctrl-C).
  std::function<void()> poll = {};
};

// Variables live in the Session, as in TensorFlow; another Session on the same graph has its own.
//
// Errors of a run name the node and its op. What can't be run is known before anything ran:
// NOT_FOUND a feed or fetch that isn't in the graph (with the nearest names), UNIMPLEMENTED every
// op without a kernel that the fetches would need, all in one message, INVALID_ARGUMENT a
// placeholder that isn't fed.
//
// Threads: every function may be called from any thread; runs go on side by side, as in TensorFlow.
class ICECORE_API Session : public VariableStore, public NodeRunner {
 public:
  // Follows the graph: nodes added later can be run too.
  explicit Session(const GraphBuilder& graph, SessionOptions options = {});
  // Of a graph as it was loaded; `ops` has the kernels.
  explicit Session(const Graph& graph, SessionOptions options = {});
  Session(const Graph& graph, const OpSet& ops, SessionOptions options = {});
  ~Session() override;
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  // One tensor for each fetch, of an operation an empty float32 one. Targets are run for
  // their effect.
  std::vector<Tensor> run(const std::vector<Feed>& feeds, const std::vector<TensorName>& fetches,
                          const std::vector<TensorName>& targets = {});
  // The same of a list written in place: run({{"x:0", x}}, {"y:0"}) gives a list, of one tensor
  // too.
  std::vector<Tensor> run(const std::vector<Feed>& feeds,
                          std::initializer_list<TensorName> fetches) {
    return run(feeds, std::vector<TensorName>(fetches));
  }
  // One tensor, or one operation run for its effect, without feeds.
  Tensor run(const TensorName& fetch);
  Tensor run(const std::vector<Feed>& feeds, const TensorName& fetch);

  // Makes ready what run() makes ready when it is first asked for these: that is when it reads a
  // graph under construction, which no other thread may change meanwhile. Gives the dtypes that the
  // feeds must have, nothing where any is right. Errors are run()'s.
  std::vector<std::optional<DType>> prepare(const std::vector<TensorName>& feeds,
                                            const std::vector<TensorName>& fetches,
                                            const std::vector<TensorName>& targets = {});

  // Runs that are going on end with CANCELLED, later ones fail with FAILED_PRECONDITION
  // (RuntimeError "Attempted to use a closed Session.").
  void close();

  // What PyFunc nodes with that token or node name call from now on.
  void set_host_function(std::string token_or_node, HostFunction function);

  // VariableStore and NodeRunner.
  std::vector<std::string> initialized_variables() const override;
  std::optional<Tensor> snapshot(std::string_view variable) const override;
  void assign(std::string_view variable, Tensor value) override;
  std::vector<Tensor> run_nodes(const std::vector<std::pair<std::string, Tensor>>& feeds,
                                const std::vector<std::string>& fetches,
                                const std::vector<std::string>& targets) override;

 private:
  struct Data;
  std::unique_ptr<Data> data_;
};

}  // namespace icecore::inline v0
