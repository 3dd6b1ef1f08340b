#include <fmt/format.h>
#include <icecore/tensor_text.h>

#include <nlohmann/json.hpp>

#include "cli/npy_file.h"
#include "cli/output.h"
#include "cli/values.h"
#include "cli/verbs.h"

namespace icecore::inline v0 {
namespace {

// Dtype and shape beside the values as numpy prints all of them: exact for integers and strings,
// and for floats the digits that read back as the same number.
void print_json(const std::string& name, const Tensor& tensor) {
  const std::vector<std::int64_t> shape(tensor.shape().dims().begin(), tensor.shape().dims().end());
  TensorTextOptions everything;
  everything.threshold = tensor.num_elements();
  constexpr int kEveryDigit = 400;
  everything.precision = kEveryDigit;
  const nlohmann::ordered_json document = {{"schema", 1},
                                           {"name", name},
                                           {"dtype", to_string(tensor.dtype())},
                                           {"shape", shape},
                                           {"text", tensor_text(tensor, everything)}};
  print_document(document);
}

}  // namespace

int run_show(const ShowArguments& arguments) {
  if (!arguments.npy_file.empty()) refuse_to_overwrite(arguments.npy_file, arguments.force);
  const Values values = Values::open(arguments.path);
  print_note(values.note);
  const std::size_t index = values.find(arguments.name);
  const Tensor tensor = arguments.slice.empty()
                            ? values.read(index)
                            : values.read_slice(index, TensorSlice::parse(arguments.slice));
  if (!arguments.npy_file.empty()) write_npy(posix_file_system(), arguments.npy_file, tensor);
  if (arguments.json) {
    print_json(arguments.name, tensor);
  } else if (arguments.npy_file.empty()) {
    fmt::print("{}\n", tensor_text(tensor));
  } else {
    fmt::print("{}: {} {}, {}\n", arguments.npy_file, to_string(tensor.dtype()),
               to_string(tensor.shape()), readable_bytes(tensor.byte_size()));
  }
  return 0;
}

}  // namespace icecore::inline v0
