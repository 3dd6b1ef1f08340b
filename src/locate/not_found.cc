#include "locate/not_found.h"

#include <icecore/error.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/nearest.h"
#include "locate/file_name.h"
#include "locate/list_checkpoints.h"
#include "locate/sniff.h"
#include "locate/state_file.h"

namespace icecore::inline v0 {
namespace {

// Of a long list the first few and the last few are shown.
constexpr std::size_t kShownFirst = 4;
constexpr std::size_t kShownLast = 6;

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  const bool all = names.size() <= kShownFirst + kShownLast + 1;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!all && i == kShownFirst) {
      const std::size_t skipped = names.size() - kShownFirst - kShownLast;
      text += ", … " + std::to_string(skipped) + " more …";
      i += skipped - 1;
      continue;
    }
    text += (i == 0 ? "" : ", ") + names[i];
  }
  return text;
}

// Where a folder's name is wanted in a sentence.
std::string shown(const std::string& folder) {
  return folder.empty() ? "the current folder" : folder;
}

std::vector<CheckpointOnDisk> checkpoints_in(const FileSystem& files, const std::string& folder) {
  try {
    return list_checkpoints(files, folder);
  } catch (const Error&) {
    return {};  // Nothing that could be suggested; the message says the rest.
  }
}

// The one that `latest` would take.
const CheckpointOnDisk* latest_of(const FileSystem& files, const std::string& folder,
                                  const std::vector<CheckpointOnDisk>& found) {
  try {
    if (const auto latest = latest_checkpoint(files, folder)) {
      if (const auto* checkpoint = find_checkpoint(found, *latest)) return checkpoint;
    }
  } catch (const Error&) {
    // An unreadable state file says nothing here.
  }
  return newest_checkpoint(found);
}

// "NAME is a zip archive"; nothing where the file can't be read, which is not what was asked.
std::string what_is(const FileSystem& files, const std::string& folder, const std::string& name) {
  try {
    return name + " is " + describe(sniff(files, join_path(folder, name)));
  } catch (const Error&) {
    return "";
  }
}

bool is_readable_folder(const FileSystem& files, const std::string& path) {
  try {
    return files.is_folder(path);
  } catch (const Error&) {
    return false;
  }
}

std::string files_seen(const FileSystem& files, const std::string& folder) {
  const std::vector<std::string> names = files.list(folder);
  return names.empty() ? "the folder is empty" : "files seen: " + listed(names);
}

// The parts of a checkpoint `path` that are there without what opens it, as a clause.
std::string parts_there(const FileSystem& files, const std::string& path) {
  std::vector<std::string> data, temporary;
  for (const std::string& name : files.list(folder_of(path))) {
    const FileName parsed = parse_file_name(name);
    const std::string base = base_name_of(path);
    if (parsed.role == FileRole::kData && parsed.prefix == base) data.push_back(name);
    if (parsed.role == FileRole::kTemporary && name.starts_with(base + ".")) {
      temporary.push_back(name);
    }
  }
  if (!data.empty()) {
    return "its data (" + listed(data) + ") is there, but " + base_name_of(path) +
           ".index is missing";
  }
  if (files.is_file(path + ".meta")) {
    return base_name_of(path) + ".meta (its graph) is there, but its weights (" +
           base_name_of(path) + ".index and .data-00000-of-…) are missing";
  }
  if (!temporary.empty()) {
    return "only files of an interrupted save are there (" + listed(temporary) + ")";
  }
  return "";
}

// "have 1000, 2000 (latest)" of one family, "have a.ckpt, b.ckpt-3 (latest)" of several.
std::string have(const std::vector<const CheckpointOnDisk*>& found, const CheckpointOnDisk* latest,
                 bool as_steps) {
  std::vector<std::string> names;
  for (const CheckpointOnDisk* checkpoint : found) {
    std::string name =
        as_steps ? std::to_string(*checkpoint->step) : base_name_of(checkpoint->prefix);
    if (name.empty()) name = "one with an empty name";
    if (!checkpoint->complete) {
      name += " (incomplete)";
    } else if (checkpoint == latest && found.size() > 1) {
      name += " (latest)";
    }
    names.push_back(std::move(name));
  }
  return "have " + listed(names);
}

std::vector<const CheckpointOnDisk*> steps_of(const std::vector<CheckpointOnDisk>& found,
                                              const std::string& stem) {
  std::vector<const CheckpointOnDisk*> family;
  for (const CheckpointOnDisk& checkpoint : found) {
    if (checkpoint.stem == stem && checkpoint.step) family.push_back(&checkpoint);
  }
  return family;
}

std::vector<const CheckpointOnDisk*> pointers_to(const std::vector<CheckpointOnDisk>& found) {
  std::vector<const CheckpointOnDisk*> pointers;
  pointers.reserve(found.size());
  for (const CheckpointOnDisk& checkpoint : found) pointers.push_back(&checkpoint);
  return pointers;
}

std::string suggestion(const std::string& path, const std::vector<CheckpointOnDisk>& found) {
  if (found.size() == 1) return "; try " + found.front().prefix;
  std::vector<std::string_view> prefixes;
  prefixes.reserve(found.size());
  for (const CheckpointOnDisk& checkpoint : found) prefixes.push_back(checkpoint.prefix);
  const auto nearest = nearest_names(path, prefixes, 1);
  return nearest.empty() ? "" : "; the nearest is " + nearest.front();
}

}  // namespace

std::string explain_no_checkpoint(const FileSystem& files, const std::string& path) {
  const std::string folder = folder_of(path);
  if (!files.is_folder(folder)) {
    return "no checkpoint " + path + ": there is no folder " + shown(folder);
  }
  const std::vector<CheckpointOnDisk> found = checkpoints_in(files, folder);
  const CheckpointOnDisk* const latest = latest_of(files, folder, found);
  const StemAndStep wanted = split_step(path);

  const std::string parts = parts_there(files, path);
  if (!parts.empty()) {
    return "no whole checkpoint " + path + ": " + parts +
           (found.empty() ? "" : "; " + have(pointers_to(found), latest, false));
  }
  if (const auto steps = steps_of(found, wanted.stem); !steps.empty()) {
    const std::string what =
        wanted.step ? "no step " + std::to_string(*wanted.step) + " in " + shown(folder)
                    : "no checkpoint " + path + " without a step";
    if (steps.size() == 1) {
      return what + "; the only one is " + std::to_string(*steps.front()->step) + ": try " +
             steps.front()->prefix;
    }
    const bool holds_latest = std::ranges::find(steps, latest) != steps.end();
    return what + "; " + have(steps, holds_latest ? latest : steps.back(), true);
  }
  const std::string what = "no checkpoint " +
                           (path.empty() ? "with an empty name" : base_name_of(path)) + " in " +
                           shown(folder);
  if (found.empty()) return what + " (" + files_seen(files, folder) + ")";
  return what + "; " + have(pointers_to(found), latest, false) + suggestion(path, found);
}

std::string explain_empty_folder(const FileSystem& files, const std::string& folder,
                                 const std::string& problem) {
  std::string text = problem.empty() ? "no checkpoint in " + shown(folder) : problem;
  text += " (" + files_seen(files, folder) + ")";
  for (const std::string& name : files.list(folder)) {
    const std::string path = join_path(folder, name);
    if (is_readable_folder(files, path)) {
      if (!checkpoints_in(files, path).empty())
        return text.append("; there are some in ").append(path);
    } else if (name.find("ckpt") != std::string::npos &&
               parse_file_name(name).role == FileRole::kOther) {
      const std::string what = what_is(files, folder, name);
      if (!what.empty()) return text.append("; ").append(what);
    }
  }
  return text;
}

}  // namespace icecore::inline v0
