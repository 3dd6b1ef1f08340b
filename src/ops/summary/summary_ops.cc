#include "ops/summary/summary_ops.h"

namespace icecore::inline v0 {

OpTable summary_ops() {
  static const OpImplementation table[] = {
      histogram_summary_op,
      merge_summary_op,
      scalar_summary_op,
  };
  return table;
}

}  // namespace icecore::inline v0
