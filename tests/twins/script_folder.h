// A folder for a script's files.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace icecore::inline v0 {

// A folder of the test's own, which is the current one meanwhile.
class ScriptFolder {
 public:
  explicit ScriptFolder(const std::string& name) : before_(std::filesystem::current_path()) {
    here_ = std::filesystem::path(testing::TempDir()) / ("icecore_" + name);
    std::filesystem::remove_all(here_);
    std::filesystem::create_directories(here_);
    std::filesystem::current_path(here_);
  }
  ScriptFolder(const ScriptFolder&) = delete;
  ScriptFolder& operator=(const ScriptFolder&) = delete;
  ~ScriptFolder() {
    std::filesystem::current_path(before_);
    std::filesystem::remove_all(here_);
  }

 private:
  std::filesystem::path before_, here_;
};

}  // namespace icecore::inline v0
