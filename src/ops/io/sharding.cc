// ShardedFilename, ShardedFilespec, MergeV2Checkpoints.
#include <icecore/error.h>
#include <icecore/shape_context.h>

#include <cstdio>
#include <vector>

#include "checkpoint/merge_bundles.h"
#include "ops/array/arguments.h"
#include "ops/io/graph_files.h"
#include "ops/io/io_ops.h"

namespace icecore::inline v0 {
namespace {

void scalars_shape(ShapeContext& c) {
  for (int i = 0; i < c.num_inputs(); ++i) with_rank(c.input(i), 0);
  c.set_output(0, Shape());
}

// At least five digits.
std::string five_digits(std::int64_t number) {
  std::string digits = std::to_string(number);
  const bool negative = number < 0;
  if (digits.size() < 5) digits.insert(negative ? 1 : 0, 5 - digits.size(), '0');
  return digits;
}

Kernel sharded_filename_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const std::string& base = string_input(c, 0, "0 (basename)");
    const std::int64_t shard = int_of(c.input(1), "shard");
    const std::int64_t shards = int_of(c.input(2), "num_shards");
    c.set_output(0, Tensor::scalar(base + "-" + five_digits(shard) + "-of-" + five_digits(shards)));
  });
}

Kernel sharded_filespec_kernel(const NodeInfo&) {
  return Kernel([](KernelContext& c) {
    const std::string& base = string_input(c, 0, "0 (basename)");
    c.set_output(0, Tensor::scalar(base + "-" + std::string(5, '?') + "-of-" +
                                   five_digits(int_of(c.input(1), "num_shards"))));
  });
}

void merge_shape(ShapeContext& c) {
  with_rank(c.input(0), 1);
  with_rank(c.input(1), 0);
}

Kernel merge_kernel(const NodeInfo& node) {
  return Kernel([delete_folders = node.bool_attr("delete_old_dirs")](KernelContext& c) {
    const Tensor& prefixes = c.input(0);
    if (prefixes.shape().rank() != 1) {
      refuse("Input checkpoint_prefixes should be an 1-D tensor, got " +
             to_string(prefixes.shape()) + " instead.");
    }
    if (c.input(1).shape().rank() != 0) {
      refuse("Input destination_prefix should be a scalar tensor, got " +
             to_string(c.input(1).shape()) + " instead.");
    }
    const std::string& merged = string_input(c, 1, "1 (destination_prefix)");
    const std::vector<std::string> parts(prefixes.strings().begin(), prefixes.strings().end());
    FileSystem& files = graph_files(c);
    merge_bundles(files, parts, merged);
    if (!delete_folders) return;
    for (const std::string& part : parts) {
      if (folder_of(part) == folder_of(merged)) continue;
      try {
        files.remove_folder(folder_of(part));
      } catch (const Error&) {  // Another part's, gone already; or not empty.
      }
    }
  });
}

}  // namespace

const OpImplementation sharded_filename_op = {"ShardedFilename", scalars_shape,
                                              sharded_filename_kernel, not_differentiable};
const OpImplementation sharded_filespec_op = {"ShardedFilespec", scalars_shape,
                                              sharded_filespec_kernel, not_differentiable};
const OpImplementation merge_v2_checkpoints_op = {"MergeV2Checkpoints", merge_shape, merge_kernel};

}  // namespace icecore::inline v0
