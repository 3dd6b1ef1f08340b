// The library that runs graphs, loaded by the verbs that need it, since that takes milliseconds.
#pragma once

#include "runtime/check_frozen.h"
#include "runtime/run_model.h"

namespace icecore::inline v0 {

using RunModelFunction = void (*)(const RunModelRequest&, RunModelResult&);
using CheckFrozenFunction = void (*)(const CheckFrozenRequest&, CheckFrozenResult&);

// icecore_run_model of the libicecore_runtime that lies beside this program's libicecore, or else
// of the one that the system finds by its name.
RunModelFunction load_runtime();
// icecore_check_frozen of the same.
CheckFrozenFunction load_check_frozen();

}  // namespace icecore::inline v0
