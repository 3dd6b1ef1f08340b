// RestoreV2, Restore, RestoreSlice: from checkpoints of either version.
#include <icecore/checkpoint.h>
#include <icecore/error.h>
#include <icecore/shape_context.h>
#include <icecore/tensor_slice.h>

#include <algorithm>
#include <vector>

#include "base/thread_pool.h"
#include "checkpoint/wanted_tensor.h"
#include "ops/array/arguments.h"
#include "ops/io/graph_files.h"
#include "ops/io/io_ops.h"

namespace icecore::inline v0 {
namespace {

Shape shape_of_spec(const std::string& spec) {
  if (spec.empty()) return Shape::unknown_rank();
  const ShapeAndSlice part = ShapeAndSlice::parse(spec);
  return part.slice.apply(part.full_shape);
}

void restore_v2_shape(ShapeContext& c) {
  with_rank(c.input(0), 0);
  merge_shapes(with_rank(c.input(1), 1), with_rank(c.input(2), 1));
  const std::optional<Tensor> specs = c.constant_input(2);
  if (!specs) return;
  if (specs->strings().size() != c.outputs().size()) {
    refuse_shape("The number of shape_and_slice doesn't match tensor outputs.");
  }
  for (std::size_t i = 0; i < c.outputs().size(); ++i) {
    c.set_output(static_cast<int>(i),
                 while_building([&] { return shape_of_spec(specs->strings()[i]); }));
  }
}

void restore_shape(ShapeContext& c) {
  for (int i = 0; i < c.num_inputs(); ++i) with_rank(c.input(i), 0);
  if (c.num_inputs() < 3) return;
  const std::optional<Tensor> spec = c.constant_input(2);
  if (!spec || spec->num_elements() != 1) return;
  c.set_output(0, while_building([&] { return shape_of_spec(spec->strings()[0]); }));
}

Checkpoint open_checkpoint(FileSystem& files, const std::string& prefix) {
  try {
    return Checkpoint::open(files, prefix);
  } catch (const Error& error) {
    if (error.code() != Code::kNotFound) throw;
    throw error.with_context(
        "Unsuccessful TensorSliceReader constructor: Failed to find any matching files for " +
        prefix);
  }
}

// First the names, in their order, then all dtypes at once, as TensorFlow checks them.
void check_wanted(const Checkpoint& checkpoint, const std::vector<WantedTensor>& wanted) {
  const bool v2 = checkpoint.format() == CheckpointFormat::kV2;
  std::vector<const WantedTensor*> sorted;
  for (const WantedTensor& one : wanted) sorted.push_back(&one);
  std::ranges::stable_sort(sorted, {}, &WantedTensor::name);
  for (const WantedTensor* one : sorted) {
    if (checkpoint.contains(one->key)) continue;
    throw Error(Code::kNotFound, missing_text(checkpoint, one->name) +
                                     (v2 ? " " + checkpoint.prefix() : std::string()));
  }
  std::string message;
  for (const WantedTensor* one : sorted) {
    const std::string fault = dtype_fault(checkpoint, *one);
    if (!fault.empty()) message += (message.empty() ? "" : "\n") + fault;
  }
  if (!message.empty()) refuse(message);
}

void restore(KernelContext& c, const std::string& prefix, const std::vector<WantedTensor>& wanted) {
  const Checkpoint checkpoint = open_checkpoint(graph_files(c), prefix);
  check_wanted(checkpoint, wanted);
  std::vector<Tensor> read(wanted.size());
  c.threads().parallel_for(
      static_cast<std::int64_t>(wanted.size()), 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
          read[i] = read_wanted(checkpoint, wanted[i]);
        }
      });
  for (std::size_t i = 0; i < read.size(); ++i) {
    c.set_output(static_cast<int>(i), std::move(read[i]));
  }
}

Kernel restore_v2_kernel(const NodeInfo& node) {
  return Kernel([dtypes = node.types_attr("dtypes")](KernelContext& c) {
    const auto names = c.input(1).strings(), specs = c.input(2).strings();
    if (names.size() != dtypes.size()) {
      refuse("Got " + std::to_string(names.size()) + " tensor names, but " +
             std::to_string(dtypes.size()) + " expected dtypes.");
    }
    const std::string& prefix = string_input(c, 0, "prefix");
    if (names.size() != specs.size()) {
      refuse("tensor_names and shape_and_slices have different number of elements: " +
             std::to_string(names.size()) + " vs. " + std::to_string(specs.size()));
    }
    std::vector<WantedTensor> wanted;
    for (std::size_t i = 0; i < names.size(); ++i) {
      wanted.push_back({names[i], names[i], specs[i], dtypes[i]});
    }
    restore(c, prefix, wanted);
  });
}

Kernel restore_kernel(const NodeInfo& node) {
  return Kernel([dtype = node.type_attr("dt")](KernelContext& c) {
    const std::string& prefix = string_input(c, 0, "0 (file_pattern)");
    const std::string& name = string_input(c, 1, "1 (tensor_name)");
    WantedTensor wanted{name, name, "", dtype};
    if (c.num_inputs() > 2) wanted.shape_and_slice = string_input(c, 2, "2 (shape_and_slice)");
    restore(c, prefix, {wanted});
  });
}

}  // namespace

const OpImplementation restore_v2_op = {"RestoreV2", restore_v2_shape, restore_v2_kernel};
const OpImplementation restore_op = {"Restore", restore_shape, restore_kernel};
const OpImplementation restore_slice_op = {"RestoreSlice", restore_shape, restore_kernel};

}  // namespace icecore::inline v0
