// Writes a checkpoint that TensorFlow restores, and reads it again.
//
//   write_checkpoint /tmp/model.ckpt-1
//
// The .index and .data files are byte for byte those that tf.train.Saver writes for these values.
#include <icecore/icecore.h>

#include <algorithm>
#include <array>
#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: write_checkpoint PREFIX\n";
    return 2;
  }
  try {
    icecore::Tensor weights(icecore::DType::kFloat32, {2, 3});
    constexpr std::array kValues = {1.F, 2.F, 3.F, 4.F, 5.F, 6.F};
    std::ranges::copy(kValues, weights.mutable_values<float>().begin());
    icecore::Tensor words(icecore::DType::kString, {2});
    words.mutable_strings()[0] = "yes";
    words.mutable_strings()[1] = "no";

    icecore::CheckpointWriter writer(argv[1]);
    writer.add("weights", weights);
    writer.add("words", words);
    writer.finish();

    const icecore::Checkpoint checkpoint = icecore::Checkpoint::open(argv[1]);
    std::cout << checkpoint.variables().size() << " variables, weights[1][2] is "
              << checkpoint.read("weights").values<float>()[5] << '\n';
  } catch (const icecore::Error& error) {
    std::cerr << code_name(error.code()) << ": " << error.message() << '\n';
    return 2;
  }
  return 0;
}
