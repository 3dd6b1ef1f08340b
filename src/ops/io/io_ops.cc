#include "ops/io/io_ops.h"

namespace icecore::inline v0 {

OpTable io_ops() {
  static const OpImplementation table[] = {
      matching_files_op,
      merge_v2_checkpoints_op,
      read_file_op,
      restore_op,
      restore_slice_op,
      restore_v2_op,
      save_op,
      save_slices_op,
      save_v2_op,
      sharded_filename_op,
      sharded_filespec_op,
      write_file_op,
  };
  return table;
}

}  // namespace icecore::inline v0
