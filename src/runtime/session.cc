#include <icecore/control_flow.h>
#include <icecore/error.h>
#include <icecore/session.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

#include "base/allocator.h"
#include "base/bools.h"
#include "base/thread_pool.h"
#include "graph/graph_data.h"
#include "graph/node_def.h"
#include "ops/state/variable_handle.h"
#include "runtime/allowed_files.h"
#include "runtime/executor.h"
#include "runtime/feed_rules.h"
#include "runtime/plan_builder.h"

namespace icecore::inline v0 {
namespace {

// A plan with what its feeds must be.
struct CompiledRun {
  std::shared_ptr<const Plan> plan;
  std::vector<FeedRule> feeds;
};

// Different for all requests that differ: a caller's names may hold anything.
std::string key_of(const RunRequest& request) {
  std::string key;
  for (const auto* part : {&request.feeds, &request.fetches, &request.targets}) {
    for (const std::string& name : *part) {
      key.append(std::to_string(name.size())).append(1, ':').append(name);
    }
    key.push_back(';');
  }
  return key;
}

// No machine gains by more, and OpenMP ends the program where it gets none.
int useful_threads(int threads) {
  constexpr int kMost = 256;
  return std::min(threads, std::max(kMost, static_cast<int>(std::thread::hardware_concurrency())));
}

// The tensor that a feed's name means: an operation's is its output 0.
std::string tensor_of(const std::string& name) {
  return name.find(':') == std::string::npos ? name + ":0" : name;
}

RunRequest request_of(const std::vector<TensorName>& feeds, const std::vector<TensorName>& fetches,
                      const std::vector<TensorName>& targets) {
  RunRequest request;
  for (const TensorName& feed : feeds) request.feeds.push_back(tensor_of(feed.name()));
  for (const TensorName& fetch : fetches) request.fetches.push_back(fetch.name());
  for (const TensorName& target : targets) {
    request.targets.push_back(target.name().substr(0, target.name().find(':')));
  }
  return request;
}

// The graph with what was added to it since. A node that was changed meanwhile stays as it was, as
// TensorFlow's sessions keep it.
Graph grown(const Graph& before, const Graph& now) {
  if (before.size() == 0 || now.size() < before.size()) return now;
  std::vector<Span> nodes = before.data().nodes;
  const auto added = static_cast<std::ptrdiff_t>(nodes.size());
  nodes.insert(nodes.end(), now.data().nodes.begin() + added, now.data().nodes.end());
  return make_graph(std::move(nodes), now.data().others);
}

}  // namespace

struct Session::Data {
  Data(std::optional<GraphBuilder> graph_builder, const Graph& graph, const OpSet& ops,
       SessionOptions session_options)
      : options(std::move(session_options)),
        builder(std::move(graph_builder)),
        nodes(std::make_unique<GraphNodes>(graph)),
        kernels(ops),
        files(options.allow_io),
        pool(useful_threads(options.intra_op_threads)) {
    if (options.memory_limit > 0) allocator = std::make_shared<Allocator>(options.memory_limit);
    for (auto& [name, function] : options.host_functions) host_functions[name] = function;
  }

  const SessionOptions options;
  const std::optional<GraphBuilder> builder;

  std::mutex compiling;  // Guards what follows, up to the files.
  std::unique_ptr<GraphNodes> nodes;
  std::uint64_t version = 0;  // Of the builder, when `nodes` was taken.
  SessionKernels kernels;
  std::unordered_map<std::string, std::shared_ptr<const CompiledRun>> compiled;

  AllowedFiles files;
  ThreadPool pool;
  std::shared_ptr<Allocator> allocator;
  ResourceStore variables;
  std::mutex mutex;  // Guards what follows.
  std::map<std::string, HostFunction, std::less<>> host_functions;
  std::set<Cancellation*> running;
  bool closed = false;

  // The graph as it is now.
  GraphNodes& current_nodes() {
    if (builder && version != builder->version()) {
      nodes = std::make_unique<GraphNodes>(grown(nodes->graph(), builder->graph()));
      version = builder->version();
      kernels.set_ops(builder->ops());
    }
    return *nodes;
  }

  FeedRule feed_rule(const std::string& tensor, DType dtype) {
    FeedRule rule;
    rule.name = tensor;
    if (dtype != DType::kInvalid) rule.dtype = dtype;
    const NodeOutput output = nodes->find_tensor(tensor);
    const Span& encoded = nodes->graph().data().nodes[static_cast<std::size_t>(output.node)];
    const NodeDef def = decode_node(encoded);
    if (builder) {
      rule.shape = builder->get_tensor_by_name(tensor).shape();
    } else if (def.op == "Placeholder" || def.op == "PlaceholderV2") {
      // Before graph version 22 a placeholder's empty shape meant an unknown one (tf-rules 6).
      const std::optional<Shape> shape = attr_shape(def.attr("shape"));
      if (shape && (shape->rank() > 0 || producer_version(nodes->graph()) >= 22)) {
        rule.shape = *shape;
      }
    }
    return rule;
  }

  // What loops and branches compute inside is neither asked for nor given, as in TensorFlow.
  void check_reachable(const RunRequest& request) const {
    if (!builder) return;
    for (const auto* part : {&request.fetches, &request.targets}) {
      for (const std::string& name : *part) {
        const auto operation = builder->find_operation(parse_input(name).node);
        if (!operation || is_fetchable(*operation)) continue;
        throw Error(Code::kInvalidArgument,
                    "Operation '" + operation->name() + "' has been marked as not fetchable.",
                    Misuse::kValue);
      }
    }
    for (const std::string& name : request.feeds) {
      const auto operation = builder->find_operation(parse_input(name).node);
      if (!operation || operation->num_outputs() == 0 || is_feedable(operation->output(0)))
        continue;
      throw Error(Code::kInvalidArgument, "Tensor " + name + " may not be fed.", Misuse::kValue);
    }
  }

  std::shared_ptr<const CompiledRun> compile(const RunRequest& request) {
    const std::string key = key_of(request);
    const std::lock_guard lock(compiling);
    std::shared_ptr<const CompiledRun>& known = compiled[key];
    if (known != nullptr) return known;
    try {
      GraphNodes& graph = current_nodes();
      if (graph.size() == 0) {
        throw Error(Code::kFailedPrecondition,
                    "The Session graph is empty.  Add operations to the graph before calling "
                    "run().",
                    Misuse::kRuntime);
      }
      auto run = std::make_shared<CompiledRun>();
      check_reachable(request);
      run->plan = build_plan(graph, kernels, request);
      for (std::size_t i = 0; i < request.feeds.size(); ++i) {
        run->feeds.push_back(feed_rule(request.feeds[i], run->plan->feed_types[i]));
      }
      known = std::move(run);
    } catch (...) {
      compiled.erase(key);
      throw;
    }
    return known;
  }

  // `mutex` is held.
  void refuse_if_closed() const {
    if (closed) {
      throw Error(Code::kFailedPrecondition, "Attempted to use a closed Session.",
                  Misuse::kRuntime);
    }
  }

  // A run that close() can end.
  class Running {
   public:
    explicit Running(Data& data) : data_(data) {
      const std::lock_guard lock(data_.mutex);
      data_.refuse_if_closed();
      data_.running.insert(&cancellation);
    }
    ~Running() {
      const std::lock_guard lock(data_.mutex);
      data_.running.erase(&cancellation);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    Cancellation cancellation;

   private:
    Data& data_;
  };

  std::vector<Tensor> run(const RunRequest& request, std::vector<Tensor> feeds) {
    Running running(*this);
    const std::shared_ptr<const CompiledRun> compiled_run = compile(request);
    for (std::size_t i = 0; i < feeds.size(); ++i) {
      check_feed(compiled_run->feeds[i], feeds[i]);
      feeds[i] = with_normal_bools(std::move(feeds[i]));
    }
    ResourceStore step;
    RunServices services;
    services.threads = &pool;
    services.allocator = allocator;
    services.session = &variables;
    services.step = &step;
    services.cancellation = &running.cancellation;
    services.host_function = [this](std::string_view token, std::string_view node) {
      const std::lock_guard lock(mutex);
      auto found = host_functions.find(token);
      if (found == host_functions.end()) found = host_functions.find(node);
      return found == host_functions.end() ? HostFunction() : found->second;
    };
    services.files = &files;
    const std::vector<Tensor> values = execute(*compiled_run->plan, feeds, services, options.poll);
    std::vector<Tensor> results;
    for (const int node : compiled_run->plan->fetch_nodes) {
      results.push_back(
          node < 0 ? Tensor()
                   : values[static_cast<std::size_t>(node - compiled_run->plan->first_fetch)]);
    }
    return results;
  }

  // The node of a variable; NOT_FOUND where it is none.
  NodeInfo variable(std::string_view name) {
    {
      const std::lock_guard lock(mutex);
      refuse_if_closed();
    }
    const std::lock_guard lock(compiling);
    GraphNodes& graph = current_nodes();
    const int node = graph.find_node(std::string(name));
    const Span& encoded = graph.graph().data().nodes[static_cast<std::size_t>(node)];
    const NodeDef def = decode_node(encoded);
    if (!is_variable(def.op)) {
      throw Error(Code::kNotFound,
                  "'" + std::string(name) + "' is no variable: its op is " + std::string(def.op));
    }
    return NodeInfo(encoded, kernels.ops().signature(def.op));
  }
};

Session::Session(const GraphBuilder& graph, SessionOptions options)
    : data_(std::make_unique<Data>(graph, Graph(), graph.ops(), std::move(options))) {}

Session::Session(const Graph& graph, SessionOptions options)
    : Session(graph, standard_ops(), std::move(options)) {}

Session::Session(const Graph& graph, const OpSet& ops, SessionOptions options)
    : data_(std::make_unique<Data>(std::nullopt, graph, ops, std::move(options))) {}

Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

std::vector<Tensor> Session::run(const std::vector<Feed>& feeds,
                                 const std::vector<TensorName>& fetches,
                                 const std::vector<TensorName>& targets) {
  std::vector<TensorName> fed;
  std::vector<Tensor> values;
  for (const Feed& feed : feeds) {
    fed.push_back(feed.tensor);
    values.push_back(feed.value);
  }
  const RunRequest request = request_of(fed, fetches, targets);
  return data_->run(request, std::move(values));
}

std::vector<std::optional<DType>> Session::prepare(const std::vector<TensorName>& feeds,
                                                   const std::vector<TensorName>& fetches,
                                                   const std::vector<TensorName>& targets) {
  std::vector<std::optional<DType>> dtypes;
  for (const FeedRule& rule : data_->compile(request_of(feeds, fetches, targets))->feeds) {
    dtypes.push_back(rule.dtype);
  }
  return dtypes;
}

Tensor Session::run(const TensorName& fetch) {
  return run({}, std::vector<TensorName>{fetch})[0];
}

Tensor Session::run(const std::vector<Feed>& feeds, const TensorName& fetch) {
  return run(feeds, std::vector<TensorName>{fetch})[0];
}

void Session::close() {
  const std::lock_guard lock(data_->mutex);
  data_->closed = true;
  for (Cancellation* cancellation : data_->running) cancellation->cancel();
}

void Session::set_host_function(std::string token_or_node, HostFunction function) {
  const std::lock_guard lock(data_->mutex);
  data_->host_functions.insert_or_assign(std::move(token_or_node), std::move(function));
}

std::vector<std::string> Session::initialized_variables() const {
  std::vector<std::string> names;
  const std::lock_guard lock(data_->compiling);
  const Graph& graph = data_->current_nodes().graph();
  for (const Span& encoded : graph.data().nodes) {
    const NodeDef def = decode_node(encoded);
    if (!is_variable(def.op)) continue;
    const NodeInfo info(encoded, data_->kernels.ops().signature(def.op));
    const auto cell = find_variable(info, data_->variables);
    if (cell != nullptr && cell->is_initialized()) names.emplace_back(def.name);
  }
  std::ranges::sort(names);
  return names;
}

std::optional<Tensor> Session::snapshot(std::string_view variable) const {
  const auto cell = find_variable(data_->variable(variable), data_->variables);
  return cell == nullptr ? std::nullopt : cell->value();
}

void Session::assign(std::string_view variable, Tensor value) {
  const auto cell = find_or_make_variable(data_->variable(variable), data_->variables);
  if (value.dtype() != cell->dtype()) {
    throw Error(Code::kInvalidArgument, "the variable '" + std::string(variable) +
                                            "' is of dtype " + to_string(cell->dtype()) +
                                            ", the value of " + to_string(value.dtype()));
  }
  try {
    check_feed({std::string(variable), std::nullopt, cell->static_shape()}, value);
  } catch (const Error&) {
    throw Error(Code::kInvalidArgument,
                "Assign requires shapes of both tensors to match. lhs shape= " +
                    to_string(cell->static_shape()) + " rhs shape= " + to_string(value.shape()));
  }
  cell->assign(with_normal_bools(std::move(value)));
}

std::vector<Tensor> Session::run_nodes(const std::vector<std::pair<std::string, Tensor>>& feeds,
                                       const std::vector<std::string>& fetches,
                                       const std::vector<std::string>& targets) {
  RunRequest request;
  std::vector<Tensor> values;
  for (const auto& [name, value] : feeds) {
    request.feeds.push_back(tensor_of(name));
    values.push_back(value);
  }
  request.fetches = fetches;
  request.targets = targets;
  return data_->run(request, std::move(values));
}

}  // namespace icecore::inline v0
