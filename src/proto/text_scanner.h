// The words of protobuf's text format.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace icecore::inline v0 {

// Cuts a text into tokens, one ahead. The text outlives the scanner.
class TextScanner {
 public:
  enum class Kind {
    kName,    // [A-Za-z_][A-Za-z0-9_]*
    kNumber,  // Begins with a digit or a point; whether it is one shows when it is used.
    kString,  // With its quotes.
    kSymbol,  // Any other character.
    kEnd,
  };

  explicit TextScanner(std::string_view text) : text_(text) { advance(); }

  Kind kind() const { return kind_; }
  std::string_view token() const { return token_; }
  bool at(char symbol) const { return kind_ == Kind::kSymbol && token_.front() == symbol; }

  void advance();
  // Advances where the symbol stands.
  bool take(char symbol);

  // Where a token of this text begins, for failures.
  std::size_t position() const { return static_cast<std::size_t>(token_.data() - text_.data()); }
  // INVALID_ARGUMENT "line:column: what".
  [[noreturn]] void fail(const std::string& what) const { fail_at(position(), what); }
  [[noreturn]] void fail_at(std::size_t position, const std::string& what) const;
  // `"text"`, `'}'`, or "the end of the text": the token as a failure names it.
  std::string found() const;

  // Appends the content of the current string token and of those that follow it at once, and
  // passes over them.
  void take_strings(std::string& content);

 private:
  void skip_blank();
  void unescape(std::string_view quoted, std::string& content) const;
  std::size_t escape(std::string_view body, std::size_t i, std::size_t at,
                     std::string& content) const;

  std::string_view text_;
  std::size_t next_ = 0;  // Behind the token.
  std::string_view token_;
  Kind kind_ = Kind::kEnd;
};

}  // namespace icecore::inline v0
