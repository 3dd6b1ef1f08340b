#include "ops/io/graph_files.h"

#include <icecore/error.h>

#include "ops/array/arguments.h"
#include "ops/run_services.h"

namespace icecore::inline v0 {

FileSystem& graph_files(const KernelContext& context) {
  FileSystem* const files = context.services().files;
  if (files == nullptr) throw Error(Code::kFailedPrecondition, "there are no files here");
  return *files;
}

const std::string& string_input(const KernelContext& context, int i, std::string_view name) {
  const Tensor& input = context.input(i);
  if (input.dtype() != DType::kString || input.num_elements() != 1) {
    refuse("Input " + std::string(name) + " should have a single element, got " +
           std::to_string(input.num_elements()) + " instead.");
  }
  return input.strings()[0];
}

}  // namespace icecore::inline v0
