#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>
#include <icecore/node_runner.h>
#include <icecore/tensor_slice.h>

#include <utility>

#include "saver/transport.h"

namespace icecore::inline v0 {
namespace {

std::string uninitialized(const SaveRow& row) {
  if (!row.is_resource) return "Attempting to use uninitialized value " + row.variable;
  return "Error while reading resource variable " + row.variable +
         " from Container: localhost. This could mean that the variable was uninitialized. Not "
         "found: Resource localhost/" +
         row.variable + "/N10tensorflow3VarE does not exist.";
}

[[noreturn]] void refuse_uninitialized(const std::vector<const SaveRow*>& rows) {
  std::string message = uninitialized(*rows[0]);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    message += (i == 1 ? "\nNo value either: " : ", ") + rows[i]->variable;
  }
  throw Error(Code::kFailedPrecondition, message);
}

}  // namespace

std::vector<Tensor> take_values(VariableStore& variables, const std::vector<SaveRow>& rows) {
  std::vector<Tensor> values(rows.size());
  std::vector<const SaveRow*> missing;
  std::vector<std::string> fetches;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].variable.empty()) {
      fetches.push_back(rows[i].tensor);
    } else if (auto value = variables.snapshot(rows[i].variable)) {
      values[i] = *std::move(value);
    } else {
      missing.push_back(&rows[i]);
    }
  }
  if (!missing.empty()) refuse_uninitialized(missing);
  if (fetches.empty()) return values;
  auto* const runner = dynamic_cast<NodeRunner*>(&variables);
  if (runner == nullptr) {
    throw Error(Code::kUnimplemented, fetches[0] +
                                          ", which is to be saved, is no variable: a Session is "
                                          "needed to compute it");
  }
  std::vector<Tensor> computed = runner->run_nodes({}, fetches, {});
  for (std::size_t i = 0, next = 0; i < rows.size(); ++i) {
    if (rows[i].variable.empty()) values[i] = std::move(computed.at(next++));
  }
  return values;
}

void write_values(FileSystem& files, const std::string& prefix, const std::vector<SaveRow>& rows,
                  const std::vector<Tensor>& values, const Progress& progress) {
  std::uint64_t done = 0, total = 0;
  for (const Tensor& value : values) total += value.byte_size();
  CheckpointWriter writer(files, prefix);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].shape_and_slice.empty()) {
      writer.add(rows[i].key, values[i]);
    } else {
      const ShapeAndSlice part = ShapeAndSlice::parse(rows[i].shape_and_slice);
      writer.add_slice(rows[i].key, part.full_shape, part.slice, values[i]);
    }
    done += values[i].byte_size();
    if (progress) progress(done, total);
  }
  writer.finish();
}

}  // namespace icecore::inline v0
