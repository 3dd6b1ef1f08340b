#include "checkpoint/golden.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>

namespace icecore::inline v0 {
namespace {

const std::string kFolder = std::string(ICECORE_TEST_DATA) + "/golden/";

}  // namespace

Golden golden(const std::string& name) {
  Golden found{name, "", nlohmann::json::parse(std::ifstream(kFolder + name + "/expected.json"))};
  const char* key = found.expected.contains("prefix") ? "prefix" : "path";
  found.path = kFolder + name + "/" + found.expected.at(key).get<std::string>();
  return found;
}

void load_golden(MemoryFileSystem& files, const std::string& name) {
  FileSystem& disk = posix_file_system();
  for (const std::string& file : disk.list(kFolder + name)) {
    const auto opened = disk.open(kFolder + name + "/" + file);
    files.put("golden/" + file, opened->read_string(0, opened->size()));
  }
}

std::string to_hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    hex += kDigits[value >> 4];
    hex += kDigits[value & 15];
  }
  return hex;
}

std::string from_hex(std::string_view hex) {
  std::string bytes;
  std::string digits;
  for (const char digit : hex) {
    if (digit == ' ' || digit == '\n') continue;
    digits += digit;
    if (digits.size() < 2) continue;
    bytes += static_cast<char>(std::stoi(digits, nullptr, 16));
    digits.clear();
  }
  return bytes;
}

std::string sha256(std::string_view bytes) {
  std::array<char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
             EVP_sha256(), nullptr);
  return to_hex({digest.data(), size});
}

std::string content_of(const Tensor& tensor) {
  std::string content;
  for (const std::string& item : tensor.strings()) content += item;
  const auto bytes = tensor.bytes();
  content.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return content;
}

std::string difference(const Tensor& tensor, const nlohmann::json& described) {
  if (described.at("dtype").get<std::string>() != to_string(tensor.dtype())) return "dtype";
  if (tensor.shape() != Shape(described.at("shape").get<std::vector<std::int64_t>>())) {
    return "shape";
  }
  if (described.at("bytes").get<std::uint64_t>() != tensor.byte_size()) return "bytes";
  const std::string content = content_of(tensor);
  if (described.at("sha256").get<std::string>() != sha256(content)) return "sha256";
  if (described.contains("hex") && described["hex"].get<std::string>() != to_hex(content))
    return "hex";
  if (described.contains("items_hex")) {
    std::vector<std::string> items;
    for (const std::string& item : tensor.strings()) items.push_back(to_hex(item));
    if (items != described["items_hex"].get<std::vector<std::string>>()) return "items";
  }
  return "";
}

std::string everything(const Checkpoint& checkpoint) {
  std::string all;
  for (const VariableInfo& variable : checkpoint.variables()) {
    const Tensor tensor = checkpoint.read(variable.name);
    all += to_hex(variable.name) + " " + to_string(variable.dtype) + " " +
           to_string(variable.shape) + " " + to_hex(content_of(tensor));
    for (const std::string& item : tensor.strings()) all += " " + std::to_string(item.size());
    all += "\n";
  }
  return all;
}

}  // namespace icecore::inline v0
