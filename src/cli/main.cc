#include <fmt/format.h>
#include <icecore/error.h>

#include <cstdio>
#include <exception>
#include <new>

#include "cli/command_line.h"
#include "cli/output.h"
#include "io/unfinished_files.h"

namespace {

constexpr int kCouldNot = 2;

// Output that could not be written (a full disk, a closed pipe) must not look like success.
int flushed(int status) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  fmt::print(stderr, "icecore: the output could not be written\n");
  return kCouldNot;
}

}  // namespace

int main(int count, char** words) {
  icecore::remove_unfinished_on_signals();
  try {
    const icecore::Command command = icecore::parse_command_line(count, words);
    return flushed(command.run ? command.run() : command.status);
  } catch (const icecore::Error& error) {
    fmt::print(stderr, "icecore: {}\n", icecore::printable(error.what()));
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "icecore: out of memory\n");
  } catch (const std::exception& error) {
    fmt::print(stderr, "icecore: {}\n", icecore::printable(error.what()));
  }
  return kCouldNot;
}
