// "--steps 200 --dir run" as a map.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <utility>

class Options {
 public:
  // Those that there are, with their values where they aren't given.
  Options(int argc, char** argv, std::map<std::string, std::string> defaults)
      : values_(std::move(defaults)) {
    for (int i = 1; i < argc; i += 2) {
      const std::string name = argv[i];
      const auto found = values_.find(name.substr(0, 2) == "--" ? name.substr(2) : name);
      if (found == values_.end() || i + 1 == argc) {
        std::string known;
        for (const auto& [key, value] : values_) known += " [--" + key + " " + value + "]";
        throw std::invalid_argument("what is " + name + "? There are:" + known);
      }
      found->second = argv[i + 1];
    }
  }

  const std::string& text(const std::string& name) const { return values_.at(name); }
  int number(const std::string& name) const { return std::stoi(values_.at(name)); }

 private:
  std::map<std::string, std::string> values_;
};
