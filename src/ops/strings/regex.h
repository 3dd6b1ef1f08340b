// Regular expressions as RE2 understands them: what matches is found in time linear in the text,
// whatever the pattern.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

// Text and pattern are UTF-8. Of RE2's language Unicode's classes (\pL) are missing, and case is
// ignored (?i) for ASCII alone.
//
// Threads: const functions may be called from any thread.
class Regex {
 public:
  // INVALID_ARGUMENT with what is wrong.
  explicit Regex(std::string_view pattern);

  // Where the pattern and its groups were found: begin and end, kNowhere where a group wasn't used.
  using Captures = std::vector<std::size_t>;
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  bool matches_all(std::string_view text) const;
  // The first match that begins at `start` or later, of which the leftmost alternatives count.
  bool search(std::string_view text, std::size_t start, Captures& captures) const;
  int groups() const { return groups_; }

  // How many bytes the character at `at` has, which must lie within the text.
  static std::size_t character_size(std::string_view text, std::size_t at);

 private:
  friend class RegexParser;
  struct Range {
    char32_t first, last;
  };
  enum class Op : std::uint8_t {
    kClass,  // One character of classes_[x].
    kSplit,  // To x, or else y.
    kJump,   // To x.
    kSave,   // The position as captures[x].
    kTextBegin,
    kTextEnd,
    kLineBegin,
    kLineEnd,
    kWordBoundary,
    kNoWordBoundary,
    kMatch,
  };
  struct Instruction {
    Op op;
    int x = 0, y = 0;
  };
  struct Threads;

  bool run(std::string_view text, std::size_t start, bool whole, Captures& captures) const;
  void add(Threads& threads, int first, std::string_view text, std::size_t at,
           const Captures& captures) const;
  bool holds(Op op, std::string_view text, std::size_t at) const;
  bool contains(int which, char32_t character) const;

  std::vector<Instruction> program_;
  std::vector<std::vector<Range>> classes_;
  int groups_ = 0;
};

}  // namespace icecore::inline v0
