// The cases that make_tensor_text_golden.py wrote.
#pragma once

#include <icecore/tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace icecore {

struct GoldenCase {
  int line = 0;                               // Where it begins in its file.
  std::map<std::string, std::string> fields;  // "dtype float32" is fields["dtype"] == "float32".
  std::string text;                           // The lines after '|'.

  // The field as a number; `otherwise` where there is none.
  std::int64_t number(const std::string& field, std::int64_t otherwise) const;
  Tensor tensor() const;
};

// The cases of tests/data/cli/`name`. Throws where the file is missing or holds none.
std::vector<GoldenCase> golden_cases(const std::string& name);

std::string bytes_of_hex(const std::string& hex);

}  // namespace icecore
