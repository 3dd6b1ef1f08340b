#include "proto/text_scanner.h"

#include <icecore/error.h>

#include <algorithm>
#include <cstdint>

#include "proto/utf8.h"

namespace icecore::inline v0 {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c);
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Up to `most` digits of the base from body[i] on; `i` ends behind them.
std::uint32_t digits(std::string_view body, std::size_t& i, std::size_t most, int base) {
  std::uint32_t value = 0;
  for (std::size_t n = 0; n < most && i < body.size(); ++n, ++i) {
    const int digit = hex_value(body[i]);
    if (digit < 0 || digit >= base) break;
    value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
  }
  return value;
}

}  // namespace

void TextScanner::skip_blank() {
  while (next_ < text_.size()) {
    const char c = text_[next_];
    if (c == '#') {
      next_ = std::min(text_.find('\n', next_), text_.size());
    } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
      ++next_;
    } else {
      return;
    }
  }
}

void TextScanner::advance() {
  skip_blank();
  const std::size_t begin = next_;
  if (begin == text_.size()) {
    kind_ = Kind::kEnd;
    token_ = text_.substr(begin);
    return;
  }
  const char c = text_[begin];
  ++next_;
  const bool number = is_digit(c) || (c == '.' && next_ < text_.size() && is_digit(text_[next_]));
  if (number) {
    kind_ = Kind::kNumber;
    while (next_ < text_.size()) {
      const char d = text_[next_];
      const char before = text_[next_ - 1];
      const bool sign = (d == '-' || d == '+') && (before == 'e' || before == 'E') &&
                        !text_.substr(begin).starts_with("0x") &&
                        !text_.substr(begin).starts_with("0X");
      if (!is_name(d) && d != '.' && !sign) break;
      ++next_;
    }
  } else if (is_name(c)) {
    kind_ = Kind::kName;
    while (next_ < text_.size() && is_name(text_[next_])) ++next_;
  } else if (c == '"' || c == '\'') {
    kind_ = Kind::kString;
    for (; next_ < text_.size() && text_[next_] != c; ++next_) {
      if (text_[next_] == '\n') fail_at(begin, "a string that isn't closed on its line");
      if (text_[next_] == '\\') ++next_;
    }
    if (next_ >= text_.size()) fail_at(begin, "a string that isn't closed");
    ++next_;
  } else {
    kind_ = Kind::kSymbol;
  }
  token_ = text_.substr(begin, next_ - begin);
}

bool TextScanner::take(char symbol) {
  if (!at(symbol)) return false;
  advance();
  return true;
}

void TextScanner::fail_at(std::size_t position, const std::string& what) const {
  const std::string_view before = text_.substr(0, position);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // 0 where there is none.
  throw Error(Code::kInvalidArgument,
              std::to_string(line) + ":" + std::to_string(position - line_start + 1) + ": " + what);
}

std::string TextScanner::found() const {
  constexpr std::size_t kShown = 40;
  if (kind_ == Kind::kEnd) return "the end of the text";
  std::string shown(token_.substr(0, kShown));
  if (kind_ == Kind::kSymbol) {
    const bool printable = shown.front() > ' ' && shown.front() < 0x7f;
    return printable ? "'" + shown + "'"
                     : "byte " + std::to_string(static_cast<unsigned char>(shown.front()));
  }
  if (token_.size() > kShown) shown += "…";
  return kind_ == Kind::kString ? "the string " + shown : "'" + shown + "'";
}

void TextScanner::take_strings(std::string& content) {
  while (kind_ == Kind::kString) {
    unescape(token_, content);
    advance();
  }
}

void TextScanner::unescape(std::string_view quoted, std::string& content) const {
  const std::string_view body = quoted.substr(1, quoted.size() - 2);
  for (std::size_t i = 0; i < body.size();) {
    const std::size_t plain = std::min(body.find('\\', i), body.size());
    content.append(body, i, plain - i);
    i = plain;
    if (i < body.size()) {
      const std::size_t at = static_cast<std::size_t>(body.data() - text_.data()) + i;
      i = escape(body, i + 1, at, content);
    }
  }
}

// body[i] is what follows the backslash, which stands at `at` in the text; returns the place
// behind the escape. The scanner has seen to it that something follows.
std::size_t TextScanner::escape(std::string_view body, std::size_t i, std::size_t at,
                                std::string& content) const {
  constexpr std::string_view kLetters = "abfnrtv\\?'\"";
  constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\?'\"";
  const char c = body[i];
  const auto fixed = [&](std::size_t count) {
    std::size_t end = i + 1;
    const std::uint32_t value = digits(body, end, count, 16);
    if (end != i + 1 + count) {
      fail_at(at, std::string("the escape \\") + c + " needs " + std::to_string(count) +
                      " hexadecimal digits");
    }
    i = end;
    return value;
  };
  if (const std::size_t simple = kLetters.find(c); simple != std::string_view::npos) {
    content += kMeanings[simple];
    return i + 1;
  }
  if (c >= '0' && c <= '7') {
    const std::uint32_t value = digits(body, i, 3, 8);
    if (value > 0xff) fail_at(at, "an octal escape above \\377");
    content += static_cast<char>(value);
    return i;
  }
  if (c == 'x' || c == 'X') {
    std::size_t end = i + 1;
    const std::uint32_t value = digits(body, end, 2, 16);
    if (end == i + 1) fail_at(at, "the escape \\x without hexadecimal digits");
    content += static_cast<char>(value);
    return end;
  }
  if (c == 'u' || c == 'U') {
    std::uint32_t value = fixed(c == 'u' ? 4 : 8);
    // The two halves of a code point above FFFF, as UTF-16 writes it.
    const bool high = value >= 0xd800 && value < 0xdc00;
    if (c == 'u' && high && body.substr(i).starts_with("\\u")) {
      std::size_t end = i + 2;
      const std::uint32_t low = digits(body, end, 4, 16);
      if (end == i + 6 && low >= 0xdc00 && low < 0xe000) {
        value = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
        i = end;
      }
    }
    if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) {
      fail_at(at, "an escape that is no code point");
    }
    append_utf8(content, value);
    return i;
  }
  fail_at(at, std::string("an escape that text has not: \\") + c);
}

}  // namespace icecore::inline v0
