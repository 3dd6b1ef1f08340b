#include "ops/strings/regex.h"

#include <algorithm>

namespace icecore::inline v0 {
namespace {

bool is_word(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const char c = text[at];
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// The character at `at`, and how many bytes it has. Bytes that are no UTF-8 are one each.
std::pair<char32_t, std::size_t> decode(std::string_view text, std::size_t at) {
  constexpr char32_t kReplacement = 0xfffd;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length == 0 || lead > 0xf4 || text.size() - at < length) return {kReplacement, 1};
  char32_t character = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return {kReplacement, 1};
    character = character << 6 | (byte(at + i) & 0x3fU);
  }
  return {character, length};
}

}  // namespace

// What could still match, best first: instructions that wait for a character, or are at the end.
struct Regex::Threads {
  struct Thread {
    int at;
    Captures captures;
  };
  std::vector<Thread> list;
  std::vector<bool> seen;

  explicit Threads(std::size_t size) : seen(size, false) {}
  void clear() {
    list.clear();
    std::fill(seen.begin(), seen.end(), false);
  }
};

bool Regex::holds(Op op, std::string_view text, std::size_t at) const {
  switch (op) {
    case Op::kTextBegin:
      return at == 0;
    case Op::kTextEnd:
      return at == text.size();
    case Op::kLineBegin:
      return at == 0 || text[at - 1] == '\n';
    case Op::kLineEnd:
      return at == text.size() || text[at] == '\n';
    default: {
      const bool boundary = (at > 0 && is_word(text, at - 1)) != is_word(text, at);
      return boundary == (op == Op::kWordBoundary);
    }
  }
}

bool Regex::contains(int which, char32_t character) const {
  return std::ranges::any_of(classes_[static_cast<std::size_t>(which)], [&](const Range& range) {
    return character >= range.first && character <= range.last;
  });
}

void Regex::add(Threads& threads, int first, std::string_view text, std::size_t at,
                const Captures& captures) const {
  std::vector<Threads::Thread> open{{first, captures}};  // Not by recursion: programs are long.
  while (!open.empty()) {
    Threads::Thread thread = std::move(open.back());
    open.pop_back();
    const auto index = static_cast<std::size_t>(thread.at);
    if (threads.seen[index]) continue;
    threads.seen[index] = true;
    const Instruction& step = program_[index];
    switch (step.op) {
      case Op::kClass:
      case Op::kMatch:
        threads.list.push_back(std::move(thread));
        break;
      case Op::kJump:
        open.push_back({step.x, std::move(thread.captures)});
        break;
      case Op::kSplit:
        open.push_back({step.y, thread.captures});
        open.push_back({step.x, std::move(thread.captures)});
        break;
      case Op::kSave:
        thread.captures[static_cast<std::size_t>(step.x)] = at;
        open.push_back({thread.at + 1, std::move(thread.captures)});
        break;
      default:
        if (holds(step.op, text, at)) open.push_back({thread.at + 1, std::move(thread.captures)});
    }
  }
}

bool Regex::run(std::string_view text, std::size_t start, bool whole, Captures& captures) const {
  const Captures none(static_cast<std::size_t>(groups_ + 1) * 2, kNowhere);
  Threads now(program_.size()), next(program_.size());
  bool found = false;
  for (std::size_t at = start;;) {
    // Those that begin here come after all that began before.
    if (!found && (!whole || at == start)) add(now, 0, text, at, none);
    if (now.list.empty() && (found || whole)) break;
    const auto [character, length] =
        at < text.size() ? decode(text, at) : std::pair<char32_t, std::size_t>{0, 1};
    for (Threads::Thread& thread : now.list) {
      const Instruction& step = program_[static_cast<std::size_t>(thread.at)];
      if (step.op == Op::kMatch) {
        if (whole && at != text.size()) continue;
        captures = std::move(thread.captures);
        found = true;
        break;  // What comes behind is worth less.
      }
      if (at < text.size() && contains(step.x, character)) {
        add(next, thread.at + 1, text, at + length, thread.captures);
      }
    }
    if (at >= text.size()) break;
    std::swap(now, next);
    next.clear();
    at += length;
  }
  return found;
}

std::size_t Regex::character_size(std::string_view text, std::size_t at) {
  return decode(text, at).second;
}

bool Regex::matches_all(std::string_view text) const {
  Captures captures;
  return run(text, 0, true, captures);
}

bool Regex::search(std::string_view text, std::size_t start, Captures& captures) const {
  return run(text, start, false, captures);
}

}  // namespace icecore::inline v0
