// The command line: which words mean which verb, and their help.
#pragma once

#include <functional>

namespace icecore::inline v0 {

// Either what to run, or (after help, or a misuse that was reported on stderr) the exit status.
struct Command {
  std::function<int()> run;
  int status = 0;
};

Command parse_command_line(int count, const char* const* words);

}  // namespace icecore::inline v0
