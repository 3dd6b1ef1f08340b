// The files that a graph's own ops may touch.
#pragma once

#include <icecore/kernel.h>
#include <icecore/tensor.h>

#include <string>
#include <vector>

#include "io/file_system.h"

namespace icecore::inline v0 {

// The Session's, which refuses what isn't allowed: FAILED_PRECONDITION says how to allow it.
FileSystem& graph_files(const KernelContext& context);

// The string of input i. INVALID_ARGUMENT where it isn't one element; `name` is for the message.
const std::string& string_input(const KernelContext& context, int i, std::string_view name);

}  // namespace icecore::inline v0
