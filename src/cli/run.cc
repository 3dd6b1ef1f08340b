#include "runtime/run_model.h"

#include <fmt/format.h>
#include <icecore/error.h>
#include <icecore/tensor_text.h>

#include <map>
#include <nlohmann/json.hpp>

#include "cli/npy_file.h"
#include "cli/output.h"
#include "cli/read_npy.h"
#include "cli/runtime_library.h"
#include "cli/verbs.h"
#include "io/posix_file_system.h"

namespace icecore::inline v0 {
namespace {

// "name:0=file" in two; nothing behind the sign where there is none. Names hold no '='.
std::pair<std::string, std::string> split_binding(const std::string& text) {
  const std::size_t sign = text.find('=');
  if (sign == std::string::npos) return {text, ""};
  return {text.substr(0, sign), text.substr(sign + 1)};
}

// A .npy file, or the bytes of @FILE as a scalar string.
Tensor read_feed(const std::string& file) {
  if (!file.starts_with('@')) return read_npy(posix_file_system(), file);
  const auto opened = posix_file_system().open(file.substr(1));
  return Tensor::scalar(opened->read_string(0, opened->size()));
}

}  // namespace

int run_run(const RunArguments& arguments) {
  RunModelRequest request;
  request.graph = arguments.graph;
  request.checkpoint = arguments.checkpoint;
  request.tags = split_names(arguments.tags);
  request.signature = arguments.signature;
  request.threads = arguments.threads;
  if (arguments.allow_io)
    request.allow_io = arguments.allow_io->empty() ? "/" : *arguments.allow_io;
  std::map<std::string, std::string> files;
  for (const std::string& fetch : arguments.fetches) {
    auto [name, file] = split_binding(fetch);
    if (!file.empty()) refuse_to_overwrite(file, arguments.force);
    request.fetches.push_back(name);
    files[name] = file;
  }
  for (const std::string& feed : arguments.feeds) {
    const auto [name, file] = split_binding(feed);
    if (file.empty() || file == "@") {
      throw Error(Code::kInvalidArgument,
                  "--feed " + feed +
                      " names no file: --feed NAME:0=FILE.npy, or NAME:0=@FILE for "
                      "the file's bytes");
    }
    request.feeds.emplace_back(name, read_feed(file));
  }
  RunModelResult result;
  try {
    load_runtime()(request, result);
  } catch (const Error& error) {
    throw Error(error.code(), in_one_line(error.message()));
  }
  for (const std::string& note : result.notes) print_note(note);
  nlohmann::ordered_json outputs = nlohmann::ordered_json::array();
  for (const auto& [name, value] : result.outputs) {
    const std::string& file = files[name];
    if (!file.empty()) write_npy(posix_file_system(), file, value);
    if (arguments.json) {
      const std::vector<std::int64_t> shape(value.shape().dims().begin(),
                                            value.shape().dims().end());
      outputs.push_back({{"name", name}, {"dtype", to_string(value.dtype())}, {"shape", shape}});
      if (!file.empty()) outputs.back()["file"] = file;
    } else if (file.empty()) {
      fmt::print("{}: {} {}\n{}\n", printable(name), to_string(value.dtype()),
                 to_string(value.shape()), tensor_text(value));
    } else {
      fmt::print("{}: {} {}, {}\n", file, to_string(value.dtype()), to_string(value.shape()),
                 readable_bytes(value.byte_size()));
    }
  }
  if (arguments.json) print_document({{"schema", 1}, {"outputs", outputs}});
  return 0;
}

}  // namespace icecore::inline v0
