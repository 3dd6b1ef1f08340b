// From a pattern to the program of a Regex.
#include <icecore/error.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "ops/strings/regex.h"

namespace icecore::inline v0 {
namespace {

constexpr char32_t kMost = 0x10ffff;
// As RE2 has them.
constexpr int kMostRepeats = 1000;
constexpr int kMostDepth = 500;
constexpr std::size_t kLongestProgram = 200'000;

}  // namespace

class RegexParser {
 public:
  RegexParser(Regex& regex, std::string_view pattern) : regex_(regex), pattern_(pattern) {}

  void parse() {
    emit(Regex::Op::kSave, 0);
    alternatives();
    if (at_ < pattern_.size()) fail("unexpected )");
    emit(Regex::Op::kSave, 1);
    emit(Regex::Op::kMatch);
  }

 private:
  using Op = Regex::Op;
  using Instruction = Regex::Instruction;
  using Range = Regex::Range;
  using Ranges = std::vector<Range>;
  struct Flags {
    bool ignore_case = false, many_lines = false, dot_takes_newline = false, lazy = false;
  };

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(Code::kInvalidArgument,
                "Invalid pattern: " + std::string(pattern_) + ", error: " + what);
  }

  bool more() const { return at_ < pattern_.size(); }
  bool take(std::string_view text) {
    if (!pattern_.substr(at_).starts_with(text)) return false;
    at_ += text.size();
    return true;
  }
  char peek() const { return more() ? pattern_[at_] : '\0'; }

  int here() const { return static_cast<int>(regex_.program_.size()); }
  void emit(Op op, int x = 0, int y = 0) {
    if (regex_.program_.size() >= kLongestProgram) fail("pattern too large - compile failed");
    regex_.program_.push_back({op, x, y});
  }
  // Puts an instruction before those from `begin` on.
  void insert(int begin, Instruction instruction) {
    for (std::size_t i = static_cast<std::size_t>(begin); i < regex_.program_.size(); ++i) {
      move_targets(regex_.program_[i], begin, 1);
    }
    if (regex_.program_.size() >= kLongestProgram) fail("pattern too large - compile failed");
    regex_.program_.insert(regex_.program_.begin() + begin, instruction);
  }
  static void move_targets(Instruction& step, int from, int by) {
    if (step.op != Op::kSplit && step.op != Op::kJump) return;
    if (step.x >= from) step.x += by;
    if (step.op == Op::kSplit && step.y >= from) step.y += by;
  }
  // A copy of instructions, to the end.
  void append(const std::vector<Instruction>& steps, int from) {
    const int by = here() - from;
    for (Instruction step : steps) {
      move_targets(step, from, by);
      emit(step.op, step.x, step.y);
    }
  }
  void split(int at, int preferred, int other, bool lazy) {
    Instruction& step = regex_.program_[static_cast<std::size_t>(at)];
    step = {Op::kSplit, lazy ? other : preferred, lazy ? preferred : other};
  }

  // a|b|c
  void alternatives() {
    if (++depth_ > kMostDepth) fail("expression nests too deeply");
    const Flags outer = flags_;
    int begin = here();
    std::vector<int> ends;
    sequence();
    while (take("|")) {
      insert(begin, {Op::kSplit, begin + 1, here() + 2});
      ends.push_back(here());
      emit(Op::kJump);
      begin = here();
      sequence();
    }
    for (const int end : ends) regex_.program_[static_cast<std::size_t>(end)].x = here();
    flags_ = outer;
    --depth_;
  }

  void sequence() {
    while (more() && peek() != '|' && peek() != ')') {
      const int begin = here();
      if (one()) repeats(begin);
    }
  }

  // One thing; false where it was only a change of flags.
  bool one() {
    if (take("(")) return group();
    if (take("[")) {
      emit_class(bracket());
    } else if (take(".")) {
      emit_class(flags_.dot_takes_newline ? Ranges{{0, kMost}}
                                          : Ranges{{0, '\n' - 1}, {'\n' + 1, kMost}});
    } else if (take("^")) {
      emit(flags_.many_lines ? Op::kLineBegin : Op::kTextBegin);
    } else if (take("$")) {
      emit(flags_.many_lines ? Op::kLineEnd : Op::kTextEnd);
    } else if (take("\\")) {
      escape();
    } else if (peek() == '*' || peek() == '+' || peek() == '?') {
      fail("no argument for repetition operator: " + std::string(1, peek()));
    } else {
      const char32_t c = character();
      emit_class({{c, c}});
    }
    return true;
  }

  bool group() {
    int index = -1;
    const Flags outer = flags_;
    if (take("?")) {
      if (take("P<")) {
        const std::size_t end = pattern_.find('>', at_);
        if (end == std::string_view::npos || end == at_) fail("invalid named capture group");
        at_ = end + 1;
        index = ++regex_.groups_;
      } else if (change_flags()) {
        return false;  // Until the end of the group around it.
      }
    } else {
      index = ++regex_.groups_;
    }
    if (index >= 0) emit(Op::kSave, index * 2);
    alternatives();
    flags_ = outer;
    if (!take(")")) fail("missing )");
    if (index >= 0) emit(Op::kSave, index * 2 + 1);
    return true;
  }

  // Behind "(?": flags up to ")" (true), or up to ":", for the group that follows.
  bool change_flags() {
    bool on = true;
    for (;;) {
      if (!more()) fail("missing )");
      const char c = pattern_[at_++];
      switch (c) {
        case 'i':
          flags_.ignore_case = on;
          break;
        case 'm':
          flags_.many_lines = on;
          break;
        case 's':
          flags_.dot_takes_newline = on;
          break;
        case 'U':
          flags_.lazy = on;
          break;
        case '-':
          on = false;
          break;
        case ':':
          return false;
        case ')':
          return true;
        default:
          fail("invalid or unsupported Perl syntax: (?" + std::string(1, c));
      }
    }
  }

  void repeats(int begin) {
    bool again = false;
    for (;; again = true) {
      int least = 0, most = -1;
      const std::size_t at = at_;
      if (take("*")) {
      } else if (take("+")) {
        least = 1;
      } else if (take("?")) {
        most = 1;
      } else if (peek() != '{' || !counts(least, most)) {
        return;
      }
      if (again) fail("bad repetition operator: " + std::string(pattern_.substr(at, at_ - at)));
      const bool lazy = take("?") != flags_.lazy;
      repeat(begin, least, most, lazy);
    }
  }

  // "{2}", "{2,}", "{2,5}"; anything else is text.
  bool counts(int& least, int& most) {
    std::size_t at = at_ + 1;
    const auto number = [&]() -> std::optional<int> {
      const std::size_t begin = at;
      int value = 0;
      for (; at < pattern_.size() && pattern_[at] >= '0' && pattern_[at] <= '9'; ++at) {
        value = std::min(value * 10 + (pattern_[at] - '0'), kMostRepeats + 1);
      }
      if (at == begin) return std::nullopt;
      return value;
    };
    const auto first = number();
    if (!first) return false;
    std::optional<int> second = first;
    if (at < pattern_.size() && pattern_[at] == ',') {
      ++at;
      second = number();
    }
    if (at >= pattern_.size() || pattern_[at] != '}') return false;
    at_ = at + 1;
    least = *first;
    most = second.value_or(-1);
    if (least > kMostRepeats || most > kMostRepeats || (most >= 0 && most < least)) {
      fail("bad repetition operator: {" + std::to_string(least) + "}");
    }
    return true;
  }

  void repeat(int begin, int least, int most, bool lazy) {
    const std::vector<Instruction> body(regex_.program_.begin() + begin, regex_.program_.end());
    regex_.program_.resize(static_cast<std::size_t>(begin));
    for (int i = 0; i < least; ++i) append(body, begin);
    if (most < 0) {
      const int loop = here();
      emit(Op::kSplit);
      append(body, begin);
      emit(Op::kJump, loop);
      split(loop, loop + 1, here(), lazy);
      return;
    }
    std::vector<int> splits;
    for (int i = least; i < most; ++i) {
      splits.push_back(here());
      emit(Op::kSplit);
      append(body, begin);
    }
    for (const int at : splits) split(at, at + 1, here(), lazy);
  }

  // --- Characters -------------------------------------------------------------------------------

  void emit_class(Ranges ranges) {
    if (flags_.ignore_case) {
      const std::size_t count = ranges.size();
      for (std::size_t i = 0; i < count; ++i) {
        add_case(ranges, ranges[i], 'a', 'z', -32);
        add_case(ranges, ranges[i], 'A', 'Z', 32);
      }
    }
    emit(Op::kClass, static_cast<int>(regex_.classes_.size()));
    regex_.classes_.push_back(std::move(ranges));
  }

  static void add_case(Ranges& ranges, Range range, char32_t first, char32_t last, int by) {
    const char32_t low = std::max(range.first, first), high = std::min(range.last, last);
    if (low > high) return;
    const auto moved = [&](char32_t c) { return static_cast<char32_t>(static_cast<int>(c) + by); };
    ranges.push_back({moved(low), moved(high)});
  }

  static Ranges inverse(Ranges ranges) {
    std::ranges::sort(ranges, {}, &Range::first);
    Ranges others;
    char32_t next = 0;
    for (const Range& range : ranges) {
      if (range.first > next) others.push_back({next, range.first - 1});
      next = std::max(next, static_cast<char32_t>(range.last + 1));
    }
    if (next <= kMost) others.push_back({next, kMost});
    return others;
  }

  static std::optional<Ranges> perl_class(char name) {
    switch (name) {
      case 'd':
        return Ranges{{'0', '9'}};
      case 'w':
        return Ranges{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
      case 's':
        return Ranges{{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}};
      case 'D':
      case 'W':
      case 'S':
        return inverse(*perl_class(static_cast<char>(name + 32)));
      default:
        return std::nullopt;
    }
  }

  Ranges posix_class() {
    static constexpr std::pair<std::string_view, std::string_view> kClasses[] = {
        {"alnum", "09AZaz"},
        {"alpha", "AZaz"},
        {"ascii", std::string_view("\0\x7f", 2)},
        {"blank", "\t\t  "},
        {"cntrl", std::string_view("\0\x1f\x7f\x7f", 4)},
        {"digit", "09"},
        {"graph", "!~"},
        {"lower", "az"},
        {"print", " ~"},
        {"punct", "!/:@[`{~"},
        {"space", "\t\r  "},
        {"upper", "AZ"},
        {"word", "09AZaz__"},
        {"xdigit", "09AFaf"}};
    const bool inverted = take("^");
    for (const auto& [name, ends] : kClasses) {
      if (!take(std::string(name) + ":]")) continue;
      Ranges ranges;
      for (std::size_t i = 0; i < ends.size(); i += 2) {
        ranges.push_back(
            {static_cast<unsigned char>(ends[i]), static_cast<unsigned char>(ends[i + 1])});
      }
      return inverted ? inverse(std::move(ranges)) : ranges;
    }
    fail("invalid character class range");
  }

  // Behind "[".
  Ranges bracket() {
    const bool inverted = take("^");
    Ranges ranges;
    for (bool first = true;; first = false) {
      if (!more()) fail("missing ]");
      if (!first && take("]")) break;
      if (take("[:")) {
        std::ranges::copy(posix_class(), std::back_inserter(ranges));
        continue;
      }
      if (peek() == '\\' && at_ + 1 < pattern_.size()) {
        if (const auto known = perl_class(pattern_[at_ + 1])) {
          at_ += 2;
          std::ranges::copy(*known, std::back_inserter(ranges));
          continue;
        }
      }
      const char32_t low = take("\\") ? escaped() : character();
      char32_t high = low;
      if (peek() == '-' && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']') {
        ++at_;
        high = take("\\") ? escaped() : character();
        if (high < low) fail("invalid character class range");
      }
      ranges.push_back({low, high});
    }
    return inverted ? inverse(std::move(ranges)) : ranges;
  }

  char32_t character() {
    const auto lead = static_cast<unsigned char>(pattern_[at_++]);
    if (lead < 0x80) return lead;
    const int tail = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
    char32_t value = lead & (0x3fU >> tail);
    if (tail == 0) fail("invalid UTF-8");
    for (int i = 0; i < tail; ++i) {
      const auto byte = static_cast<unsigned char>(peek());
      if ((byte & 0xc0) != 0x80) fail("invalid UTF-8");
      value = value << 6 | (byte & 0x3fU);
      ++at_;
    }
    return value;
  }

  // Behind a backslash: a character.
  char32_t escaped() {
    if (!more()) fail("trailing \\ at end of regexp");
    const char c = pattern_[at_++];
    constexpr std::string_view kNames = "aftnrv", kValues = "\a\f\t\n\r\v";
    if (const std::size_t i = kNames.find(c); i != std::string_view::npos) {
      return static_cast<unsigned char>(kValues[i]);
    }
    if (c == 'x') return hexadecimal();
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter || (c >= '0' && c <= '9'))
      fail("invalid escape sequence: \\" + std::string(1, c));
    --at_;
    return character();
  }

  char32_t hexadecimal() {
    const bool braces = take("{");
    char32_t value = 0;
    std::size_t digits = 0;
    for (; more() && (braces || digits < 2); ++at_, ++digits) {
      const char c = peek();
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) break;
      value = value * 16 + static_cast<char32_t>(digit);
      if (value > kMost) fail("invalid escape sequence");
    }
    if (digits == 0 || (!braces && digits != 2) || (braces && !take("}"))) {
      fail("invalid escape sequence");
    }
    return value;
  }

  void escape() {
    const char c = peek();
    if (auto known = perl_class(c)) {
      ++at_;
      emit_class(*std::move(known));
      return;
    }
    static constexpr std::pair<char, Op> kPlaces[] = {{'A', Op::kTextBegin},
                                                      {'z', Op::kTextEnd},
                                                      {'b', Op::kWordBoundary},
                                                      {'B', Op::kNoWordBoundary}};
    for (const auto& [name, op] : kPlaces) {
      if (c != name) continue;
      ++at_;
      emit(op);
      return;
    }
    if (take("Q")) {
      quoted();
      return;
    }
    const char32_t value = escaped();
    emit_class({{value, value}});
  }

  // \Q…\E: text.
  void quoted() {
    while (more() && !take("\\E")) {
      const char32_t c = character();
      emit_class({{c, c}});
    }
  }

  Regex& regex_;
  std::string_view pattern_;
  std::size_t at_ = 0;
  int depth_ = 0;
  Flags flags_;
};

Regex::Regex(std::string_view pattern) {
  RegexParser(*this, pattern).parse();
}

}  // namespace icecore::inline v0
