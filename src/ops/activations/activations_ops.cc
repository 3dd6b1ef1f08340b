#include "ops/activations/activations_ops.h"

#include <vector>

namespace icecore::inline v0 {

// One line a file of this folder, which defines FILE_ops().
#define ICECORE_ACTIVATION_FILES(FILE) \
  FILE(elu)                            \
  FILE(leaky_relu)                     \
  FILE(relu)                           \
  FILE(selu)                           \
  FILE(softplus)                       \
  FILE(softsign)

#define ICECORE_DECLARE(file) OpTable file##_ops();
ICECORE_ACTIVATION_FILES(ICECORE_DECLARE)
#undef ICECORE_DECLARE

OpTable activations_ops() {
  static const std::vector<OpImplementation> table = [] {
    std::vector<OpImplementation> all;
#define ICECORE_APPEND(file) \
  for (const OpImplementation& op : file##_ops()) all.push_back(op);
    ICECORE_ACTIVATION_FILES(ICECORE_APPEND)
#undef ICECORE_APPEND
    return all;
  }();
  return table;
}

}  // namespace icecore::inline v0
