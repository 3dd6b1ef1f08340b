// What each verb is given, and the verbs themselves. One file a verb; command_line.cc fills these
// in.
//
// A verb returns the exit status of the program: 0 done, 1 the answer is no (`verify` found
// damage). What it can't do it throws as an Error, which main() prints as one line and turns into
// status 2.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace icecore::inline v0 {

struct ListArguments {
  std::string path;
  std::string glob;  // Empty: all. `*` and `?` match within the whole name.
  bool json = false;
  bool digest = false;
};
int run_list(const ListArguments& arguments);

struct ShowArguments {
  std::string path;
  std::string name;
  std::string slice;     // Empty: the whole tensor. "0,2:-"
  std::string npy_file;  // Empty: print.
  bool json = false;
  bool force = false;
};
int run_show(const ShowArguments& arguments);

struct LatestArguments {
  std::string folder;
  std::string latest_filename = "checkpoint";
  bool json = false;
};
int run_latest(const LatestArguments& arguments);

struct GraphArguments {
  std::string path;
  std::string tags;  // Comma-separated; empty: the first graph.
  bool json = false;
  bool nodes = false;
  bool text = false;
};
int run_graph(const GraphArguments& arguments);

struct VerifyArguments {
  std::string path;
  bool json = false;
};
int run_verify(const VerifyArguments& arguments);

struct FreezeArguments {
  std::string graph;
  std::string checkpoint;
  std::string outputs;  // Comma-separated.
  std::string output_file;
  std::string tags;
  bool keep_devices = false;
  bool sync = false;
  bool check = false;
  bool force = false;
  bool json = false;
};
int run_freeze(const FreezeArguments& arguments);

struct RunArguments {
  std::string graph;
  std::string checkpoint;
  std::vector<std::string> feeds;    // "x:0=in.npy", "picture:0=@cat.jpg"
  std::vector<std::string> fetches;  // "y:0=out.npy", or "y:0" to print it.
  std::string signature;
  std::string tags;
  std::optional<std::string> allow_io;  // A folder; empty: everywhere.
  int threads = 0;
  bool json = false;
  bool force = false;
};
int run_run(const RunArguments& arguments);

struct RunScriptArguments {
  std::string script;
  std::vector<std::string> arguments;  // What the script finds in sys.argv[1:].
  bool no_legacy = false;
};
// Becomes the script's Python, and returns only where there is none, by an Error.
int run_run_script(const RunScriptArguments& arguments);

}  // namespace icecore::inline v0
