// What all verbs print in one way.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace icecore::inline v0 {

// Something the user should know, as one line on stderr: "note: using run/model.ckpt-1000 …".
void print_note(const std::string& note);
void print_warning(const std::string& warning);

// Columns padded to their widest cell; those of `right` (by index) are aligned to the right.
void print_table(const std::vector<std::vector<std::string>>& rows,
                 const std::vector<std::size_t>& right = {});

// "553.4 MB", "1.2 kB", "12 bytes".
std::string readable_bytes(std::uint64_t bytes);

// A bar on stderr where that is a terminal; nothing elsewhere.
std::function<void(std::uint64_t, std::uint64_t)> progress_bar(const std::string& what);

// "a, b,c" -> {"a", "b", "c"}: split at commas, blanks around names dropped, empty names left out.
std::vector<std::string> split_names(const std::string& list);

// ALREADY_EXISTS unless `force` or nothing is there.
void refuse_to_overwrite(const std::string& path, bool force);

}  // namespace icecore::inline v0
