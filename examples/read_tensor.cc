// Reads one variable and says what its values are like.
//
//   read_tensor tests/data/models/v1-srcnn w1
//
// Reading verifies the checksum and puts the parts of a partitioned variable together; what comes
// back is one dense tensor, row-major, whose buffer copies share.
#include <icecore/icecore.h>

#include <algorithm>
#include <iostream>
#include <numeric>
#include <span>

namespace {

void describe(std::span<const float> values) {
  if (values.empty()) return;
  const auto [smallest, largest] = std::ranges::minmax(values);
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  std::cout << "min " << smallest << ", max " << largest << ", mean "
            << sum / static_cast<double>(values.size()) << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: read_tensor CHECKPOINT NAME\n";
    return 2;
  }
  try {
    const icecore::Tensor tensor = icecore::Checkpoint::open(argv[1]).read(argv[2]);
    std::cout << to_string(tensor.dtype()) << ' ' << to_string(tensor.shape()) << ", "
              << tensor.byte_size() << " bytes\n";
    if (tensor.dtype() == icecore::DType::kFloat32) describe(tensor.values<float>());
    for (const std::string& item : tensor.strings()) std::cout << item << '\n';
  } catch (const icecore::Error& error) {
    // The message names the file and the variable, and offers the nearest names for one that isn't
    // there.
    std::cerr << code_name(error.code()) << ": " << error.message() << '\n';
    return 2;
  }
  return 0;
}
