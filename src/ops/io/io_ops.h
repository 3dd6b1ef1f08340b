// Checkpoints and files, as a graph's own ops read and write them.
#pragma once

#include <icecore/op_set.h>

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable io_ops();

// Each stands in the file that is named after it or its kin.
extern const OpImplementation read_file_op, write_file_op;                  // file_contents.cc
extern const OpImplementation matching_files_op;                            // matching_files.cc
extern const OpImplementation restore_v2_op, restore_op, restore_slice_op;  // restore.cc
extern const OpImplementation save_v2_op, save_op, save_slices_op;          // save.cc
extern const OpImplementation sharded_filename_op, sharded_filespec_op,
    merge_v2_checkpoints_op;  // sharding.cc

}  // namespace icecore::inline v0
