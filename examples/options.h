// "--steps 200 --dir run" as a map.
#pragma once

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

class Options {
 public:
  // Those that there are, with their values where they aren't given. --help lists them and ends the
  // program.
  Options(int argc, char** argv, std::map<std::string, std::string> defaults)
      : values_(std::move(defaults)) {
    for (int i = 1; i < argc; i += 2) {
      const std::string name = argv[i];
      if (name == "--help" || name == "-h") {
        std::printf("usage: %s%s\n", argv[0], known().c_str());
        std::exit(0);
      }
      const auto found = values_.find(name.substr(0, 2) == "--" ? name.substr(2) : name);
      if (found == values_.end()) {
        throw std::invalid_argument("what is " + name + "? There are:" + known());
      }
      if (i + 1 == argc) throw std::invalid_argument(name + " needs a value behind it");
      found->second = argv[i + 1];
    }
  }

  const std::string& text(const std::string& name) const { return values_.at(name); }

  int number(const std::string& name, int least = std::numeric_limits<int>::min()) const {
    const std::string& value = values_.at(name);
    int number = 0;
    const char* const end = value.data() + value.size();
    const auto [stop, problem] = std::from_chars(value.data(), end, number);
    if (problem != std::errc() || stop != end) {
      throw std::invalid_argument("--" + name + " takes a whole number, not '" + value + "'");
    }
    if (number < least) {
      throw std::invalid_argument("--" + name + " must be at least " + std::to_string(least) +
                                  ", not " + value);
    }
    return number;
  }

 private:
  std::string known() const {
    std::string known;
    for (const auto& [key, value] : values_) known += " [--" + key + " " + value + "]";
    return known;
  }

  std::map<std::string, std::string> values_;
};
