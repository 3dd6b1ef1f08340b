// The checkpoints in tests/data/golden, and what they must read as.
#pragma once

#include <icecore/checkpoint.h>
#include <icecore/tensor.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "io/memory_file_system.h"

namespace icecore::inline v0 {

struct Golden {
  std::string name;         // "v2/dtypes"
  std::string path;         // Of the checkpoint.
  nlohmann::json expected;  // Its expected.json.
};

Golden golden(const std::string& name);
// The folder's files in memory, under the path "golden".
void load_golden(MemoryFileSystem& files, const std::string& name);

// What differs between a tensor and its description in an expected.json; "" if nothing.
std::string difference(const Tensor& tensor, const nlohmann::json& described);

std::string to_hex(std::string_view bytes);
std::string from_hex(std::string_view hex);
// In hexadecimal.
std::string sha256(std::string_view bytes);
// The values' bytes, or the strings joined.
std::string content_of(const Tensor& tensor);

// Everything that a checkpoint holds, in one string: equal checkpoints have equal ones. Throws what
// reading throws.
std::string everything(const Checkpoint& checkpoint);

}  // namespace icecore::inline v0
