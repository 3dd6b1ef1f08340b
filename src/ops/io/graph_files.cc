#include "ops/io/graph_files.h"

#include <icecore/error.h>

#include "ops/array/arguments.h"
#include "ops/run_services.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void refuse_files(const KernelContext& context, const std::string& path,
                               const std::string& why) {
  throw Error(
      Code::kFailedPrecondition,
      "'" + context.node().name() + "' (" + context.node().op() + ") would touch the file '" +
          path + "', " + why +
          ": a graph's own ops touch only what --allow-io (SessionOptions::allow_io in C++) "
          "names");
}

}  // namespace

FileSystem& graph_files(const KernelContext& context, const std::string& path) {
  const RunServices& services = context.services();
  if (services.files == nullptr) refuse_files(context, path, "and files aren't allowed");
  if (services.may_touch && !services.may_touch(path)) {
    refuse_files(context, path, "which isn't below the folder that is allowed");
  }
  return *services.files;
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
