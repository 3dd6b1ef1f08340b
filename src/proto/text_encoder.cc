#include "proto/text_encoder.h"

#include <algorithm>

#include "proto/fields.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

void append_bits(std::string& bytes, WireType type, std::uint64_t bits) {
  switch (type) {
    case WireType::kFixed32:
      append_fixed(bytes, static_cast<std::uint32_t>(bits));
      break;
    case WireType::kFixed64:
      append_fixed(bytes, bits);
      break;
    default:
      append_varint(bytes, bits);
  }
}

// Only a number outside of a oneof is absent when it is zero, or a string when it is empty.
bool absent_when_zero(const FieldSchema& field) {
  return !field.repeated && field.oneof < 0 && field.type != FieldType::kMessage;
}

}  // namespace

TextEncoder::Mark TextEncoder::open() {
  const Mark mark{bytes_.size(), segments_.size(), first_};
  first_ = segments_.size();
  return mark;
}

void TextEncoder::number(const FieldSchema& field, std::uint64_t bits) {
  const std::size_t begin = bytes_.size();
  if (!field.packed) append_tag(bytes_, field.number, field.wire_type());
  append_bits(bytes_, field.wire_type(), bits);
  add(field, begin, bits == 0);
}

void TextEncoder::text(const FieldSchema& field, std::string_view content) {
  const std::size_t begin = bytes_.size();
  append_tag(bytes_, field.number, WireType::kBytes);
  append_varint(bytes_, content.size());
  bytes_ += content;
  add(field, begin, content.empty());
}

void TextEncoder::message(const FieldSchema& field, const Mark& mark) {
  std::string head;
  append_tag(head, field.number, WireType::kBytes);
  append_varint(head, bytes_.size() - mark.bytes);
  const bool empty = bytes_.size() == mark.bytes;
  bytes_.insert(mark.bytes, head);
  add(field, mark.bytes, empty);
}

void TextEncoder::add(const FieldSchema& field, std::size_t begin, bool zero) {
  if (field.repeated && segments_.size() > first_ && segments_.back().field == &field) {
    segments_.back().end = bytes_.size();
  } else {
    segments_.push_back({&field, begin, bytes_.size(), zero});
  }
}

void TextEncoder::close(const MessageSchema& schema, const Mark& mark) {
  if (schema.map_entry) complete_map_entry(schema, mark.segment);
  if (!canonical(mark.segment)) {
    if (!schema.map_entry) drop_replaced(schema, mark.segment);
    const auto begin = segments_.begin() + static_cast<std::ptrdiff_t>(mark.segment);
    std::stable_sort(begin, segments_.end(), [](const Segment& a, const Segment& b) {
      return a.field->number < b.field->number;
    });
    std::string sorted;
    sorted.reserve(bytes_.size() - mark.bytes + 16);
    for (auto it = begin; it != segments_.end();) {
      const FieldSchema& field = *it->field;
      const auto group_end = std::find_if(
          it, segments_.end(), [&](const Segment& segment) { return segment.field != &field; });
      if (field.packed) {
        std::size_t size = 0;
        for (auto part = it; part != group_end; ++part) size += part->end - part->begin;
        append_tag(sorted, field.number, WireType::kBytes);
        append_varint(sorted, size);
      }
      for (; it != group_end; ++it) sorted.append(bytes_, it->begin, it->end - it->begin);
    }
    bytes_.replace(mark.bytes, std::string::npos, sorted);
  }
  segments_.resize(mark.segment);
  first_ = mark.outer_segment;
}

// Both are written always; a missing one is zero, empty or an empty message.
void TextEncoder::complete_map_entry(const MessageSchema& schema, std::size_t first) {
  for (const FieldSchema& field : schema.fields) {
    const bool there =
        std::any_of(segments_.begin() + static_cast<std::ptrdiff_t>(first), segments_.end(),
                    [&](const Segment& segment) { return segment.field == &field; });
    if (there) continue;
    if (field.is_number()) {
      number(field, 0);
    } else {
      text(field, {});
    }
  }
}

// Whether the message stands as protobuf would write it.
bool TextEncoder::canonical(std::size_t first) const {
  std::uint32_t last = 0;
  std::uint32_t oneofs = 0;
  for (std::size_t i = first; i < segments_.size(); ++i) {
    const FieldSchema& field = *segments_[i].field;
    if (field.number <= last || field.packed) return false;
    if (segments_[i].zero && absent_when_zero(field)) return false;
    if (field.oneof >= 0) {
      const std::uint32_t bit = 1u << (field.oneof & 31);
      if (oneofs & bit) return false;
      oneofs |= bit;
    }
    last = field.number;
  }
  return true;
}

void TextEncoder::drop_replaced(const MessageSchema& schema, std::size_t first) {
  // Backwards: what is met first counts.
  const FieldSchema* const fields = schema.fields.data();
  std::vector<bool> seen(schema.fields.size());
  struct Oneof {
    const FieldSchema* member = nullptr;
    bool cleared = false;
  };
  std::vector<Oneof> oneofs(schema.fields.size());
  for (std::size_t i = segments_.size(); i-- > first;) {
    Segment& segment = segments_[i];
    const FieldSchema& field = *segment.field;
    if (field.repeated) continue;
    const auto index = static_cast<std::size_t>(&field - fields);
    bool counts = true;
    if (field.oneof >= 0) {
      Oneof& oneof = oneofs[static_cast<std::size_t>(field.oneof)];
      if (oneof.member == nullptr) oneof.member = &field;
      if (oneof.member != &field) oneof.cleared = true;
      counts = !oneof.cleared;
    }
    if (field.type != FieldType::kMessage) {
      counts = counts && !seen[index];
      seen[index] = true;
      if (segment.zero && absent_when_zero(field)) counts = false;
    }
    if (!counts) segment.field = nullptr;
  }
  const auto begin = segments_.begin() + static_cast<std::ptrdiff_t>(first);
  segments_.erase(std::remove_if(begin, segments_.end(),
                                 [](const Segment& segment) { return segment.field == nullptr; }),
                  segments_.end());
}

}  // namespace icecore::inline v0
