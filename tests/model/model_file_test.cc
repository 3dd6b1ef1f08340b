#include "model/model_file.h"

#include <gtest/gtest.h>
#include <icecore/error.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace icecore {
namespace {

TEST(LoadModel, WhatLiesBesideACheckpointDoesNotHideThatItsGraphIsMissing) {
  namespace fs = std::filesystem;
  const fs::path folder = testing::TempDir() + "icecore_model_" + std::to_string(::getpid());
  fs::create_directories(folder);
  const fs::path golden = ICECORE_TEST_DATA "/golden/v2/dtypes";
  for (const char* suffix : {".index", ".data-00000-of-00001"}) {
    fs::copy_file(golden / (std::string("model.ckpt") + suffix),
                  folder / (std::string("m") + suffix));
  }
  fs::create_symlink("loop", folder / "loop");
  fs::create_symlink("nowhere", folder / "dangling");
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  const std::string prefix = folder / "m";
  try {
    load_model(posix_file_system(), prefix);
    ADD_FAILURE() << "a graph was found";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::kNotFound);
    EXPECT_EQ(error.message(), "the checkpoint " + prefix + " has no graph: " + prefix +
                                   ".meta isn't there (no graph file lies beside it)");
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace icecore
