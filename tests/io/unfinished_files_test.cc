#include "io/unfinished_files.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "io/atomic_file.h"
#include "io/posix_file_system.h"

namespace icecore {
namespace {

class UnfinishedFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "icecore_unfinished_" + std::to_string(::getpid());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  // As the program does that is killed while it writes one file and has finished another.
  void write_and_raise(int signal) const {
    remove_unfinished_on_signals();
    AtomicFile finished(posix_file_system(), path("finished"));
    finished.write("whole");
    finished.commit(Durability::kRename);
    AtomicFile half(posix_file_system(), path("half"));
    half.write("half");
    ::raise(signal);
  }

  std::string folder_;
};

TEST_F(UnfinishedFiles, GoWhenASignalEndsTheProgram) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGXFSZ}) {
    SCOPED_TRACE(signal);
    EXPECT_EXIT(write_and_raise(signal), testing::KilledBySignal(signal), "");
    EXPECT_EQ(posix_file_system().list(folder_), (std::vector<std::string>{"finished"}));
  }
}

TEST_F(UnfinishedFiles, StayWithAProgramThatIgnoresTheSignal) {
  const auto ignore_and_finish = [&] {
    ::signal(SIGHUP, SIG_IGN);
    remove_unfinished_on_signals();
    AtomicFile file(posix_file_system(), path("a"));
    file.write("whole");
    ::raise(SIGHUP);
    file.commit(Durability::kRename);
    std::_Exit(0);
  };
  EXPECT_EXIT(ignore_and_finish(), testing::ExitedWithCode(0), "");
  EXPECT_EQ(posix_file_system().list(folder_), (std::vector<std::string>{"a"}));
}

TEST_F(UnfinishedFiles, MayBeMoreThanAreRemembered) {
  std::vector<std::unique_ptr<AtomicFile>> files;
  for (int i = 0; i < 100; ++i) {
    files.push_back(std::make_unique<AtomicFile>(posix_file_system(), path(std::to_string(i))));
  }
  files.clear();
  EXPECT_TRUE(posix_file_system().list(folder_).empty());
  // The rows are free again.
  EXPECT_EXIT(write_and_raise(SIGTERM), testing::KilledBySignal(SIGTERM), "");
  EXPECT_EQ(posix_file_system().list(folder_), (std::vector<std::string>{"finished"}));
}

}  // namespace
}  // namespace icecore
