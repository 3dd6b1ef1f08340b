#include "runtime/allowed_files.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

namespace icecore::inline v0 {
namespace {

namespace fs = std::filesystem;

class AllowedFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("allowed_files_" + std::to_string(::getpid()));
    fs::create_directories(root_ / "allowed" / "inner");
    fs::create_directories(root_ / "allowed_too");
    for (const char* const name : {"secret", "allowed_too/file", "allowed/file"}) {
      std::ofstream(root_ / name) << "old";
    }
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string path(const std::string& name) const { return (root_ / "").string() + name; }

  AllowedFiles files() const { return AllowedFiles(path("allowed")); }

  // The error's code, or Code{} where nothing is thrown.
  static Code code_of(const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.code();
    }
    return Code{};
  }

  bool may_look_at(const std::string& name) const {
    return code_of([&] { files().status(path(name)); }) != Code::kFailedPrecondition;
  }

  // Whether everything that can be done to a path is refused.
  void expect_refused(const std::string& where) {
    SCOPED_TRACE(where);
    AllowedFiles files = this->files();
    const std::string inside = path("allowed/file");
    const std::function<void()> actions[] = {
        [&] { files.open(where); },           [&] { files.create(where); },
        [&] { files.create_new(where); },     [&] { files.status(where); },
        [&] { files.list(where); },           [&] { files.rename(where, inside); },
        [&] { files.rename(inside, where); }, [&] { files.remove(where); },
        [&] { files.link(where, inside); },   [&] { files.link(inside, where); },
        [&] { files.create_folder(where); },  [&] { files.remove_folder(where); },
        [&] { files.sync_folder(where); }};
    for (std::size_t i = 0; i < std::size(actions); ++i) {
      EXPECT_EQ(code_of(actions[i]), Code::kFailedPrecondition) << "action " << i;
    }
    EXPECT_TRUE(fs::exists(inside));
  }

  fs::path root_;
};

TEST_F(AllowedFilesTest, AreThoseInTheFolder) {
  AllowedFiles files = this->files();
  files.create_folder(path("allowed/new"));
  files.create(path("allowed/new/a"))->close();
  files.create_new(path("allowed/inner/../b"))->close();
  files.rename(path("allowed/b"), path("allowed/new/b"));
  files.link(path("allowed/new/b"), path("allowed/./inner//c"));
  files.sync_folder(path("allowed"));
  EXPECT_EQ(files.list(path("allowed/new/")), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(files.open(path("allowed/file"))->size(), 3u);
  EXPECT_TRUE(files.is_folder(path("allowed")));
  EXPECT_FALSE(files.status(path("allowed/none")));
  files.remove(path("allowed/new/a"));
  files.remove(path("allowed/new/b"));
  files.remove_folder(path("allowed/new"));
  EXPECT_FALSE(fs::exists(path("allowed/new")));
}

TEST_F(AllowedFilesTest, EndAtTheFolder) {
  expect_refused(path("secret"));
  expect_refused(path("none"));
  expect_refused(path("allowed_too/file"));
  expect_refused(path("allowed/../secret"));
  expect_refused(path("allowed/inner/../../secret"));
  expect_refused(path("allowed/none/../../secret"));
  expect_refused("/etc/passwd");
  expect_refused(path("allowed.index"));
}

TEST_F(AllowedFilesTest, AreNotTheFolderItself) {
  AllowedFiles files = this->files();
  const std::string folder = path("allowed");
  EXPECT_EQ(code_of([&] { files.rename(folder, path("allowed/inner/x")); }),
            Code::kFailedPrecondition);
  EXPECT_EQ(code_of([&] { files.rename(path("allowed/inner"), folder); }),
            Code::kFailedPrecondition);
  for (const char* const name : {"allowed", "allowed/", "allowed/.", "allowed/inner/.."}) {
    EXPECT_EQ(code_of([&] { files.remove_folder(path(name)); }), Code::kFailedPrecondition);
    EXPECT_EQ(code_of([&] { files.create_folder(path(name)); }), Code::kFailedPrecondition);
    EXPECT_TRUE(files.status(path(name)));
  }
}

TEST_F(AllowedFilesTest, AreFollowedThroughLinks) {
  fs::create_symlink(root_, path("allowed/out"));
  fs::create_symlink("../secret", path("allowed/out_file"));
  fs::create_symlink(path("none"), path("allowed/dangling"));
  fs::create_symlink("dangling", path("allowed/twice"));
  fs::create_symlink("loop", path("allowed/loop"));
  expect_refused(path("allowed/out/secret"));
  expect_refused(path("allowed/out/new"));
  for (const char* const name : {"out_file", "dangling", "twice", "loop", "out/allowed_too/."}) {
    EXPECT_FALSE(may_look_at(std::string("allowed/") + name)) << name;
  }
  AllowedFiles files = this->files();
  EXPECT_EQ(code_of([&] { files.open(path("allowed/out_file")); }), Code::kFailedPrecondition);
  EXPECT_EQ(code_of([&] { files.create(path("allowed/dangling")); }), Code::kFailedPrecondition);
  EXPECT_FALSE(fs::exists(path("none")));
  // A link's own name is in the folder, wherever it leads.
  files.rename(path("allowed/out_file"), path("allowed/inner/link"));
  files.remove(path("allowed/inner/link"));
  EXPECT_TRUE(fs::exists(path("secret")));

  fs::create_symlink(path("allowed/inner"), path("in"));
  EXPECT_TRUE(may_look_at("in/new"));
  EXPECT_TRUE(may_look_at("allowed/out/allowed/file"));
  EXPECT_TRUE(AllowedFiles(path("in")).is_folder(path("allowed/inner")));
}

TEST_F(AllowedFilesTest, HaveNoZeroBytesInTheirPaths) {
  fs::create_directories(path("outside"));
  const std::string zero(1, '\0');
  expect_refused(path("secret") + zero + "/../allowed/file");
  expect_refused(path("outside") + zero + "/../allowed/file");
  expect_refused(path("allowed/file") + zero);
}

TEST_F(AllowedFilesTest, MayBeAllOrNone) {
  EXPECT_EQ(AllowedFiles("/").open(path("secret"))->size(), 3u);
  for (const std::optional<std::string>& folder :
       {std::optional<std::string>(), std::optional<std::string>("")}) {
    try {
      AllowedFiles(folder).status(path("allowed"));
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::kFailedPrecondition);
      EXPECT_NE(error.message().find("files aren't allowed"), std::string::npos);
      EXPECT_NE(error.message().find("--allow-io"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace icecore::inline v0
