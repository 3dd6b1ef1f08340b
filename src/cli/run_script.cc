// `icecore run-script`: a script of TensorFlow 1.x is run by a Python that has the icecore package.
#include <fcntl.h>
#include <fmt/format.h>
#include <icecore/error.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "cli/verbs.h"

namespace icecore::inline v0 {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> found;
  for (std::string& word : words) found.push_back(word.data());
  found.push_back(nullptr);
  return found;
}

// Whether this Python starts and finds icecore.tf; it says nothing.
bool has_icecore(const std::string& python) {
  std::vector<std::string> words = {
      python, "-c",
      "import importlib.util, sys; sys.exit(importlib.util.find_spec('icecore.tf') is None)"};
  posix_spawn_file_actions_t actions;
  if (::posix_spawn_file_actions_init(&actions) != 0) return false;
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int refused =
      ::posix_spawnp(&child, python.c_str(), &actions, nullptr, pointers(words).data(), ::environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (refused != 0) return false;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The Pythons that may have the package: the one that is named, else the one beside the program (as
// pip installs it), the one of `make python`, the usual one.
std::vector<std::string> candidates() {
  const char* named = std::getenv("ICECORE_PYTHON");
  if (named != nullptr && *named != '\0') return {named};
  std::vector<std::string> found;
  std::error_code failed;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (!failed) {
    const std::filesystem::path folder = program.parent_path();
    for (const auto& path : {folder / "python3", folder.parent_path() / "venv/bin/python"}) {
      if (::access(path.c_str(), X_OK) == 0) found.push_back(path.string());
    }
  }
  found.emplace_back("python3");
  return found;
}

std::string python_with_icecore() {
  std::string tried;
  for (const std::string& python : candidates()) {
    if (has_icecore(python)) return python;
    tried += (tried.empty() ? "" : ", ") + python;
  }
  throw Error(Code::kFailedPrecondition,
              fmt::format("run-script needs a Python that has the icecore package, and {} has not; "
                          "ICECORE_PYTHON=FILE names one",
                          tried));
}

}  // namespace

int run_run_script(const RunScriptArguments& arguments) {
  const std::string python = python_with_icecore();
  std::vector<std::string> words = {python, "-m", "icecore.tf"};
  if (arguments.no_legacy) words.emplace_back("--no-legacy");
  words.push_back(arguments.script);
  words.insert(words.end(), arguments.arguments.begin(), arguments.arguments.end());
  std::fflush(nullptr);
  ::execvp(python.c_str(), pointers(words).data());
  throw Error(Code::kFailedPrecondition,
              fmt::format("{} can't be run: {}", python, std::strerror(errno)));
}

}  // namespace icecore::inline v0
