#include <fmt/format.h>
#include <fnmatch.h>
#include <icecore/fmt.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/output.h"
#include "cli/values.h"
#include "cli/verbs.h"

namespace icecore::inline v0 {
namespace {

nlohmann::ordered_json shape_json(const Shape& shape) {
  if (!shape.has_rank()) return nullptr;
  return std::vector<std::int64_t>(shape.dims().begin(), shape.dims().end());
}

std::vector<std::size_t> matching(const Values& values, const std::string& glob) {
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < values.list.size(); ++i) {
    if (glob.empty() || ::fnmatch(glob.c_str(), values.list[i].name.c_str(), 0) == 0) {
      chosen.push_back(i);
    }
  }
  return chosen;
}

void print_json(const ListArguments& arguments, const Values& values,
                const std::vector<std::size_t>& chosen) {
  nlohmann::ordered_json variables = nlohmann::ordered_json::array();
  for (const std::size_t i : chosen) {
    const ValueInfo& value = values.list[i];
    nlohmann::ordered_json variable = {{"name", value.name},
                                       {"dtype", to_string(value.dtype)},
                                       {"shape", shape_json(value.shape)},
                                       {"bytes", nullptr}};
    if (const auto bytes = values.bytes(i)) variable["bytes"] = *bytes;
    if (arguments.digest) variable["sha256"] = values.digest(i);
    variables.push_back(std::move(variable));
  }
  const nlohmann::ordered_json document = {{"schema", 1},
                                           {"path", arguments.path},
                                           {"format", values.format},
                                           {"variables", std::move(variables)}};
  print_document(document);
}

void print_text(const ListArguments& arguments, const Values& values,
                const std::vector<std::size_t>& chosen) {
  std::vector<std::vector<std::string>> rows;
  std::uint64_t total = 0;
  for (const std::size_t i : chosen) {
    const ValueInfo& value = values.list[i];
    const auto bytes = values.bytes(i);
    total += bytes.value_or(0);
    rows.push_back({value.name, to_string(value.dtype), to_string(value.shape),
                    bytes ? std::to_string(*bytes) : "?"});
    if (arguments.digest) rows.back().push_back(values.digest(i));
  }
  constexpr std::size_t kBytesColumn = 3;
  print_table(rows, {kBytesColumn});
  const char* what = values.format == "graph" ? "constant" : "variable";
  fmt::print("{} {}{}, {}\n", chosen.size(), what, chosen.size() == 1 ? "" : "s",
             readable_bytes(total));
}

}  // namespace

int run_list(const ListArguments& arguments) {
  const Values values = Values::open(arguments.path);
  print_note(values.note);
  const std::vector<std::size_t> chosen = matching(values, arguments.glob);
  if (chosen.empty() && !arguments.glob.empty()) {
    print_note("no name matches '" + arguments.glob + "'");
  }
  if (arguments.json) {
    print_json(arguments, values, chosen);
  } else {
    print_text(arguments, values, chosen);
  }
  return 0;
}

}  // namespace icecore::inline v0
