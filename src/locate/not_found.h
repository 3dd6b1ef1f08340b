// What to say where a path leads to no checkpoint: what is there instead.
#pragma once

#include <string>

#include "io/file_system.h"

namespace icecore::inline v0 {

// "no step 999 in run; have 1000, 2000 (latest)", "no checkpoint run/m: run/m.meta (its graph) is
// there, but its weights are missing", … Reads the folder of `path`.
std::string explain_no_checkpoint(const FileSystem& files, const std::string& path);

// Of a folder without a checkpoint: "no checkpoint in run (files seen: a.txt, b.pb)". With a
// `problem` of its state file that is said instead of the first words.
std::string explain_empty_folder(const FileSystem& files, const std::string& folder,
                                 const std::string& problem);

}  // namespace icecore::inline v0
