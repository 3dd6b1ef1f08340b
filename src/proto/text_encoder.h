// Puts the fields of a message in the order and form in which protobuf serialises them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proto/schema.h"

namespace icecore::inline v0 {

// An encoded message that grows at the end of one string, messages inside it included: a message
// is opened, its fields are added in any order, and closed.
class TextEncoder {
 public:
  // Where a message began, and what was open around it.
  struct Mark {
    std::size_t bytes, segment, outer_segment;
  };
  // Begins a message; close() gets what this returns.
  Mark open();

  // A number, given as its varint or as the bits of its fixed32 or fixed64.
  void number(const FieldSchema& field, std::uint64_t bits);
  void text(const FieldSchema& field, std::string_view content);
  // Ends a message: drops what a later value of the same field or oneof replaces and zero scalars
  // outside oneofs, sorts, packs, and gives a map's entry its key and value.
  void close(const MessageSchema& schema, const Mark& mark);
  // The message just closed is this field of the one around it.
  void message(const FieldSchema& field, const Mark& mark);

  std::string take() { return std::move(bytes_); }

 private:
  // Consecutive fields of one number; of a packed field the values alone, without tag.
  struct Segment {
    const FieldSchema* field;
    std::size_t begin, end;  // In bytes_.
    bool zero;
  };

  // What stands from `begin` on is a value of the field.
  void add(const FieldSchema& field, std::size_t begin, bool zero);
  void complete_map_entry(const MessageSchema& schema, std::size_t first);
  bool canonical(std::size_t first) const;
  void drop_replaced(const MessageSchema& schema, std::size_t first);

  std::string bytes_;
  std::vector<Segment> segments_;  // Of all open messages, outermost first.
  std::size_t first_ = 0;          // In segments_, of the innermost open message.
};

}  // namespace icecore::inline v0
