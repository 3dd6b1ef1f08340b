// The library that runs graphs, loaded by the verbs that need it, since that takes milliseconds.
#pragma once

#include "runtime/run_model.h"

namespace icecore::inline v0 {

using RunModelFunction = void (*)(const RunModelRequest&, RunModelResult&);

// icecore_run_model of the libicecore_runtime that lies beside this program's libicecore, or else
// of the one that the system finds by its name.
RunModelFunction load_runtime();

}  // namespace icecore::inline v0
