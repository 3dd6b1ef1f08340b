#include "runtime/file_access.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace icecore::inline v0 {
namespace {

class FileAccess : public testing::Test {
 protected:
  void SetUp() override {
    root_ = std::filesystem::temp_directory_path() / ("file_access_" + std::to_string(::getpid()));
    std::filesystem::create_directories(root_ / "allowed" / "inner");
    std::filesystem::create_directories(root_ / "allowed_too");
    std::ofstream(root_ / "secret") << "no";
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  bool lies_inside(const std::string& path) const {
    return lies_in((root_ / path).string(), (root_ / "allowed").string());
  }

  std::filesystem::path root_;
};

TEST_F(FileAccess, IsGivenInTheFolderToWhatIsThereAndWhatIsNotYet) {
  EXPECT_TRUE(lies_inside("allowed/inner"));
  EXPECT_TRUE(lies_inside("allowed/new"));
  EXPECT_TRUE(lies_inside("allowed/inner/../new"));
}

TEST_F(FileAccess, EndsAtTheFolder) {
  EXPECT_FALSE(lies_inside("secret"));
  EXPECT_FALSE(lies_inside("allowed/../secret"));
  EXPECT_FALSE(lies_inside("allowed/inner/../../secret"));
  EXPECT_FALSE(lies_inside("allowed_too/file"));
  EXPECT_FALSE(lies_in("/etc/passwd", (root_ / "allowed").string()));
}

TEST_F(FileAccess, FollowsLinks) {
  std::filesystem::create_symlink(root_, root_ / "allowed" / "out");
  EXPECT_FALSE(lies_inside("allowed/out/secret"));
  EXPECT_FALSE(lies_inside("allowed/out/new"));
  std::filesystem::create_symlink(root_ / "allowed" / "inner", root_ / "in");
  EXPECT_TRUE(lies_inside("in/new"));
}

TEST_F(FileAccess, IsNotGivenInAFolderThatIsGone) {
  EXPECT_FALSE(lies_in((root_ / "gone/file").string(), (root_ / "gone").string()));
}

}  // namespace
}  // namespace icecore::inline v0
