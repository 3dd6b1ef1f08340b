// SaveV2, Save, SaveSlices.
#include <icecore/checkpoint_writer.h>
#include <icecore/error.h>
#include <icecore/shape_context.h>
#include <icecore/tensor_slice.h>

#include "ops/array/arguments.h"
#include "ops/io/graph_files.h"
#include "ops/io/io_ops.h"

namespace icecore::inline v0 {
namespace {

constexpr int kFixedInputs = 3;

void save_v2_shape(ShapeContext& c) {
  with_rank(c.input(0), 0);
  for (int i = 1; i <= 2; ++i) {
    merge_dims(with_rank(c.input(i), 1).dim(0), c.num_inputs() - kFixedInputs);
  }
}

void save_shape(ShapeContext& c) {
  with_rank(c.input(0), 0);
  merge_dims(with_rank(c.input(1), 1).dim(0), c.num_inputs() - 2);
}

void check_names(const KernelContext& c) {
  const Tensor& names = c.input(1);
  const Tensor& slices = c.input(2);
  if (names.shape().rank() != 1 || slices.shape().rank() != 1) {
    refuse("Input tensor_names and shape_and_slices should be an 1-D tensors, got " +
           to_string(names.shape()) + " and " + to_string(slices.shape()) + " instead.");
  }
  if (names.num_elements() != slices.num_elements()) {
    refuse("tensor_names and shape_and_slices have different number of elements: " +
           std::to_string(names.num_elements()) + " vs. " + std::to_string(slices.num_elements()));
  }
  const int tensors = c.num_inputs() - kFixedInputs;
  if (names.num_elements() != tensors) {
    refuse("Got " + std::to_string(names.num_elements()) + " tensor names but " +
           std::to_string(tensors) + " tensors.");
  }
}

void add_part(CheckpointWriter& writer, const std::string& name, const std::string& spec,
              const Tensor& tensor) {
  const ShapeAndSlice part = ShapeAndSlice::parse(spec);
  if (part.slice.apply(part.full_shape) != tensor.shape()) {
    refuse(
        "Slice in shape_and_slice specification does not match the shape of the tensor to  "
        "save: " +
        spec + ", tensor: " + to_string(tensor.shape()));
  }
  writer.add_slice(name, part.full_shape, part.slice, tensor);
}

Kernel save_v2_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const std::string& prefix = string_input(c, 0, "prefix");
    check_names(c);
    CheckpointWriter writer(graph_files(c), prefix);
    const auto names = c.input(1).strings(), specs = c.input(2).strings();
    for (std::size_t i = 0; i < names.size(); ++i) {
      const Tensor& tensor = c.input(static_cast<int>(i) + kFixedInputs);
      if (specs[i].empty()) {
        writer.add(names[i], tensor);
      } else {
        add_part(writer, names[i], specs[i], tensor);
      }
    }
    writer.finish();
  });
}

Kernel save_v1_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    throw Error(Code::kUnimplemented,
                "'" + c.node().name() + "' (" + c.node().op() +
                    ") would write a checkpoint of version 1, which Icecore reads but doesn't "
                    "write: save by SaveV2 (a Saver with write_version V2, the default)");
  });
}

}  // namespace

const OpImplementation save_v2_op = {"SaveV2", save_v2_shape, save_v2_kernel};
const OpImplementation save_op = {"Save", save_shape, save_v1_kernel};
const OpImplementation save_slices_op = {"SaveSlices", save_v2_shape, save_v1_kernel};

}  // namespace icecore::inline v0
