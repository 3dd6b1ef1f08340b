// Moves values between variables and checkpoints, by what a Saver's nodes say.
#pragma once

#include <icecore/checkpoint.h>
#include <icecore/export.h>
#include <icecore/progress.h>
#include <icecore/variable_store.h>

#include <string>
#include <vector>

#include "io/file_system.h"
#include "model/saver_rows.h"

namespace icecore::inline v0 {

// The values of the rows as they are now. Those of variables are shared, not copied; others are
// computed, for which the store must be a NodeRunner (a Session). FAILED_PRECONDITION, with
// TensorFlow's sentence, where a variable has no value.
ICECORE_API std::vector<Tensor> take_values(VariableStore& variables,
                                            const std::vector<SaveRow>& rows);

// Writes them, in that order.
ICECORE_API void write_values(FileSystem& files, const std::string& prefix,
                              const std::vector<SaveRow>& rows, const std::vector<Tensor>& values,
                              const Progress& progress);

// Reads all rows, then assigns. Nothing is assigned where a row is missing or doesn't fit. Messages
// are TensorFlow's, those of misfits wrapped as its Saver wraps them.
ICECORE_API void read_values(const Checkpoint& checkpoint, const RestorePlan& plan,
                             VariableStore& variables, const Progress& progress);

}  // namespace icecore::inline v0
