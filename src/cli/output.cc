#include "cli/output.h"

#include <fmt/format.h>
#include <icecore/error.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "io/file_system.h"

namespace icecore::inline v0 {

std::string printable(std::string_view text, std::size_t most) {
  std::string result;
  for (const char c : text.substr(0, most)) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr unsigned char kFirstPrintable = 0x20, kDelete = 0x7f;
    if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (byte < kFirstPrintable || byte == kDelete) {
      result += fmt::format("\\{:03o}", byte);
    } else {
      result += c;
    }
  }
  return text.size() > most ? result + "…" : result;
}

std::string in_one_line(std::string message) {
  constexpr std::string_view kPlace = "\n\t [[node ";
  const std::size_t place = message.rfind(kPlace);
  if (place != std::string::npos && message.ends_with(")]]")) {
    const std::size_t name = place + kPlace.size();
    const std::string node = "'" + message.substr(name, message.find(" (op ", name) - name) + "'";
    message.resize(place);
    if (message.find(node) == std::string::npos) message += " (node " + node + ")";
  }
  for (std::size_t at = 0; (at = message.find("\n\t", at)) != std::string::npos;) {
    message.erase(at, 2);
  }
  return message;
}

void print_note(const std::string& note) {
  if (!note.empty()) fmt::print(stderr, "note: {}\n", printable(note));
}

void print_warning(const std::string& warning) {
  fmt::print(stderr, "warning: {}\n", printable(warning));
}

void print_table(std::vector<std::vector<std::string>> rows,
                 const std::vector<std::size_t>& right) {
  for (auto& row : rows) {
    for (std::string& cell : row) cell = printable(cell, cell.size());
  }
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool aligned_right = std::find(right.begin(), right.end(), i) != right.end();
      line += aligned_right ? fmt::format("{:>{}}", row[i], widths[i])
                            : fmt::format("{:<{}}", row[i], widths[i]);
      if (i + 1 < row.size()) line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
}

std::string readable_bytes(std::uint64_t bytes) {
  constexpr std::array kUnits = {"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s");
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (value /= 1000; value >= 999.95 && unit + 1 < kUnits.size(); ++unit) value /= 1000;
  return fmt::format("{:.1f} {}", value, kUnits[unit]);
}

Progress progress_bar(const std::string& what) {
  if (::isatty(STDERR_FILENO) == 0) return {};
  return [what, last = -1](std::uint64_t done, std::uint64_t total) mutable {
    const int percent = total == 0 ? 100 : static_cast<int>(done * 100 / total);
    if (percent == last) return;
    last = percent;
    constexpr int kWidth = 40;
    fmt::print(stderr, "\r{} [{:<{}}] {:3}%{}", what, std::string(percent * kWidth / 100, '='),
               kWidth, percent, percent == 100 ? "\n" : "");
  };
}

std::vector<std::string> split_names(const std::string& list) {
  std::vector<std::string> names;
  std::string name;
  const auto finish = [&] {
    name.erase(0, name.find_first_not_of(" \t"));
    name.erase(name.find_last_not_of(" \t") + 1);
    if (!name.empty()) names.push_back(std::move(name));
    name.clear();
  };
  for (const char c : list) {
    if (c == ',') {
      finish();
    } else {
      name += c;
    }
  }
  finish();
  return names;
}

void print_document(const nlohmann::ordered_json& document) {
  fmt::print("{}\n",
             document.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void refuse_to_overwrite(const std::string& path, bool force) {
  if (path.empty()) throw Error(Code::kInvalidArgument, "the output's name is empty");
  const FileSystem& files = posix_file_system();
  if (const std::string folder = folder_of(path); !folder.empty() && !files.is_folder(folder)) {
    throw Error(Code::kNotFound, "there is no folder " + folder + " to write " + path + " to");
  }
  const std::optional<FileStatus> there = files.status(path);
  if (!there) return;
  if (there->kind != FileStatus::Kind::kFile) {
    const bool folder = there->kind == FileStatus::Kind::kFolder;
    throw Error(Code::kFailedPrecondition,
                path + (folder ? " is a folder: name a file" : " is no ordinary file"));
  }
  if (!force) throw Error(Code::kAlreadyExists, path + " exists: --force overwrites it");
}

}  // namespace icecore::inline v0
