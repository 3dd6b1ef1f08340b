#include "graph/device_name.h"

#include <icecore/error.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

namespace icecore::inline v0 {
namespace {

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

// Python makes an int of it, so that "01" is 1.
std::string number(std::string_view digits, std::string_view device) {
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failure != std::errc() || end != digits.data() + digits.size()) {
    throw Error(
        Code::kInvalidArgument,
        "'" + std::string(digits) + "' is no number, in the device '" + std::string(device) + "'",
        Misuse::kValue);
  }
  return std::to_string(value);
}

}  // namespace

DeviceName DeviceName::parse(std::string_view text) {
  DeviceName name;
  const auto set_type = [&](std::string type, std::string_view index) {
    if (name.type) {
      throw Error(Code::kInvalidArgument,
                  "Cannot specify multiple device types: " + std::string(text), Misuse::kValue);
    }
    name.type = std::move(type);
    if (index != "*") name.index = number(index, text);
  };
  for (const std::string_view part : split(text, '/')) {
    const std::vector<std::string_view> words = split(part, ':');
    const bool pair = words.size() == 2;
    if (pair && words[0] == "job") {
      name.job = words[1];
    } else if (pair && words[0] == "replica") {
      name.replica = number(words[1], text);
    } else if (pair && words[0] == "task") {
      name.task = number(words[1], text);
    } else if (words.size() <= 2 && (upper(words[0]) == "GPU" || upper(words[0]) == "CPU")) {
      set_type(upper(words[0]), pair ? words[1] : "*");
    } else if (words.size() == 3 && words[0] == "device") {
      const bool old = words[1] == "cpu" || words[1] == "gpu";
      set_type(old ? upper(words[1]) : std::string(words[1]), words[2]);
    } else if (!words[0].empty()) {
      throw Error(
          Code::kInvalidArgument,
          "Unknown attribute: '" + std::string(words[0]) + "' in '" + std::string(text) + "'",
          Misuse::kValue);
    }
  }
  return name;
}

DeviceName DeviceName::merged_into(const DeviceName& outer) const {
  DeviceName merged = *this;
  if (!merged.job) merged.job = outer.job;
  if (!merged.replica) merged.replica = outer.replica;
  if (!merged.task) merged.task = outer.task;
  if (!merged.type) merged.type = outer.type;
  if (!merged.index) merged.index = outer.index;
  return merged;
}

std::string DeviceName::text() const {
  std::string result;
  if (job) result += "/job:" + *job;
  if (replica) result += "/replica:" + *replica;
  if (task) result += "/task:" + *task;
  if (type) result += "/device:" + *type + ":" + index.value_or("*");
  return result;
}

}  // namespace icecore::inline v0
