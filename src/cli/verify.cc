#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checkpoint/verify.h"
#include "cli/output.h"
#include "cli/verbs.h"
#include "io/file_system.h"

namespace icecore::inline v0 {
namespace {

using Json = nlohmann::ordered_json;

Json findings_json(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"kind", finding_name(finding.kind)},
                    {"file", finding.file},
                    {"offset", finding.offset ? Json(*finding.offset) : Json(nullptr)},
                    {"tensors", finding.tensors},
                    {"message", finding.message}});
  }
  return list;
}

Json format_json(const std::optional<CheckpointFormat>& format) {
  if (!format) return nullptr;
  return *format == CheckpointFormat::kV1 ? "v1" : "v2";
}

void print_json(const VerifyReport& report) {
  const Json document = {{"schema", 1},
                         {"path", report.prefix},
                         {"format", format_json(report.format)},
                         {"whole", report.whole()},
                         {"tensors", report.tensors},
                         {"intact", report.intact},
                         {"names_lost", report.names_lost},
                         {"blocks", report.blocks},
                         {"bytes", report.bytes},
                         {"damage", findings_json(report.damage)},
                         {"notes", findings_json(report.notes)}};
  print_document(document);
}

void print_text(const VerifyReport& report) {
  for (const Finding& finding : report.damage)
    fmt::print("damaged: {}\n", printable(finding.message));
  for (const Finding& finding : report.notes) fmt::print("note: {}\n", printable(finding.message));
  fmt::print("{}: {}, {} checked\n", report.prefix, summary(report), readable_bytes(report.bytes));
}

}  // namespace

int run_verify(const VerifyArguments& arguments) {
  const VerifyReport report =
      verify_checkpoint(posix_file_system(), arguments.path, progress_bar("verifying"));
  print_note(report.note);
  if (arguments.json) {
    print_json(report);
  } else {
    print_text(report);
  }
  constexpr int kWhole = 0, kDamaged = 1;
  return report.whole() ? kWhole : kDamaged;
}

}  // namespace icecore::inline v0
