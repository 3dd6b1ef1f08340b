// What all verbs print in one way.
#pragma once

#include <icecore/progress.h>

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

// Names and messages come from files: control characters are printed as C escapes, so that nobody's
// file writes to somebody's terminal, or a second line; what is longer than `most` bytes is cut.
std::string printable(std::string_view text, std::size_t most = 4000);

// A run's error has the node on a second line, "[[node x (op Add)]]"; what the program prints of it
// is one line, which names the node once: " (node 'x')" behind it where it doesn't name it anyway.
std::string in_one_line(std::string message);

// Something the user should know, as one line on stderr: "note: using run/model.ckpt-1000 …".
void print_note(const std::string& note);
void print_warning(const std::string& warning);

// Columns padded to their widest cell; those of `right` (by index) are aligned to the right.
void print_table(std::vector<std::vector<std::string>> rows,
                 const std::vector<std::size_t>& right = {});

// "553.4 MB", "1.2 kB", "12 bytes".
std::string readable_bytes(std::uint64_t bytes);

// A bar on stderr where that is a terminal; nothing elsewhere.
Progress progress_bar(const std::string& what);

// "a, b,c" -> {"a", "b", "c"}: split at commas, blanks around names dropped, empty names left out.
std::vector<std::string> split_names(const std::string& list);

// A document of --json. What isn't UTF-8 in it is replaced, as JSON has no way to say it.
void print_document(const nlohmann::ordered_json& document);

// ALREADY_EXISTS unless `force` or nothing is there; FAILED_PRECONDITION for what is no ordinary
// file, NOT_FOUND where its folder is missing, INVALID_ARGUMENT for no name at all.
void refuse_to_overwrite(const std::string& path, bool force);

}  // namespace icecore::inline v0
