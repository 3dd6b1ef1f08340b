// Lists what a checkpoint holds, without reading its values.
//
//   list_variables tests/data/models/v1-srcnn
//
// The path may be anything that names a checkpoint: its prefix, one of its files, the `checkpoint`
// file or a folder, of either format. Opening reads the table of names only, so this takes
// milliseconds however large the model is.
#include <icecore/icecore.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: list_variables CHECKPOINT\n";
    return 2;
  }
  try {
    const icecore::Checkpoint checkpoint = icecore::Checkpoint::open(argv[1]);
    if (!checkpoint.note().empty()) std::cerr << checkpoint.note() << '\n';
    for (const icecore::VariableInfo& variable : checkpoint.variables()) {
      std::cout << variable.name << ' ' << to_string(variable.dtype) << ' '
                << to_string(variable.shape) << '\n';
    }
  } catch (const icecore::Error& error) {
    std::cerr << code_name(error.code()) << ": " << error.message() << '\n';
    return 2;
  }
  return 0;
}
