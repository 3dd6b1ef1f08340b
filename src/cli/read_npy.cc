#include "cli/read_npy.h"

#include <icecore/error.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "base/bools.h"
#include "base/byte_order.h"

namespace icecore::inline v0 {
namespace {

struct Header {
  std::string description;  // "<f4"
  bool fortran_order = false;
  Shape shape;
  std::uint64_t size = 0;  // Bytes before the values.
};

class NpyReader {
 public:
  NpyReader(const FileSystem& files, const std::string& path)
      : file_(files.open(path)), path_(path) {}

  Tensor read() {
    read_header();
    const std::string& description = header_.description;
    if (description.size() < 3) refuse("the dtype '" + description + "'");
    const char kind = description[1];
    if (std::string_view("fcbiuSaU").find(kind) == std::string_view::npos) {
      refuse("the dtype '" + description + "', which no tensor has");
    }
    const std::uint64_t width = number(std::string_view(description).substr(2));
    if (kind == 'S' || kind == 'a') return read_strings(width, false);
    if (kind == 'U') return read_strings(4 * width, true);
    const std::optional<DType> dtype = dtype_of_description(kind, width);
    if (!dtype) refuse("the dtype '" + description + "', which no tensor has");
    expect_values(width);
    Tensor tensor(*dtype, header_.shape);
    file_->read(header_.size, tensor.mutable_bytes());
    if (*dtype == DType::kBool) normalise_bools(tensor.mutable_bytes());
    if (description[0] == '>') swap_byte_order(tensor.mutable_bytes(), dtype_swap_unit(*dtype));
    return header_.fortran_order ? to_row_major(tensor) : tensor;
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(Code::kInvalidArgument, path_ + " is no .npy file that can be fed: it has " + what);
  }

  static std::optional<DType> dtype_of_description(char kind, std::uint64_t width) {
    switch (kind) {
      case 'f':
        return width == 2   ? std::optional(DType::kFloat16)
               : width == 4 ? std::optional(DType::kFloat32)
               : width == 8 ? std::optional(DType::kFloat64)
                            : std::nullopt;
      case 'c':
        return width == 8    ? std::optional(DType::kComplex64)
               : width == 16 ? std::optional(DType::kComplex128)
                             : std::nullopt;
      case 'b':
        return width == 1 ? std::optional(DType::kBool) : std::nullopt;
      case 'i':
        return width == 1   ? std::optional(DType::kInt8)
               : width == 2 ? std::optional(DType::kInt16)
               : width == 4 ? std::optional(DType::kInt32)
               : width == 8 ? std::optional(DType::kInt64)
                            : std::nullopt;
      case 'u':
        return width == 1   ? std::optional(DType::kUInt8)
               : width == 2 ? std::optional(DType::kUInt16)
               : width == 4 ? std::optional(DType::kUInt32)
               : width == 8 ? std::optional(DType::kUInt64)
                            : std::nullopt;
      default:
        return std::nullopt;
    }
  }

  std::uint64_t number(std::string_view text) const {
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    constexpr std::uint64_t kLargest = std::uint64_t{1} << 40;
    if (failure != std::errc() || end != text.data() + text.size() || value > kLargest) {
      refuse("the number '" + std::string(text) + "' in its header");
    }
    return value;
  }

  void read_header() {
    constexpr std::uint64_t kPrefix = 10;
    constexpr std::uint64_t kLongest = 1 << 20;
    const std::string start =
        file_->read_string(0, std::min<std::uint64_t>(file_->size(), kPrefix + 2));
    if (start.size() < kPrefix || !start.starts_with("\x93NUMPY")) refuse("other first bytes");
    const int version = static_cast<std::uint8_t>(start[6]);
    if (version < 1 || version > 3) refuse("version " + std::to_string(version));
    std::uint64_t length = static_cast<std::uint8_t>(start[8]);
    length |= std::uint64_t{static_cast<std::uint8_t>(start[9])} << 8;
    std::uint64_t begin = kPrefix;
    if (version > 1) {
      begin = kPrefix + 2;
      if (start.size() < begin) refuse("no header");
      length |= std::uint64_t{static_cast<std::uint8_t>(start[10])} << 16;
      length |= std::uint64_t{static_cast<std::uint8_t>(start[11])} << 24;
    }
    if (length > kLongest || length > file_->size() - begin) refuse("a header that is cut short");
    const std::string text = file_->read_string(begin, length);
    header_.size = begin + length;
    header_.description = quoted(value_of(text, "descr"));
    header_.fortran_order = value_of(text, "fortran_order").starts_with("True");
    parse_shape(value_of(text, "shape"));
  }

  // What stands behind 'key':.
  std::string_view value_of(std::string_view text, std::string_view key) const {
    const std::size_t at = text.find("'" + std::string(key) + "'");
    const std::size_t colon = at == std::string_view::npos ? at : text.find(':', at);
    if (colon == std::string_view::npos) refuse("no '" + std::string(key) + "' in its header");
    text.remove_prefix(colon + 1);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    return text;
  }

  std::string quoted(std::string_view text) const {
    const std::size_t end = text.size() < 2 ? std::string_view::npos : text.find(text[0], 1);
    if ((!text.starts_with('\'') && !text.starts_with('"')) || end == std::string_view::npos) {
      refuse("a structured dtype");
    }
    return std::string(text.substr(1, end - 1));
  }

  void parse_shape(std::string_view text) {
    const std::size_t end = text.find(')');
    if (!text.starts_with('(') || end == std::string_view::npos) refuse("no shape");
    text = text.substr(1, end - 1);
    std::vector<std::int64_t> dims;
    while (!text.empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      std::string_view item = text.substr(0, comma);
      while (item.starts_with(' ')) item.remove_prefix(1);
      while (item.ends_with(' ') || item.ends_with('L')) item.remove_suffix(1);
      if (!item.empty()) dims.push_back(static_cast<std::int64_t>(number(item)));
      text.remove_prefix(std::min(comma + 1, text.size()));
    }
    header_.shape = Shape(dims);
  }

  // That the file has exactly the values' bytes.
  void expect_values(std::uint64_t width) const {
    const std::optional<std::int64_t> count = header_.shape.num_elements();
    const std::uint64_t there = file_->size() - header_.size;
    std::uint64_t wanted = 0;
    if (!count || __builtin_mul_overflow(static_cast<std::uint64_t>(*count), width, &wanted) ||
        wanted != there) {
      throw Error(Code::kDataLoss, path_ + " says it has values of shape " +
                                       to_string(header_.shape) + ", but " + std::to_string(there) +
                                       " bytes follow");
    }
  }

  Tensor read_strings(std::uint64_t width, bool text) {
    expect_values(width);
    if (header_.fortran_order && header_.shape.rank() > 1) {
      refuse("strings in Fortran order: save it in C order");
    }
    Tensor tensor(DType::kString, header_.shape);
    const std::string bytes = file_->read_string(header_.size, file_->size() - header_.size);
    std::size_t at = 0;
    for (std::string& item : tensor.mutable_strings()) {
      item = text ? utf8_of(std::string_view(bytes).substr(at, width)) : bytes.substr(at, width);
      item.resize(item.find_last_not_of('\0') + 1);
      at += width;
    }
    return tensor;
  }

  // Of UCS-4 in the file's byte order.
  std::string utf8_of(std::string_view units) const {
    std::string text;
    for (std::size_t i = 0; i + 4 <= units.size(); i += 4) {
      std::uint32_t code = 0;
      for (std::size_t k = 0; k < 4; ++k) {
        const std::size_t from = header_.description[0] == '>' ? 3 - k : k;
        code |= std::uint32_t{static_cast<std::uint8_t>(units[i + from])} << (8 * k);
      }
      if (code < 0x80) {
        text += static_cast<char>(code);
      } else if (code < 0x800) {
        text += static_cast<char>(0xc0 | code >> 6);
        text += static_cast<char>(0x80 | (code & 0x3f));
      } else if (code < 0x10000) {
        text += static_cast<char>(0xe0 | code >> 12);
        text += static_cast<char>(0x80 | (code >> 6 & 0x3f));
        text += static_cast<char>(0x80 | (code & 0x3f));
      } else {
        text += static_cast<char>(0xf0 | (code >> 18 & 7));
        text += static_cast<char>(0x80 | (code >> 12 & 0x3f));
        text += static_cast<char>(0x80 | (code >> 6 & 0x3f));
        text += static_cast<char>(0x80 | (code & 0x3f));
      }
    }
    return text;
  }

  // Values whose first index runs fastest, in the order of tensors.
  static Tensor to_row_major(const Tensor& columns) {
    Tensor rows(columns.dtype(), columns.shape());
    const std::size_t size = dtype_size(columns.dtype());
    const std::span<const std::int64_t> dims = columns.shape().dims();
    std::vector<std::int64_t> index(dims.size());
    const std::byte* from = columns.bytes().data();
    std::byte* to = rows.mutable_bytes().data();
    for (std::int64_t i = 0; i < columns.num_elements(); ++i) {
      std::int64_t offset = 0;
      for (std::size_t d = dims.size(); d-- > 0;) offset = offset * dims[d] + index[d];
      std::memcpy(to + static_cast<std::size_t>(i) * size,
                  from + static_cast<std::size_t>(offset) * size, size);
      for (std::size_t d = dims.size(); d-- > 0;) {
        if (++index[d] < dims[d]) break;
        index[d] = 0;
      }
    }
    return rows;
  }

  std::unique_ptr<RandomAccessFile> file_;
  std::string path_;
  Header header_;
};

}  // namespace

Tensor read_npy(const FileSystem& files, const std::string& path) {
  return NpyReader(files, path).read();
}

}  // namespace icecore::inline v0
