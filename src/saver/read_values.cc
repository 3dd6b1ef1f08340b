#include <icecore/error.h>
#include <icecore/node_runner.h>
#include <icecore/tensor_slice.h>

#include <map>
#include <set>
#include <utility>

#include "base/shape_match.h"
#include "checkpoint/object_graph.h"
#include "checkpoint/wanted_tensor.h"
#include "saver/transport.h"

namespace icecore::inline v0 {
namespace {

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Error wrapped(Code code, const std::string& why, const std::string& original) {
  return Error(code, "Restoring from checkpoint failed. This is most likely due to " + why +
                         " from the checkpoint. Please ensure that you have not altered the graph "
                         "expected based on the checkpoint. Original error:\n\n" +
                         original);
}

Error mismatch(const std::string& original) {
  return wrapped(Code::kInvalidArgument, "a mismatch between the current graph and the graph",
                 original);
}

Error missing_keys(const Checkpoint& checkpoint, const std::set<std::string>& missing,
                   std::size_t rows) {
  const std::string& first = *missing.begin();
  std::string original = missing_text(checkpoint, first);
  if (missing.size() > 1) {
    std::set<std::string> others = missing;
    others.erase(first);
    original += "; nor are " + joined(others);
  }
  original += " (" + std::to_string(missing.size()) + " of " + std::to_string(rows) +
              " missing in " + checkpoint.prefix() + ")";
  return wrapped(Code::kNotFound, "a Variable name or other graph key that is missing", original);
}

// Each row's name must have a key in a checkpoint of TensorFlow 2.
void check_names(const std::map<std::string, std::string, std::less<>>& keys,
                 const RestorePlan& plan) {
  std::set<std::string> wanted, missing, extra;
  for (const RestoredRow& row : plan.rows) {
    wanted.insert(row.key);
    if (!keys.contains(row.key)) missing.insert(row.key);
  }
  if (missing.empty()) return;
  std::size_t matched = 0;
  for (const auto& [name, key] : keys) {
    if (wanted.contains(name)) {
      ++matched;
    } else {
      extra.insert(name);
    }
  }
  throw Error(Code::kNotFound,
              "\n\nExisting variables not in the checkpoint: " + joined(missing) +
                  "\n\nVariables names when this checkpoint was written which don't exist now: " +
                  joined(extra) + "\n\n(" + std::to_string(matched) +
                  " variable name(s) did match)\n\nCould not find some variables in the "
                  "checkpoint (see names above). It was written by TensorFlow 2 "
                  "(tf.train.Checkpoint, or a Keras model), object by object; a Saver finds its "
                  "variables by the names that they had then. A Saver of the variables that it "
                  "has, or of a map from those names to the variables, can restore it.");
}

// What each row reads.
std::vector<WantedTensor> wanted_by(const Checkpoint& checkpoint, const RestorePlan& plan) {
  std::vector<WantedTensor> wanted;
  std::set<std::string> missing;
  for (const RestoredRow& row : plan.rows) {
    wanted.push_back({row.key, row.key, row.shape_and_slice, {}});
    if (row.dtype != DType::kInvalid) wanted.back().dtype = row.dtype;
    if (!checkpoint.contains(row.key)) missing.insert(row.key);
  }
  if (missing.empty()) return wanted;
  const auto keys = keys_by_full_name(checkpoint);
  if (!keys) throw missing_keys(checkpoint, missing, plan.rows.size());
  check_names(*keys, plan);
  missing.clear();
  for (WantedTensor& tensor : wanted) {
    tensor.key = keys->at(tensor.name);
    if (!checkpoint.contains(tensor.key)) missing.insert(tensor.key);
  }
  if (!missing.empty()) throw missing_keys(checkpoint, missing, plan.rows.size());
  return wanted;
}

// What keeps a row from its variable; "" where nothing does.
std::string shape_fault(const Checkpoint& checkpoint, const RestoredRow& row,
                        const WantedTensor& wanted) {
  std::string fault = part_fault(checkpoint, wanted);
  if (!fault.empty()) return fault;
  const Shape shape = wanted_shape(checkpoint, wanted);
  if (!row.variable_shape || row.variable.empty()) return "";
  const Shape& variable = *row.variable_shape;
  if (row.reshape) {
    const auto wanted = variable.num_elements();
    if (!wanted || wanted == shape.num_elements()) return "";
    return "Input to reshape is a tensor with " + std::to_string(shape.num_elements().value_or(0)) +
           " values, but the requested shape has " + std::to_string(*wanted) + " (" + row.variable +
           ")";
  }
  if (!row.validate_shape || allows(variable, shape)) return "";
  return "Assign requires shapes of both tensors to match. lhs shape= " + to_string(variable) +
         " rhs shape= " + to_string(shape) + " (" + row.variable +
         (row.key == row.variable ? "" : ", from " + row.key) + ")";
}

void check_fit(const Checkpoint& checkpoint, const RestorePlan& plan,
               const std::vector<WantedTensor>& wanted) {
  std::string dtypes, shapes;
  const auto add = [](std::string& all, const std::string& fault) {
    if (!fault.empty()) all += (all.empty() ? "" : "\n") + fault;
  };
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    add(dtypes, dtype_fault(checkpoint, wanted[i]));
    add(shapes, shape_fault(checkpoint, plan.rows[i], wanted[i]));
  }
  add(dtypes, shapes);
  if (!dtypes.empty()) throw mismatch(dtypes);
}

Tensor read_row(const Checkpoint& checkpoint, const RestoredRow& row, const WantedTensor& wanted) {
  const Tensor value = read_wanted(checkpoint, wanted);
  const bool reshapes = row.reshape && row.variable_shape && row.variable_shape->is_fully_defined();
  return reshapes ? value.reshaped(*row.variable_shape) : value;
}

std::uint64_t bytes_of(const Checkpoint& checkpoint, const WantedTensor& wanted) {
  const VariableInfo& stored = *checkpoint.find(wanted.key);
  if (stored.dtype == DType::kString) return checkpoint.byte_size(wanted.key);
  const auto elements = wanted_shape(checkpoint, wanted).num_elements().value_or(0);
  return static_cast<std::uint64_t>(elements) * dtype_size(stored.dtype);
}

// All rows' values, telling how far it is.
std::vector<Tensor> read_rows(const Checkpoint& checkpoint, const RestorePlan& plan,
                              const std::vector<WantedTensor>& wanted, const Progress& progress) {
  std::vector<std::uint64_t> ends(wanted.size());
  for (std::size_t i = 0; progress && i < wanted.size(); ++i) {
    ends[i] = (i == 0 ? 0 : ends[i - 1]) + bytes_of(checkpoint, wanted[i]);
  }
  std::vector<Tensor> values;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    values.push_back(read_row(checkpoint, plan.rows[i], wanted[i]));
    if (progress) progress(ends[i], ends.back());
  }
  return values;
}

}  // namespace

void read_values(const Checkpoint& checkpoint, const RestorePlan& plan, VariableStore& variables,
                 const Progress& progress) {
  auto* const runner = dynamic_cast<NodeRunner*>(&variables);
  if (!plan.targets.empty() && runner == nullptr) {
    throw Error(Code::kUnimplemented, plan.targets[0] +
                                          " restores what is no variable: a Session is needed to "
                                          "run it");
  }
  std::vector<Tensor> values;
  const std::vector<WantedTensor> wanted = wanted_by(checkpoint, plan);
  check_fit(checkpoint, plan, wanted);
  try {
    values = read_rows(checkpoint, plan, wanted, progress);
  } catch (const Error& error) {
    if (error.code() != Code::kInvalidArgument) throw;
    throw mismatch(error.message());
  }
  std::vector<std::pair<std::string, Tensor>> feeds;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const RestoredRow& row = plan.rows[i];
    if (row.variable.empty()) feeds.emplace_back(row.tensor, std::move(values[i]));
  }
  // First what can fail: then no variable has changed.
  if (!plan.targets.empty()) runner->run_nodes(feeds, {}, plan.targets);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const RestoredRow& row = plan.rows[i];
    if (!row.variable.empty()) variables.assign(row.variable, std::move(values[i]));
  }
}

}  // namespace icecore::inline v0
