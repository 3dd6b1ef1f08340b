#include <icecore/checkpoint.h>
#include <icecore/init_from_checkpoint.h>
#include <icecore/variable.h>

#include <optional>
#include <set>
#include <utility>

#include "base/shape_match.h"
#include "graph/builder_data.h"
#include "graph/type_text.h"
#include "io/file_system.h"
#include "locate/state_file.h"
#include "saver/saveables.h"
#include "variables/scope_state.h"

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kPart = "/part_";

// As Python prints a shape of a checkpoint's, which is a list there: [3, 2].
std::string as_list(const Shape& shape) {
  std::string text = "[";
  for (const std::int64_t dim : shape.dims()) {
    text += (text.size() > 1 ? ", " : "") + std::to_string(dim);
  }
  return text + "]";
}

// As Python prints what a checkpoint holds: {'a': [3], …}.
std::string shapes_of(const Checkpoint& checkpoint) {
  std::string text = "{";
  for (const VariableInfo& variable : checkpoint.variables()) {
    if (text.size() > 1) text += ", ";
    text += "'" + variable.name + "': " + as_list(variable.shape);
  }
  return text + "}";
}

class Initializing {
 public:
  Initializing(FileSystem& files, GraphBuilder& graph, std::string path)
      : graph_(graph),
        given_(std::move(path)),
        prefix_(prefix_of(files, given_)),
        checkpoint_(Checkpoint::open(files, prefix_)) {}

  void apply(const std::string& name, const AssignmentTarget& target) {
    if (const auto* variable = std::get_if<Variable>(&target)) return set_one(name, {*variable});
    if (const auto* parts = std::get_if<std::vector<Variable>>(&target)) {
      return set_one(name, *parts);
    }
    const std::string& wanted = std::get<std::string>(target);
    const std::vector<Variable> found = variables_of(wanted);
    if (!found.empty()) return set_one(name, found);
    set_scope(name, wanted);
  }

 private:
  static std::string prefix_of(FileSystem& files, const std::string& path) {
    if (!files.is_folder(path)) return path;
    if (auto latest = latest_checkpoint(files, path)) return *std::move(latest);
    refuse_as(Misuse::kValue,
              "Couldn't find 'checkpoint' file or checkpoints in given directory " + path);
  }

  // A variable that get_variable() made, or the parts of one; empty where there is none.
  std::vector<Variable> variables_of(const std::string& name) const {
    const auto& known = ScopeState::of(graph_).variables;
    if (const auto found = known.find(name); found != known.end()) {
      return {found->second.get(graph_)};
    }
    std::vector<Variable> parts;
    for (auto part = known.find(name + "/part_0"); part != known.end();
         part = known.find(name + std::string(kPart) + std::to_string(parts.size()))) {
      parts.push_back(part->second.get(graph_));
    }
    return parts;
  }

  void set_one(const std::string& name, const std::vector<Variable>& variables) {
    const VariableInfo* const stored = checkpoint_.find(name);
    if (stored == nullptr) {
      refuse_as(Misuse::kValue, "Tensor " + name + " is not found in " + given_ + " checkpoint " +
                                    shapes_of(checkpoint_));
    }
    if (variables.size() == 1 && !variables[0].data().save_slice &&
        !allows(variables[0].shape(), stored->shape)) {
      refuse_as(Misuse::kValue, "Shape of variable " + variables[0].name() + " (" +
                                    python_text(variables[0].shape()) +
                                    ") doesn't match with shape of tensor " + name + " (" +
                                    as_list(stored->shape) + ") from checkpoint reader.");
    }
    set(name, variables);
  }

  void set_scope(const std::string& name, const std::string& wanted) {
    const std::size_t slash = wanted.rfind('/');
    const std::string scope = slash == std::string::npos ? "" : wanted.substr(0, slash);
    if (!name.ends_with('/')) {
      refuse_as(Misuse::kValue, "Assignment map with scope only name " + scope +
                                    " should map to scope only " + name +
                                    ". Should be 'scope/': 'other_scope/'.");
    }
    std::set<std::string> inside;
    for (const auto& [variable, stored] : ScopeState::of(graph_).variables) {
      if (!scope.empty() && !variable.starts_with(scope + "/")) continue;
      inside.insert(variable.substr(0, variable.find(kPart)));
    }
    for (const std::string& variable : inside) {
      std::string tail = variable.substr(scope.size());
      if (wanted != "/" && !tail.empty()) tail.erase(0, 1);
      std::string key = name == "/" ? tail : name + tail;
      if (key.ends_with('/')) key.pop_back();
      if (!checkpoint_.contains(key)) {
        const std::size_t cut = std::min(scope.size() + 1, variable.size());
        refuse_as(Misuse::kValue, "Tensor " + key + " (" + variable.substr(cut) + " in " + name +
                                      ") is not found in " + given_ + " checkpoint");
      }
      set(key, variables_of(variable));
    }
  }

  void set(const std::string& key, const std::vector<Variable>& variables) {
    std::optional<std::string> whole;
    for (const Variable& variable : variables) {
      const auto& slice = variable.data().save_slice;
      if (slice && whole && *whole != slice->full_name) {
        refuse_as(Misuse::kValue,
                  "Slices must all be from the same tensor: " + *whole + " != " + slice->full_name);
      }
      if (slice) whole = slice->full_name;
      set_initializer(key, variable, slice ? slice->spec() : "");
    }
  }

  void set_initializer(const std::string& key, const Variable& variable, const std::string& slice) {
    Output value;
    {
      const ScopeGuard beside = graph_.device(variable.op().device());
      const ScopeGuard cpu = graph_.device("/cpu:0");
      const std::vector<DType> dtypes = {variable.dtype()};
      value = graph_
                  .apply_op("RestoreV2", {Input(prefix_), one(key), one(slice)},
                            {{"dtypes", dtypes}}, "checkpoint_initializer")
                  .output();
    }
    const std::vector<SaveableTensor> saveables = sorted_saveables(graph_, SaveableList{variable});
    const Operation initializer =
        restore_saveable(graph_, saveables.at(0), value, saveables.at(0).shape.is_fully_defined());
    graph_.set_shape(value, variable.shape());
    replace_initializer(variable, initializer, value);
  }

  static Input one(const std::string& text) { return Tensor::of<std::string>(Shape({1}), {text}); }

  GraphBuilder& graph_;
  std::string given_, prefix_;
  Checkpoint checkpoint_;
};

}  // namespace

void init_from_checkpoint(FileSystem& files, GraphBuilder& graph, const std::string& path,
                          const AssignmentMap& assignment_map) {
  Initializing initializing(files, graph, path);
  for (const auto& [name, target] : assignment_map) initializing.apply(name, target);
}

void init_from_checkpoint(GraphBuilder& graph, const std::string& path,
                          const AssignmentMap& assignment_map) {
  init_from_checkpoint(posix_file_system(), graph, path, assignment_map);
}

}  // namespace icecore::inline v0
