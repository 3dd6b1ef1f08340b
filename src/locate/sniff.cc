#include "locate/sniff.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/byte_order.h"
#include "base/crc32c.h"
#include "locate/wire_peek.h"
#include "proto/utf8.h"

namespace icecore::inline v0 {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::uint64_t kHeadBytes = 4096;
constexpr std::uint64_t kTailBytes = 4096;

// docs/formats.md, "Tables": the last eight bytes of the footer.
constexpr std::string_view kTableMagic = "\x57\xfb\x80\x8b\x24\x75\x47\xdb"sv;
constexpr std::uint64_t kFooterBytes = 48;

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  Content content;
};

constexpr Magic kMagics[] = {
    {0, "version https://git-lfs.github.com/"sv, Content::kGitLfsPointer},
    {0, "/annex/objects/"sv, Content::kGitAnnexPointer},
    {0, "\x89HDF\r\n\x1a\n"sv, Content::kHdf5},
    // The number that torch.save of before 1.6 pickles first.
    {0, "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."sv, Content::kPyTorchPickle},
    {0, "\x93NUMPY"sv, Content::kNumpy},
    {4, "TFL3"sv, Content::kTfLite},
    {0, "\x1f\x8b\x08"sv, Content::kGzip},
    {257, "ustar"sv, Content::kTar},
    {0, "BZh"sv, Content::kArchive},
    {0, "\xfd\x37zXZ\0"sv, Content::kArchive},
    {0, "\x28\xb5\x2f\xfd"sv, Content::kArchive},
    {0, "7z\xbc\xaf\x27\x1c"sv, Content::kArchive},
    {0, "Rar!\x1a\x07"sv, Content::kArchive},
};

bool holds(std::string_view bytes, std::size_t offset, std::string_view wanted) {
  return bytes.size() >= offset && bytes.substr(offset).starts_with(wanted);
}

bool contains(std::string_view bytes, std::string_view wanted) {
  return bytes.find(wanted) != std::string_view::npos;
}

// A varint32 at the front of `bytes`, taken off it.
bool take_varint(std::string_view& bytes, std::uint32_t& value) {
  value = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(bytes.size(), 5); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    value |= (byte & 0x7fu) << (7 * i);
    if (byte < 0x80) {
      bytes.remove_prefix(i + 1);
      return true;
    }
  }
  return false;
}

// The first entry of both of TensorFlow's tables has the empty key; its value is a
// SavedTensorSlices (V1) or a BundleHeaderProto (V2).
TableKind kind_of_first_entry(std::string_view block) {
  std::uint32_t length = 0;
  if (!block.starts_with("\0\0"sv)) return TableKind::kOther;
  block.remove_prefix(2);
  if (!take_varint(block, length) || length == 0 || block.empty()) return TableKind::kOther;
  switch (block.front()) {
    case 0x0a:  // meta
      return TableKind::kV1;
    case 0x08:  // num_shards
    case 0x10:  // endianness
    case 0x1a:  // version
      return TableKind::kV2Index;
    default:
      return TableKind::kOther;
  }
}

TableKind kind_of_table(std::string_view head) {
  const TableKind plain = kind_of_first_entry(head);
  if (plain != TableKind::kOther) return plain;
  // A Snappy block: the length, then a literal, whose tag says how many bytes its length takes.
  std::uint32_t length = 0;
  if (!take_varint(head, length) || head.empty()) return TableKind::kOther;
  const auto tag = static_cast<unsigned char>(head.front());
  constexpr unsigned kLongLiteral = 60;
  const std::size_t skip = tag >> 2 < kLongLiteral ? 1 : (tag >> 2) - kLongLiteral + 2;
  if ((tag & 3) != 0 || head.size() < skip) return TableKind::kOther;
  return kind_of_first_entry(head.substr(skip));
}

// Length, its masked CRC-32C, data, another CRC.
bool is_tf_record(std::string_view head) {
  if (head.size() < 12) return false;
  const auto length = std::as_bytes(std::span(head.data(), 8));
  return crc32c_mask(crc32c(length)) == load_u32(head.data() + 8);
}

bool is_safetensors(std::string_view head, std::uint64_t size) {
  if (head.size() < 10 || head[8] != '{') return false;
  const std::uint64_t length = load_u64(head.data());
  return length >= 2 && length <= size - 8;
}

bool is_pickle(std::string_view head) {
  // PROTO, then an opcode of what torch.save, pickle.dump and joblib begin with.
  return head.size() >= 3 && head[0] == '\x80' && head[1] >= 2 && head[1] <= 5 &&
         contains("}](\x95\x8a\x8cKMXcU)NG"sv, head.substr(2, 1));
}

Content kind_of_zip(std::string_view head, std::string_view tail) {
  // Members are named in their own headers and again in the directory at the end.
  const auto has = [&](std::string_view name) {
    return contains(head, name) || contains(tail, name);
  };
  if (has("/data.pkl") || has("/.data/serialization_id")) return Content::kPyTorchZip;
  if (has("model.weights.h5")) return Content::kKerasZip;
  if (has(".npy")) return Content::kNpz;
  return Content::kZip;
}

// Of a file's head, which may end within a character.
bool is_text(std::string_view text) {
  if (text.size() == kHeadBytes) {
    const auto is_continuation = [](char c) { return (c & 0xc0) == 0x80; };
    for (int i = 0; i < 3 && is_continuation(text.back()); ++i) text.remove_suffix(1);
    if (static_cast<unsigned char>(text.back()) >= 0xc0) text.remove_suffix(1);
  }
  return is_utf8(text) && std::ranges::all_of(text, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return (byte >= 0x20 && byte != 0x7f) || contains("\t\n\r\f"sv, {&c, 1});
         });
}

// Blanks, and comments of the text format.
std::string_view without_leading_blanks(std::string_view text, bool comments) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f"), text.size()));
    if (!comments || !text.starts_with('#')) return text;
    text.remove_prefix(std::min(text.find('\n'), text.size()));
  }
}

bool starts_with_tag(std::string_view text, std::string_view tag) {
  return std::ranges::equal(text.substr(0, tag.size()), tag, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
}

struct TextField {
  std::string_view name;
  Content content;
};

constexpr TextField kTextFields[] = {
    {"node", Content::kTextGraph},
    {"library", Content::kTextGraph},
    {"versions", Content::kTextGraph},
    {"version", Content::kTextGraph},
    {"meta_info_def", Content::kTextMetaGraph},
    {"graph_def", Content::kTextMetaGraph},
    {"saver_def", Content::kTextMetaGraph},
    {"collection_def", Content::kTextMetaGraph},
    {"signature_def", Content::kTextMetaGraph},
    {"asset_file_def", Content::kTextMetaGraph},
    {"object_graph_def", Content::kTextMetaGraph},
    {"saved_model_schema_version", Content::kTextSavedModel},
    {"meta_graphs", Content::kTextSavedModel},
    {"model_checkpoint_path", Content::kStateFile},
    {"all_model_checkpoint_paths", Content::kStateFile},
    {"all_model_checkpoint_timestamps", Content::kStateFile},
    {"last_preserved_timestamp", Content::kStateFile},
};

// What the first field of a message in text format says, or kPlainText.
Content kind_of_text(std::string_view text) {
  const std::string_view markup = without_leading_blanks(text, false);
  for (const auto tag : {"<!doctype html"sv, "<html"sv, "<head"sv, "<body"sv}) {
    if (starts_with_tag(markup, tag)) return Content::kHtml;
  }
  if (markup.starts_with("<?xml"))
    return contains(markup, "<html") ? Content::kHtml : Content::kXml;

  const std::string_view field = without_leading_blanks(text, true);
  const std::string_view name =
      field.substr(0, field.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"));
  const std::string_view rest = without_leading_blanks(field.substr(name.size()), true);
  const auto* found = std::ranges::find(kTextFields, name, &TextField::name);
  if (found == std::end(kTextFields) || rest.empty() || !contains("{:<", rest.substr(0, 1))) {
    return Content::kPlainText;
  }
  return found->content;
}

std::optional<std::uint64_t> size_in_lfs_pointer(std::string_view text) {
  constexpr std::string_view kSize = "\nsize ";
  const std::size_t at = text.find(kSize);
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + kSize.size());
  std::uint64_t size = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), size);
  return read.ec == std::errc() ? std::optional(size) : std::nullopt;
}

Content kind_of(const RandomAccessFile& file, std::string_view head, std::string_view tail) {
  if (file.size() == 0) return Content::kEmpty;
  // The magic at the end first: a table's first bytes may be anything.
  if (file.size() >= kFooterBytes && tail.ends_with(kTableMagic)) return Content::kTable;
  for (const Magic& magic : kMagics) {
    if (holds(head, magic.offset, magic.bytes)) return magic.content;
  }
  if (head.starts_with("PK\3\4") || head.starts_with("PK\5\6")) return kind_of_zip(head, tail);
  const auto is_zero = [](char c) { return c == 0; };
  if (std::ranges::all_of(head, is_zero) && std::ranges::all_of(tail, is_zero)) {
    return Content::kZeros;
  }
  if (is_tf_record(head)) return Content::kTfRecord;
  if (is_safetensors(head, file.size())) return Content::kSafetensors;
  if (is_pickle(head)) return Content::kPickle;
  if (kind_of_table(head) != TableKind::kOther) return Content::kCutTable;
  const Content message = peek_message(file);
  if (message != Content::kUnknown) return message;
  return is_text(head) ? kind_of_text(head) : Content::kUnknown;
}

}  // namespace

Sniffed sniff(const RandomAccessFile& file) {
  Sniffed sniffed;
  sniffed.size = file.size();
  const std::string head = file.read_string(0, std::min(kHeadBytes, file.size()));
  const std::uint64_t tail_size = std::min(kTailBytes, file.size());
  const std::string tail = file.read_string(file.size() - tail_size, tail_size);
  sniffed.content = kind_of(file, head, tail);
  sniffed.first_bytes = head.substr(0, 8);
  if (sniffed.content == Content::kTable || sniffed.content == Content::kCutTable) {
    sniffed.table = kind_of_table(head);
  }
  if (sniffed.content == Content::kGitLfsPointer) {
    sniffed.expected_size = size_in_lfs_pointer(head);
  }
  return sniffed;
}

Sniffed sniff(const FileSystem& files, const std::string& path) {
  return sniff(*files.open(path));
}

bool is_graph(Content content) {
  switch (content) {
    case Content::kGraphDef:
    case Content::kMetaGraphDef:
    case Content::kSavedModel:
    case Content::kTextGraph:
    case Content::kTextMetaGraph:
    case Content::kTextSavedModel:
      return true;
    default:
      return false;
  }
}

}  // namespace icecore::inline v0
