#include "cli/golden_cases.h"

#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace icecore {
namespace {

std::vector<std::string> parts(const std::string& list) {
  std::vector<std::string> result;
  std::istringstream in(list);
  for (std::string part; std::getline(in, part, ',');) result.push_back(part);
  return result;
}

}  // namespace

std::int64_t GoldenCase::number(const std::string& field, std::int64_t otherwise) const {
  const auto found = fields.find(field);
  return found == fields.end() ? otherwise : std::stoll(found->second);
}

Tensor GoldenCase::tensor() const {
  std::vector<std::int64_t> dims;
  for (const std::string& dim : parts(fields.at("shape"))) dims.push_back(std::stoll(dim));
  Tensor tensor(dtype_of_name(fields.at("dtype")).value(), Shape(dims));
  const std::string& data = fields.at("data");
  if (tensor.dtype() == DType::kString) {
    std::vector<std::string> items = parts(data);
    // An empty item at the end leaves no part behind the last comma.
    const auto count = static_cast<std::size_t>(tensor.num_elements());
    if (items.size() + 1 == count) items.emplace_back();
    if (items.size() != count) throw std::runtime_error("a case with too few strings");
    for (std::size_t i = 0; i < count; ++i) tensor.mutable_strings()[i] = bytes_of_hex(items[i]);
    return tensor;
  }
  const std::string bytes = bytes_of_hex(data);
  if (bytes.size() != tensor.bytes().size()) throw std::runtime_error("a case with other bytes");
  if (!bytes.empty()) std::memcpy(tensor.mutable_bytes().data(), bytes.data(), bytes.size());
  return tensor;
}

std::vector<GoldenCase> golden_cases(const std::string& name) {
  const std::string path = std::string(ICECORE_TEST_DATA "/cli/") + name;
  std::ifstream in(path);
  std::vector<GoldenCase> cases;
  bool is_new = true;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      is_new = true;
      continue;
    }
    if (is_new) cases.emplace_back().line = number;
    is_new = false;
    GoldenCase& last = cases.back();
    if (line.front() == '|') {
      if (!last.text.empty()) last.text += '\n';
      last.text += line.substr(1);
      continue;
    }
    const std::size_t blank = line.find(' ');
    last.fields[line.substr(0, blank)] =
        blank == std::string::npos ? std::string() : line.substr(blank + 1);
  }
  if (cases.empty()) throw std::runtime_error(path + " holds no cases");
  return cases;
}

std::string bytes_of_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

}  // namespace icecore
