#include "ops/parsing/parsing_ops.h"

namespace icecore::inline v0 {

OpTable parsing_ops() {
  static constexpr OpImplementation kTable[] = {
      {"ParseExample", parse_example_shape, parse_example_kernel, not_differentiable},
      {"ParseSingleExample", parse_single_example_shape, parse_single_example_kernel,
       not_differentiable},
  };
  return kTable;
}

}  // namespace icecore::inline v0
