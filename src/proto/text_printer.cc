#include "proto/text_printer.h"

#include <icecore/error.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/float_text.h"
#include "proto/conflict.h"
#include "proto/fields.h"
#include "proto/packed.h"
#include "proto/piece.h"
#include "proto/text_escape.h"

namespace icecore::inline v0 {
namespace {

constexpr int kMaxDepth = 100;
// Text is handed on when this much has gathered.
constexpr std::size_t kBuffer = std::size_t{64} << 10;
// An Any that was left in its file is read to be expanded, up to this size.
constexpr std::uint64_t kLargestAny = std::uint64_t{64} << 20;

// A field with the wire type that its schema has, or packed.
bool understood(const FieldSchema& field, WireType found) {
  return found == field.wire_type() || (field.packed && found == WireType::kBytes);
}

std::uint64_t take_bits(Cursor& cursor) {
  switch (cursor.wire_type()) {
    case WireType::kFixed32:
      return cursor.fixed32();
    case WireType::kFixed64:
      return cursor.fixed64();
    default:
      return cursor.varint();
  }
}

// Of what protobuf keeps of the bits: 32 of them for the 32-bit types.
bool is_zero(const FieldSchema& field, std::uint64_t bits) {
  switch (field.type) {
    case FieldType::kInt32:
    case FieldType::kUint32:
    case FieldType::kSint32:
    case FieldType::kEnum:
      return static_cast<std::uint32_t>(bits) == 0;
    default:
      return bits == 0;
  }
}

std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

// The key of a map's entry, comparable.
struct MapKey {
  std::int64_t number = 0;
  std::string text;
  friend auto operator<=>(const MapKey&, const MapKey&) = default;
};

class Printer {
 public:
  Printer(const TextOptions& options, const TextSink& sink) : options_(options), sink_(sink) {}

  void print(const Span& message, const MessageSchema& schema) {
    fields(message, schema, 0);
    flush();
  }

 private:
  // What the first pass over a message finds out about one of its fields.
  struct Found {
    const FieldSchema* field;
    Cursor first;         // Stands on the field's first occurrence that counts.
    std::uint64_t count;  // Occurrences that count.
  };

  void fields(const Span& message, const MessageSchema& schema, int depth) {
    if (depth > kMaxDepth) {
      throw Error(Code::kDataLoss, "the message is damaged: it is nested more than " +
                                       std::to_string(kMaxDepth) + " deep");
    }
    if (schema.name == "google.protobuf.Any" && expanded(message, depth)) return;
    const std::size_t begin = found_.size();
    survey(message, schema, begin);
    const std::size_t end = found_.size();
    std::sort(found_.begin() + static_cast<std::ptrdiff_t>(begin), found_.end(),
              [](const Found& a, const Found& b) { return a.field < b.field; });
    for (std::size_t i = begin; i < end; ++i) {
      // Deeper messages push and pop behind `end`; the vector may move meanwhile.
      const FieldSchema& field = *found_[i].field;
      Cursor at = std::move(found_[i].first);
      const std::uint64_t count = found_[i].count;
      if (field.is_map()) {
        map(field, std::move(at), count, depth);
      } else if (field.repeated) {
        repeated(field, std::move(at), count, depth);
      } else {
        singular(field, std::move(at), count, depth);
      }
    }
    // A map's message is there even where its entry doesn't say so.
    if (schema.map_entry && schema.fields[1].type == FieldType::kMessage &&
        (end == begin || found_[end - 1].field->number != pb::map_entry::value)) {
      one_message(schema.fields[1], Span(), depth);
    }
    found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(begin), found_.end());
  }

  // Appends to found_ what of each field counts.
  void survey(const Span& message, const MessageSchema& schema, std::size_t begin) {
    for (Cursor cursor(message); cursor.next();) {
      const FieldSchema* field = schema.find(cursor.field());
      if (field == nullptr || !understood(*field, cursor.wire_type())) continue;
      // Fields come mostly in groups.
      std::size_t i = found_.size();
      while (i > begin && found_[i - 1].field != field) --i;
      if (i > begin) {
        ++found_[i - 1].count;
      } else {
        if (field->oneof >= 0) drop_oneof(begin, field->oneof);
        found_.push_back({field, cursor, 1});
      }
    }
  }

  // A member that comes later clears the others.
  void drop_oneof(std::size_t begin, int oneof) {
    const auto from = found_.begin() + static_cast<std::ptrdiff_t>(begin);
    found_.erase(std::remove_if(from, found_.end(),
                                [&](const Found& one) { return one.field->oneof == oneof; }),
                 found_.end());
  }

  // Calls `each` with the cursor on every occurrence of the field.
  template <typename Each>
  void occurrences(const FieldSchema& field, Cursor at, std::uint64_t count, Each each) {
    while (true) {
      if (at.field() == field.number && understood(field, at.wire_type())) {
        each(at);
        if (--count == 0) return;
      }
      at.next();
    }
  }

  void singular(const FieldSchema& field, Cursor at, std::uint64_t count, int depth) {
    if (field.is_number()) {
      std::uint64_t bits = 0;
      occurrences(field, std::move(at), count, [&](Cursor& cursor) { bits = take_bits(cursor); });
      if (field.oneof >= 0 || !is_zero(field, bits)) one_number(field, bits, depth);
      return;
    }
    Span payload = at.bytes();
    if (count > 1 && field.type == FieldType::kMessage) {
      // Encoded messages merge by standing one behind the other.
      Piece merged;
      merged.append(payload);
      at.next();
      occurrences(field, std::move(at), count - 1,
                  [&](Cursor& cursor) { merged.append(cursor.bytes()); });
      payload = merged.finish();
    } else if (count > 1) {
      at.next();
      occurrences(field, std::move(at), count - 1,
                  [&](Cursor& cursor) { payload = cursor.bytes(); });
    }
    if (field.type == FieldType::kMessage) {
      one_message(field, payload, depth);
    } else if (field.oneof >= 0 || !payload.empty()) {
      one_string(field, payload, depth);
    }
  }

  void repeated(const FieldSchema& field, Cursor at, std::uint64_t count, int depth) {
    occurrences(field, std::move(at), count, [&](Cursor& cursor) {
      if (field.type == FieldType::kMessage) {
        one_message(field, cursor.bytes(), depth);
      } else if (!field.is_number()) {
        one_string(field, cursor.bytes(), depth);
      } else if (cursor.wire_type() == WireType::kBytes) {
        for_each_packed(cursor.bytes(), field.wire_type(),
                        [&](std::uint64_t bits) { one_number(field, bits, depth); });
      } else {
        one_number(field, take_bits(cursor), depth);
      }
    });
  }

  void map(const FieldSchema& field, Cursor at, std::uint64_t count, int depth) {
    std::vector<std::pair<MapKey, Span>> entries;
    occurrences(field, std::move(at), count, [&](Cursor& cursor) {
      Span entry = cursor.bytes();
      MapKey key = key_of(entry, *field.message);
      entries.emplace_back(std::move(key), std::move(entry));
    });
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const bool replaced = i + 1 < entries.size() && entries[i + 1].first == entries[i].first;
      if (!replaced) one_message(field, entries[i].second, depth);
    }
  }

  static MapKey key_of(const Span& entry, const MessageSchema& schema) {
    const FieldSchema& field = schema.fields[0];
    MapKey key;
    for (Cursor cursor(entry); cursor.next();) {
      if (cursor.field() != field.number || cursor.wire_type() != field.wire_type()) continue;
      if (field.is_number()) {
        const std::uint64_t bits = take_bits(cursor);
        key.number = static_cast<std::int64_t>(
            field.type == FieldType::kUint32 ? static_cast<std::uint32_t>(bits)
            : field.type == FieldType::kInt32
                ? static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(bits)})
                : bits);
      } else {
        key.text = cursor.bytes().read();
      }
    }
    return key;
  }

  // As Python does: where the type is known and the value is one of it.
  bool expanded(const Span& any, int depth) {
    std::string url;
    Span value;
    for (Cursor cursor(any); cursor.next();) {
      if (cursor.wire_type() != WireType::kBytes) continue;
      if (cursor.field() == pb::Any::type_url) url = cursor.bytes().read();
      if (cursor.field() == pb::Any::value) value = cursor.bytes();
    }
    const MessageSchema* schema = find_any_type(url);
    if (schema == nullptr || (value.has_holes() && value.size() > kLargestAny)) return false;
    if (value.has_holes()) value = Span::of(value.read(kLargestAny));
    if (conflict(value, *schema)) return false;
    line_start(depth);
    text_ += '[';
    text_ += url;
    text_ += "] {\n";
    fields(value, *schema, depth + 1);
    line_start(depth);
    text_ += "}\n";
    return true;
  }

  void one_message(const FieldSchema& field, const Span& message, int depth) {
    line_start(depth);
    text_ += field.name;
    text_ += " {\n";
    fields(message, *field.message, depth + 1);
    line_start(depth);
    text_ += "}\n";
    flush_if_full();
  }

  void one_string(const FieldSchema& field, const Span& bytes, int depth) {
    line_start(depth);
    text_ += field.name;
    text_ += ": \"";
    bytes.copy_to([&](std::span<const std::byte> piece) {
      while (!piece.empty()) {
        const auto part = piece.first(std::min(piece.size(), kBuffer));
        append_escaped(text_, part);
        flush_if_full();
        piece = piece.subspan(part.size());
      }
    });
    text_ += "\"\n";
    flush_if_full();
  }

  void one_number(const FieldSchema& field, std::uint64_t bits, int depth) {
    line_start(depth);
    text_ += field.name;
    text_ += ": ";
    number(field, bits);
    text_ += '\n';
    flush_if_full();
  }

  void number(const FieldSchema& field, std::uint64_t bits) {
    switch (field.type) {
      case FieldType::kDouble:
        text_ += python_repr(std::bit_cast<double>(bits));
        break;
      case FieldType::kFloat: {
        const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
        text_ += options_.float_style == FloatStyle::kDouble
                     ? python_repr(static_cast<double>(value))
                     : shortest_float(value);
        break;
      }
      case FieldType::kBool:
        text_ += bits != 0 ? "true" : "false";
        break;
      case FieldType::kEnum: {
        const auto value = static_cast<std::int32_t>(bits);
        const EnumValue* known = field.enumeration->find(value);
        known != nullptr ? void(text_ += known->name) : integer(value);
        break;
      }
      case FieldType::kInt32:
      case FieldType::kSfixed32:
        integer(static_cast<std::int32_t>(bits));
        break;
      case FieldType::kSint32:
        integer(static_cast<std::int32_t>(unzigzag(static_cast<std::uint32_t>(bits))));
        break;
      case FieldType::kUint32:
      case FieldType::kFixed32:
        integer(static_cast<std::uint32_t>(bits));
        break;
      case FieldType::kInt64:
      case FieldType::kSfixed64:
        integer(static_cast<std::int64_t>(bits));
        break;
      case FieldType::kSint64:
        integer(unzigzag(bits));
        break;
      default:
        integer(bits);
    }
  }

  void integer(std::integral auto value) {
    char digits[24];
    text_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }

  void line_start(int depth) { text_.append(2 * static_cast<std::size_t>(depth), ' '); }

  void flush_if_full() {
    if (text_.size() >= kBuffer) flush();
  }
  void flush() {
    if (!text_.empty()) sink_(text_);
    text_.clear();
  }

  const TextOptions& options_;
  const TextSink& sink_;
  std::string text_;
  std::vector<Found> found_;
};

}  // namespace

void print_text(const Span& message, const MessageSchema& schema, const TextOptions& options,
                const TextSink& sink) {
  Printer(options, sink).print(message, schema);
}

std::string print_text(const Span& message, const MessageSchema& schema,
                       const TextOptions& options) {
  std::string text;
  print_text(message, schema, options, [&](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace icecore::inline v0
