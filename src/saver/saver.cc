#include <icecore/error.h>
#include <icecore/meta_graph.h>
#include <icecore/node_runner.h>
#include <icecore/saver.h>

#include <chrono>
#include <limits>
#include <utility>

#include "graph/builder_data.h"
#include "io/file_system.h"
#include "io/folders.h"
#include "locate/state_file.h"
#include "locate/write_state.h"
#include "model/saver_rows.h"
#include "proto/schema.h"
#include "saver/collections.h"
#include "saver/meta_graph_def.h"
#include "saver/remove_files.h"
#include "saver/retention.h"
#include "saver/saver_nodes.h"
#include "saver/transport.h"

namespace icecore::inline v0 {
namespace {

double machine_time() {
  using Seconds = std::chrono::duration<double>;
  return Seconds(std::chrono::system_clock::now().time_since_epoch()).count();
}

void check_saver_def(const SaverDef& saver_def) {
  const auto require = [&](const std::string& value, const char* name) {
    if (value.empty()) {
      refuse_as(Misuse::kValue, std::string("saver_def must specify the ") + name);
    }
  };
  require(saver_def.save_tensor_name, "save_tensor_name");
  require(saver_def.restore_op_name, "restore_op_name");
}

// Towards zero.
std::int64_t cut(double value, const std::string& name) {
  constexpr double kLimit = 9223372036854775808.0;
  if (value >= -kLimit && value < kLimit) return static_cast<std::int64_t>(value);
  throw Error(Code::kInvalidArgument,
              "the global step " + name + " is " + std::to_string(value) +
                  ", which no whole number of 64 bits stands for",
              Misuse::kValue);
}

// The value as Python's int() makes one.
std::int64_t whole_number(const Tensor& value, const std::string& name) {
  if (value.num_elements() == 1) {
    switch (value.dtype()) {
      case DType::kInt64:
        return value.item<std::int64_t>();
      case DType::kUInt32:
        return value.item<std::uint32_t>();
      case DType::kUInt16:
        return value.item<std::uint16_t>();
      case DType::kInt32:
        return value.item<std::int32_t>();
      case DType::kInt16:
        return value.item<std::int16_t>();
      case DType::kInt8:
        return value.item<std::int8_t>();
      case DType::kUInt8:
      case DType::kBool:
        return value.item<std::uint8_t>();
      case DType::kFloat32:
        return cut(value.item<float>(), name);
      case DType::kFloat64:
        return cut(value.item<double>(), name);
      default:
        break;
    }
  }
  throw Error(Code::kInvalidArgument,
              "the global step " + name + " is no single number: it is " +
                  std::string(to_string(value.dtype())) + " " + to_string(value.shape()),
              Misuse::kType);
}

// "{:08d}": the sign counts.
std::string padded(std::int64_t step) {
  constexpr std::size_t kWidth = 8;
  const bool negative = step < 0;
  std::string digits = std::to_string(step).substr(negative ? 1 : 0);
  const std::size_t width = kWidth - (negative ? 1 : 0);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return (negative ? "-" : "") + digits;
}

}  // namespace

struct Saver::Data {
  GraphBuilder graph;
  SaverOptions options;
  std::optional<SaverDef> def = {};
  std::optional<Retention> retention = {};
  DatedCheckpoints told_before = {};  // What set_last_checkpoints() said before it was built.
  bool built = false;

  FileSystem& files() const {
    return options.files != nullptr ? *options.files : posix_file_system();
  }
  double now() const { return options.clock ? options.clock() : machine_time(); }
  void warn(const std::string& message) const {
    if (options.warn) options.warn(message);
  }

  void start(SaverDef saver_def) {
    check_saver_def(saver_def);
    retention.emplace(saver_def.max_to_keep,
                      static_cast<double>(saver_def.keep_checkpoint_every_n_hours), now());
    retention->set_last(std::move(told_before));
    def = std::move(saver_def);
  }

  void set_last(DatedCheckpoints checkpoints) {
    if (retention) {
      retention->set_last(std::move(checkpoints));
    } else {
      told_before = std::move(checkpoints);
    }
  }

  std::int64_t step_of(VariableStore& variables, const std::string& tensor) const {
    const Graph nodes = graph.graph();
    const std::string name = tensor.find(':') == std::string::npos ? tensor + ":0" : tensor;
    if (const auto variable = variable_behind(nodes, name)) {
      const std::optional<Tensor> value = variables.snapshot(*variable);
      if (!value) {
        throw Error(Code::kFailedPrecondition,
                    "Attempting to use uninitialized value " + *variable);
      }
      return whole_number(*value, tensor);
    }
    auto* const runner = dynamic_cast<NodeRunner*>(&variables);
    if (runner == nullptr) {
      throw Error(Code::kInvalidArgument,
                  "the global step " + tensor + " is no variable of the graph", Misuse::kValue);
    }
    return whole_number(runner->run_nodes({}, {name}, {}).at(0), tensor);
  }

  // The path of the checkpoint.
  std::string path_of(VariableStore& variables, const std::string& prefix,
                      const SaveOptions& save) const {
    const auto& step = save.global_step.value();
    std::optional<std::int64_t> number;
    if (const auto* given = std::get_if<std::int64_t>(&step)) number = *given;
    if (const auto* tensor = std::get_if<std::string>(&step)) number = step_of(variables, *tensor);
    if (number) {
      return prefix + "-" + (options.pad_step_number ? padded(*number) : std::to_string(*number));
    }
    if (base_name_of(prefix) == save.latest_filename && !options.sharded) {
      refuse_as(Misuse::kValue, "'latest_filename' collides with 'save_path': '" +
                                    save.latest_filename + "' and '" + prefix + "'");
    }
    return prefix;
  }

  void write_variables(VariableStore& variables, const std::string& prefix, const std::string& path,
                       const Progress& progress) const {
    const std::vector<SaveRow> rows = save_rows(graph.graph(), def->save_tensor_name);
    const std::vector<Tensor> values = take_values(variables, rows);
    try {
      write_values(files(), path, rows, values, progress);
    } catch (const Error& error) {
      const bool may_be_folder = error.code() == Code::kFailedPrecondition ||
                                 error.code() == Code::kNotFound ||
                                 error.code() == Code::kAlreadyExists;
      if (!may_be_folder || files().is_folder(folder_of(prefix))) throw;
      throw Error(Code::kInvalidArgument,
                  "Parent directory of " + prefix + " doesn't exist, can't save.", Misuse::kValue);
    }
  }

  void write_graph(const std::string& path, const SaveOptions& save) const {
    ExportMetaGraphOptions exported;
    exported.saver_def = def;
    exported.strip_default_attrs = save.strip_default_attrs;
    exported.warn = options.warn;
    const std::string file = meta_graph_filename(path, save.meta_graph_suffix);
    make_folders(files(), folder_of(file));
    write_message(files(), file, meta_graph_def(graph, exported), message_schema("MetaGraphDef"),
                  false, Durability::kSync);
  }

  void write_state(const std::string& prefix, const std::string& path, const SaveOptions& save) {
    retention->record(path, now());
    write_checkpoint_state(files(), folder_of(prefix), path, retention->last(),
                           save.latest_filename, options.save_relative_paths);
    const auto old = retention->take_old();
    if (!old) return;
    try {
      remove_checkpoint_files(files(), *old, def->version, save.meta_graph_suffix);
    } catch (const Error& error) {
      warn("Ignoring: " + error.message());
    }
  }
};

Saver::Saver(const GraphBuilder& graph, SaverOptions options)
    : data_(std::make_shared<Data>(Data{.graph = graph, .options = std::move(options)})) {
  const bool has_list = !std::holds_alternative<std::monostate>(data_->options.var_list);
  if (data_->options.defer_build && has_list) {
    refuse_as(Misuse::kValue,
              "If `var_list` is provided then build cannot be deferred. Either set "
              "defer_build=False or var_list=None.");
  }
  if (!data_->options.defer_build) build();
}

Saver Saver::from_def(const GraphBuilder& graph, SaverDef saver_def, SaverOptions options) {
  auto data = std::make_shared<Data>(Data{.graph = graph, .options = std::move(options)});
  const std::string& scope = data->options.name;
  saver_def.filename_tensor_name = prepend_scope(saver_def.filename_tensor_name, scope);
  saver_def.save_tensor_name = prepend_scope(saver_def.save_tensor_name, scope);
  saver_def.restore_op_name = prepend_scope(saver_def.restore_op_name, scope);
  data->options.sharded = saver_def.sharded;
  data->start(std::move(saver_def));
  data->built = true;
  return Saver(std::move(data));
}

void Saver::build() {
  Data& data = *data_;
  if (data.built) return;
  VarList list = data.options.var_list;
  if (std::holds_alternative<std::monostate>(list)) {
    SaveableList all;
    for (const Variable& variable : global_variables(data.graph)) all.emplace_back(variable);
    list = std::move(all);
  }
  const auto* const given = std::get_if<SaveableList>(&list);
  const bool is_empty = given != nullptr ? given->empty() : std::get<SaveableMap>(list).empty();
  if (is_empty && !data.options.allow_empty) refuse_as(Misuse::kValue, "No variables to save");
  if (!is_empty) {
    const std::vector<SaveableTensor> saveables = sorted_saveables(data.graph, list);
    data.start(add_saver_nodes(data.graph, saveables, data.options));
  }
  data.built = true;
}

const SaverDef& Saver::saver_def() const {
  if (!data_->def) {
    throw Error(Code::kFailedPrecondition,
                data_->built ? "the Saver is empty: the graph has no variables"
                             : "`build()` should be called before save if defer_build==True",
                Misuse::kRuntime);
  }
  return *data_->def;
}

bool Saver::is_empty() const {
  return data_->built && !data_->def;
}

GraphBuilder Saver::graph() const {
  return data_->graph;
}

std::string Saver::save(VariableStore& variables, const std::string& prefix,
                        const SaveOptions& options) {
  if (!data_->built) saver_def();  // Says why not.
  if (options.latest_filename.find('/') != std::string::npos) {
    refuse_as(Misuse::kValue, "'latest_filename' must not contain path components");
  }
  const std::string path = data_->path_of(variables, prefix, options);
  // The state would name the folder.
  if (path.empty() && options.write_state && !is_empty()) {
    refuse_as(Misuse::kValue, "no path specified: the prefix of the checkpoint is empty");
  }
  if (!is_empty()) data_->write_variables(variables, prefix, path, options.progress);
  if (options.write_meta_graph) data_->write_graph(path, options);
  if (is_empty()) return "";
  // Last, since who reads the state trusts that all of the checkpoint is there.
  if (options.write_state) data_->write_state(prefix, path, options);
  return path;
}

void Saver::restore(VariableStore& variables, const std::string& prefix, const Progress& progress) {
  if (is_empty()) return;
  const SaverDef& def = saver_def();
  std::optional<Checkpoint> checkpoint;
  try {
    checkpoint = Checkpoint::open(data_->files(), prefix);
  } catch (const Error& error) {
    if (error.code() != Code::kNotFound) throw;
    throw Error(
        Code::kInvalidArgument,
        "The passed save_path is not a valid checkpoint: " + prefix + " (" + error.message() + ")",
        Misuse::kValue);
  }
  read_values(*checkpoint, restore_plan(data_->graph.graph(), def.restore_op_name), variables,
              progress);
}

std::vector<std::string> Saver::last_checkpoints() const {
  if (data_->retention) return data_->retention->last();
  std::vector<std::string> paths;
  for (const auto& [path, time] : data_->told_before) paths.push_back(path);
  return paths;
}

void Saver::set_last_checkpoints(const std::vector<std::string>& paths) {
  DatedCheckpoints checkpoints;
  for (const std::string& path : paths) {
    checkpoints.emplace_back(path, std::numeric_limits<double>::infinity());
  }
  data_->set_last(std::move(checkpoints));
}

void Saver::set_last_checkpoints_with_time(
    std::vector<std::pair<std::string, double>> checkpoints) {
  data_->set_last(std::move(checkpoints));
}

void Saver::recover_last_checkpoints(const std::vector<std::string>& paths) {
  DatedCheckpoints found;
  for (const std::string& path : paths) {
    const std::vector<double> times = get_checkpoint_mtimes(data_->files(), {path});
    if (!times.empty()) found.emplace_back(path, times[0]);
  }
  data_->set_last(std::move(found));
}

}  // namespace icecore::inline v0
