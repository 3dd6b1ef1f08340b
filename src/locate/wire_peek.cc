#include "locate/wire_peek.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace icecore::inline v0 {
namespace {

// Fields looked at in a message before its kind is believed. More of a MetaGraphDef, since some
// writers put its few hundred signatures and collections before its graph.
constexpr int kFieldsLookedAt = 8;
constexpr int kMetaGraphFieldsLookedAt = 512;
constexpr std::uint64_t kTextLookedAt = 256;
// Protobuf's own limit: a longer field is none.
constexpr std::uint64_t kMaxLength = std::numeric_limits<std::int32_t>::max();

// A message as a range of a file.
struct Range {
  const RandomAccessFile* file;
  std::uint64_t begin;
  std::uint64_t end;  // As declared: may lie behind the end of a file that was cut.

  std::string head(std::uint64_t length) const {
    if (begin >= file->size()) return {};
    const std::uint64_t there = std::min(end, file->size()) - begin;
    return file->read_string(begin, std::min(length, there));
  }
  bool empty() const { return begin == end; }
};

// The first fields of a message. next() ends at the message's end, at the file's, or at what is no
// field; well_formed() tells the last.
class Fields {
 public:
  explicit Fields(const Range& message, int limit = kFieldsLookedAt)
      : message_(message), at_(message.begin), left_(limit) {}

  bool next() {
    constexpr std::uint64_t kLongestHead = 15;  // Tag and length.
    const std::string head = Range{message_.file, at_, message_.end}.head(kLongestHead);
    if (head.empty() || left_-- == 0) return false;
    std::string_view rest = head;
    const bool is_cut = head.size() < kLongestHead && at_ + head.size() < message_.end;
    std::uint64_t tag = 0;
    if (!take_varint(rest, tag)) return is_cut ? false : broken();
    number = tag >> 3;
    if (number == 0 || number > kMaxFieldNumber) return broken();
    wire = tag & 7;
    value = 0;
    std::uint64_t length = 0;
    if (wire == kVarint) {
      if (!take_varint(rest, value)) return is_cut ? false : broken();
    } else if (wire == kBytes) {
      if (!take_varint(rest, length)) return is_cut ? false : broken();
      if (length > kMaxLength) return broken();
    } else if (wire == kFixed32 || wire == kFixed64) {
      length = wire == kFixed32 ? 4 : 8;
    } else {
      return broken();
    }
    const std::uint64_t begin = at_ + (head.size() - rest.size());
    if (length > message_.end - begin) return broken();
    at_ = begin + length;
    payload = {message_.file, begin, at_};
    return true;
  }

  bool well_formed() const { return well_formed_; }

  static constexpr std::uint64_t kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5;
  std::uint64_t number = 0;
  std::uint64_t wire = 0;
  std::uint64_t value = 0;  // Of kVarint.
  Range payload{};          // Of the others.

  bool is_bytes(std::uint64_t wanted) const { return number == wanted && wire == kBytes; }
  bool is_varint(std::uint64_t wanted) const { return number == wanted && wire == kVarint; }

 private:
  static constexpr std::uint64_t kMaxFieldNumber = (1u << 29) - 1;

  static bool take_varint(std::string_view& from, std::uint64_t& value) {
    value = 0;
    for (std::size_t i = 0; i < from.size() && i < 10; ++i) {
      const auto byte = static_cast<unsigned char>(from[i]);
      value |= std::uint64_t{byte & 0x7fu} << (7 * i);
      if (byte < 0x80) {
        from.remove_prefix(i + 1);
        return true;
      }
    }
    return false;
  }

  bool broken() {
    well_formed_ = false;
    return false;
  }

  Range message_;
  std::uint64_t at_;
  int left_;
  bool well_formed_ = true;
};

bool is_text(const Range& bytes) {
  return std::ranges::all_of(bytes.head(kTextLookedAt), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7f;
  });
}

// An op's or a function's name; Python's lambdas are called "<lambda>".
bool is_identifier(const Range& bytes) {
  const std::string text = bytes.head(kTextLookedAt);
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("_.-/<>:").find(c) != std::string_view::npos;
  });
}

bool is_map_entry(const Range& entry) {
  Fields fields(entry);
  while (fields.next()) {
    if (fields.number == 1 && !(fields.is_bytes(1) && is_text(fields.payload))) return false;
    if (fields.number == 2 && !fields.is_bytes(2)) return false;
  }
  return fields.well_formed();
}

bool is_node(const Range& node) {
  if (node.empty()) return true;
  Fields fields(node);
  bool named = false;
  while (fields.next()) {
    switch (fields.number) {
      case 1:  // name
        if (!fields.is_bytes(1) || !is_text(fields.payload)) return false;
        named = true;
        break;
      case 2:  // op
        if (!fields.is_bytes(2) || !is_identifier(fields.payload)) return false;
        named = true;
        break;
      case 3:  // input
      case 4:  // device
        if (fields.wire != Fields::kBytes || !is_text(fields.payload)) return false;
        break;
      case 5:  // attr
        if (!fields.is_bytes(5) || !is_map_entry(fields.payload)) return false;
        break;
      default:
        break;
    }
  }
  return fields.well_formed() && named;
}

// An OpDef, whose first field is its name.
bool is_op(const Range& op) {
  Fields fields(op);
  return fields.next() && fields.is_bytes(1) && is_identifier(fields.payload);
}

// An OpList, or a FunctionDefLibrary's functions: messages that begin with an OpDef.
bool is_op_list(const Range& list) {
  Fields fields(list);
  while (fields.next()) {
    if (!fields.is_bytes(1) || !is_op(fields.payload)) return false;
  }
  return fields.well_formed();
}

bool is_library(const Range& library) {
  Fields fields(library);
  while (fields.next()) {
    if (fields.wire != Fields::kBytes) return false;
    if (fields.number > 2) continue;
    Fields inner(fields.payload);
    if (!inner.next() || !inner.is_bytes(1)) return false;
    if (fields.number == 1 ? !is_op(inner.payload) : !is_identifier(inner.payload)) return false;
  }
  return fields.well_formed();
}

bool is_versions(const Range& versions) {
  Fields fields(versions);
  while (fields.next()) {
    if (fields.number > 3) return false;
  }
  return fields.well_formed();
}

bool is_graph_def(const Range& graph) {
  Fields fields(graph);
  bool known = false;
  while (fields.next()) {
    switch (fields.number) {
      case 1:
        if (!fields.is_bytes(1) || !is_node(fields.payload)) return false;
        known = known || !fields.payload.empty();
        break;
      case 2:
        if (!fields.is_bytes(2) || !is_library(fields.payload)) return false;
        known = true;
        break;
      case 3:
        if (!fields.is_varint(3)) return false;
        break;
      case 4:
        if (!fields.is_bytes(4) || !is_versions(fields.payload)) return false;
        known = true;
        break;
      default:
        // A field that isn't known may follow, but says nothing by itself.
        if (!known) return false;
        break;
    }
  }
  return fields.well_formed() && known;
}

bool is_meta_info(const Range& info) {
  Fields fields(info);
  while (fields.next()) {
    switch (fields.number) {
      case 1:  // meta_graph_version
      case 4:  // tags
      case 5:  // tensorflow_version
      case 6:  // tensorflow_git_version
        if (fields.wire != Fields::kBytes || !is_text(fields.payload)) return false;
        break;
      case 2:
        if (!fields.is_bytes(2) || !is_op_list(fields.payload)) return false;
        break;
      case 3:  // any_info
      case 8:  // function_aliases
        if (fields.wire != Fields::kBytes) return false;
        break;
      case 7:  // stripped_default_attrs
        if (!fields.is_varint(7)) return false;
        break;
      default:
        break;
    }
  }
  return fields.well_formed();
}

bool has_field(const Range& message, std::uint64_t number) {
  Fields fields(message);
  while (fields.next()) {
    if (fields.number == number) return true;
  }
  return false;
}

bool is_meta_graph_def(const Range& meta_graph) {
  Fields fields(meta_graph, kMetaGraphFieldsLookedAt);
  bool known = false;
  while (fields.next()) {
    switch (fields.number) {
      case 1:
        if (!fields.is_bytes(1) || !is_meta_info(fields.payload)) return false;
        known = known || has_field(fields.payload, 2);
        break;
      case 2:
        if (!fields.is_bytes(2)) return false;
        return fields.payload.empty() || is_graph_def(fields.payload);
      case 4:  // collection_def
      case 5:  // signature_def
        if (fields.wire != Fields::kBytes || !is_map_entry(fields.payload)) return false;
        break;
      case 3:  // saver_def
      case 6:  // asset_file_def
      case 7:  // object_graph_def
        if (fields.wire != Fields::kBytes) return false;
        break;
      default:
        break;
    }
  }
  return fields.well_formed() && known;
}

bool is_saved_model(const Range& saved_model) {
  Fields fields(saved_model);
  bool has_graph = false;
  while (fields.next()) {
    if (fields.number == 1 && !fields.is_varint(1)) return false;
    if (fields.number != 2) continue;
    if (!fields.is_bytes(2) || !is_meta_graph_def(fields.payload)) return false;
    has_graph = true;
  }
  return fields.well_formed() && has_graph;
}

// ModelProto: ir_version, then the producer's name (text, where a SavedModel has a message) or the
// graph.
bool is_onnx(const Range& model) {
  Fields fields(model);
  if (!fields.next() || !fields.is_varint(1) || fields.value == 0 || fields.value > 100) {
    return false;
  }
  if (!fields.next()) return false;
  return (fields.is_bytes(2) && !fields.payload.empty() && is_identifier(fields.payload)) ||
         fields.is_bytes(7) || fields.is_bytes(8);
}

}  // namespace

Content peek_message(const RandomAccessFile& file) {
  const Range all{&file, 0, std::numeric_limits<std::uint64_t>::max()};
  if (is_saved_model(all)) return Content::kSavedModel;
  // A lone node fits both; a MetaGraphDef of TensorFlow's always has an op list, which is no node.
  if (is_graph_def(all)) return Content::kGraphDef;
  if (is_meta_graph_def(all)) return Content::kMetaGraphDef;
  return is_onnx(all) ? Content::kOnnx : Content::kUnknown;
}

}  // namespace icecore::inline v0
