#include "proto/text_parser.h"

#include <icecore/error.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/nearest.h"
#include "proto/fields.h"
#include "proto/text_encoder.h"
#include "proto/text_numbers.h"
#include "proto/text_scanner.h"
#include "proto/utf8.h"

namespace icecore::inline v0 {
namespace {

using Kind = TextScanner::Kind;

constexpr int kMaxDepth = 100;

// Clipped: a token may be as long as its file.
std::string quoted(std::string_view name) {
  constexpr std::size_t kMost = 100;
  return "\"" + std::string(name.substr(0, kMost)) + (name.size() > kMost ? "…\"" : "\"");
}

// "; the nearest is "op"", or nothing.
template <typename Range>
std::string nearest(std::string_view wanted, const Range& named) {
  std::vector<std::string_view> names;
  for (const auto& one : named) names.push_back(one.name);
  const std::vector<std::string> found = nearest_names(wanted, names, 1);
  return found.empty() ? "" : "; the nearest is " + quoted(found.front());
}

class Parser {
 public:
  explicit Parser(std::string_view text) : scan_(text) {}

  Span parse(const MessageSchema& schema) {
    const TextEncoder::Mark mark = out_.open();
    while (scan_.kind() != Kind::kEnd) field(schema, 0);
    out_.close(schema, mark);
    return Span::of(out_.take());
  }

 private:
  // One field of a message of this schema, and the separator behind it.
  void field(const MessageSchema& schema, int depth) {
    if (scan_.at('[')) {
      any_or_extension(schema, depth);
    } else {
      if (scan_.kind() != Kind::kName) {
        scan_.fail("expected a field of " + std::string(schema.name) + ", found " + scan_.found());
      }
      const FieldSchema* field = schema.find(scan_.token());
      if (field == nullptr) {
        scan_.fail(std::string(schema.name) + " has no field " + quoted(scan_.token()) +
                   nearest(scan_.token(), schema.fields));
      }
      scan_.advance();
      const bool colon = scan_.take(':');
      if (!colon && field->type != FieldType::kMessage) {
        scan_.fail("expected ':' and " + wanted(schema, *field) + ", found " + scan_.found());
      }
      if (scan_.at('[')) {
        list(schema, *field, depth);
      } else {
        value(schema, *field, depth);
      }
    }
    if (!scan_.take(',')) scan_.take(';');
  }

  void list(const MessageSchema& schema, const FieldSchema& field, int depth) {
    if (!field.repeated) {
      scan_.fail(wanted(schema, field) + " is one value, found a list");
    }
    scan_.advance();
    if (scan_.take(']')) return;
    do {
      value(schema, field, depth);
    } while (scan_.take(','));
    if (!scan_.take(']')) {
      scan_.fail("expected ',' or ']' in the list " + quoted(field.name) + ", found " +
                 scan_.found());
    }
  }

  void value(const MessageSchema& schema, const FieldSchema& field, int depth) {
    switch (field.type) {
      case FieldType::kMessage: {
        const TextEncoder::Mark mark = out_.open();
        body(*field.message, field.name, depth);
        out_.close(*field.message, mark);
        out_.message(field, mark);
        break;
      }
      case FieldType::kString:
      case FieldType::kBytes:
        string_value(schema, field);
        break;
      case FieldType::kDouble:
        out_.number(field, std::bit_cast<std::uint64_t>(decimal(schema, field)));
        break;
      case FieldType::kFloat:
        out_.number(field,
                    std::bit_cast<std::uint32_t>(static_cast<float>(decimal(schema, field))));
        break;
      case FieldType::kBool:
        out_.number(field, boolean(schema, field) ? 1 : 0);
        break;
      case FieldType::kEnum:
        out_.number(field, static_cast<std::uint64_t>(enum_value(schema, field)));
        break;
      default:
        out_.number(field, integer_bits(schema, field));
    }
  }

  // The fields between braces.
  void body(const MessageSchema& schema, std::string_view name, int depth) {
    if (depth + 1 > kMaxDepth) {
      scan_.fail("messages are nested more than " + std::to_string(kMaxDepth) + " deep");
    }
    const std::size_t opened = scan_.position();
    const bool angle = scan_.at('<');
    if (!angle && !scan_.at('{')) {
      scan_.fail("expected '{' and the fields of " + std::string(schema.name) + " behind " +
                 quoted(name) + ", found " + scan_.found());
    }
    const char end = angle ? '>' : '}';
    scan_.advance();
    while (!scan_.take(end)) {
      if (scan_.kind() == Kind::kEnd) {
        scan_.fail_at(opened, "the message " + quoted(name) + " isn't closed by '" +
                                  std::string(1, end) + "' (is the text cut short?)");
      }
      field(schema, depth + 1);
    }
  }

  void any_or_extension(const MessageSchema& schema, int depth) {
    const std::size_t begin = scan_.position();
    if (schema.name != "google.protobuf.Any") {
      scan_.fail(std::string(schema.name) + " takes no extension");
    }
    scan_.advance();
    std::string url;
    while (scan_.kind() != Kind::kEnd && !scan_.at(']')) {
      url += scan_.token();
      scan_.advance();
    }
    const MessageSchema* held = find_any_type(url);
    if (held == nullptr) {
      scan_.fail_at(begin, "the type " + quoted(url) + " isn't known");
    }
    scan_.take(']');
    scan_.take(':');
    const TextEncoder::Mark mark = out_.open();
    body(*held, url, depth);
    out_.close(*held, mark);
    out_.message(*schema.find(pb::Any::value), mark);
    out_.text(*schema.find(pb::Any::type_url), url);
  }

  void string_value(const MessageSchema& schema, const FieldSchema& field) {
    if (scan_.kind() != Kind::kString) wrong(schema, field);
    const std::size_t begin = scan_.position();
    content_.clear();
    scan_.take_strings(content_);
    if (field.type == FieldType::kString && !is_utf8(content_)) {
      scan_.fail_at(begin, wanted(schema, field) + " isn't UTF-8");
    }
    out_.text(field, content_);
  }

  double decimal(const MessageSchema& schema, const FieldSchema& field) {
    const bool negative = scan_.take('-');
    std::optional<double> value;
    if (scan_.kind() == Kind::kNumber) {
      value = parse_decimal(scan_.token());
    } else if (scan_.kind() == Kind::kName) {
      std::string name(scan_.token());
      std::ranges::transform(name, name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      });
      if (name == "inf" || name == "inff" || name == "infinity" || name == "infinityf") {
        value = std::numeric_limits<double>::infinity();
      } else if (name == "nan" || name == "nanf") {
        value = std::numeric_limits<double>::quiet_NaN();
      }
    }
    if (!value) wrong(schema, field);
    scan_.advance();
    return negative ? -*value : *value;
  }

  bool boolean(const MessageSchema& schema, const FieldSchema& field) {
    const std::string_view word = scan_.token();
    const bool yes = word == "true" || word == "True" || word == "t";
    const bool no = word == "false" || word == "False" || word == "f";
    std::optional<std::uint64_t> number;
    if (scan_.kind() == Kind::kNumber) number = parse_integer(word);
    if (!yes && !no && (!number || *number > 1)) wrong(schema, field);
    scan_.advance();
    return yes || number == 1u;
  }

  std::int64_t enum_value(const MessageSchema& schema, const FieldSchema& field) {
    if (scan_.kind() == Kind::kName) {
      const EnumValue* value = field.enumeration->find(scan_.token());
      if (value == nullptr) {
        scan_.fail(wanted(schema, field) + " has no value " + quoted(scan_.token()) +
                   nearest(scan_.token(), field.enumeration->values));
      }
      scan_.advance();
      return value->number;
    }
    return signed_integer(schema, field, std::numeric_limits<std::int32_t>::max());
  }

  // As on the wire.
  std::uint64_t integer_bits(const MessageSchema& schema, const FieldSchema& field) {
    switch (field.type) {
      case FieldType::kInt32:
        return static_cast<std::uint64_t>(signed_integer(schema, field, kInt32));
      case FieldType::kSfixed32:
        return static_cast<std::uint32_t>(signed_integer(schema, field, kInt32));
      case FieldType::kInt64:
      case FieldType::kSfixed64:
        return static_cast<std::uint64_t>(signed_integer(schema, field, kInt64));
      case FieldType::kSint32:
      case FieldType::kSint64: {
        const std::int64_t value =
            signed_integer(schema, field, field.type == FieldType::kSint32 ? kInt32 : kInt64);
        return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
      }
      case FieldType::kUint32:
      case FieldType::kFixed32:
        return magnitude(schema, field, false, std::numeric_limits<std::uint32_t>::max());
      default:
        return magnitude(schema, field, false, std::numeric_limits<std::uint64_t>::max());
    }
  }

  std::int64_t signed_integer(const MessageSchema& schema, const FieldSchema& field,
                              std::int64_t largest) {
    const bool negative = scan_.take('-');
    const std::uint64_t value =
        magnitude(schema, field, negative, static_cast<std::uint64_t>(largest) + negative);
    return static_cast<std::int64_t>(negative ? 0 - value : value);
  }

  std::uint64_t magnitude(const MessageSchema& schema, const FieldSchema& field, bool negative,
                          std::uint64_t largest) {
    if (scan_.kind() != Kind::kNumber) wrong(schema, field);
    const std::optional<std::uint64_t> value = parse_integer(scan_.token());
    if (!value || *value > largest) {
      scan_.fail(wanted(schema, field) + " can't be " + (negative ? "-" : "") +
                 std::string(scan_.token().substr(0, 40)));
    }
    scan_.advance();
    return *value;
  }

  // "NodeDef.op (string)"
  static std::string wanted(const MessageSchema& schema, const FieldSchema& field) {
    return std::string(schema.name)
        .append(".")
        .append(field.name)
        .append(" (")
        .append(field.type_name())
        .append(")");
  }

  [[noreturn]] void wrong(const MessageSchema& schema, const FieldSchema& field) const {
    scan_.fail("expected a value of " + wanted(schema, field) + ", found " + scan_.found());
  }

  static constexpr std::int64_t kInt32 = std::numeric_limits<std::int32_t>::max();
  static constexpr std::int64_t kInt64 = std::numeric_limits<std::int64_t>::max();

  TextScanner scan_;
  TextEncoder out_;
  std::string content_;  // Of the last string.
};

}  // namespace

Span parse_text(std::string_view text, const MessageSchema& schema) {
  return Parser(text).parse(schema);
}

}  // namespace icecore::inline v0
