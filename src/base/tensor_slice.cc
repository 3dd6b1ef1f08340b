#include <icecore/error.h>
#include <icecore/tensor_slice.h>

#include <algorithm>
#include <charconv>

namespace icecore::inline v0 {
namespace {

[[noreturn]] void malformed(std::string_view text, const char* wanted) {
  throw Error(Code::kInvalidArgument, "\"" + std::string(text) + "\" is no " + wanted);
}

// A whole non-negative decimal number.
std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

}  // namespace

TensorSlice TensorSlice::full(int rank) {
  return TensorSlice(std::vector<Extent>(static_cast<std::size_t>(rank)));
}

TensorSlice TensorSlice::parse(std::string_view text) {
  static constexpr const char* kWanted = "slice (wanted: \"start,length\" or \"-\", joined by ':')";
  std::vector<Extent> extents;
  if (text.empty()) return TensorSlice();
  for (const std::string_view part : split(text, ':')) {
    if (part == "-") {
      extents.emplace_back();
      continue;
    }
    const std::vector<std::string_view> numbers = split(part, ',');
    if (numbers.size() != 2) malformed(text, kWanted);
    const auto start = parse_number(numbers[0]);
    const auto length = parse_number(numbers[1]);
    if (!start || !length || *length == 0) malformed(text, kWanted);
    extents.push_back({*start, *length});
  }
  return TensorSlice(std::move(extents));
}

bool TensorSlice::is_full() const {
  return std::all_of(extents_.begin(), extents_.end(), [](const Extent& e) { return e.is_full(); });
}

Shape TensorSlice::apply(const Shape& full) const {
  if (!full.is_fully_defined() || full.rank() != static_cast<int>(extents_.size())) {
    throw Error(Code::kInvalidArgument, "the slice " + to_string(*this) +
                                            " doesn't fit a tensor of shape " + to_string(full));
  }
  std::vector<std::int64_t> dims;
  for (int i = 0; i < full.rank(); ++i) {
    const Extent& extent = extents_[static_cast<std::size_t>(i)];
    if (extent.is_full()) {
      dims.push_back(full.dim(i));
      continue;
    }
    if (extent.start < 0 || extent.length < 0 || extent.start > full.dim(i) ||
        extent.length > full.dim(i) - extent.start) {
      throw Error(Code::kInvalidArgument,
                  "the slice " + to_string(*this) + " leaves a tensor of shape " + to_string(full));
    }
    dims.push_back(extent.length);
  }
  return Shape(dims);
}

std::optional<TensorSlice> TensorSlice::intersect(const TensorSlice& other,
                                                  const Shape& full) const {
  const Shape mine = apply(full);
  const Shape theirs = other.apply(full);
  std::vector<Extent> common;
  for (int i = 0; i < full.rank(); ++i) {
    const auto index = static_cast<std::size_t>(i);
    const std::int64_t my_start = extents_[index].start;
    const std::int64_t their_start = other.extents_[index].start;
    const std::int64_t start = std::max(my_start, their_start);
    const std::int64_t end = std::min(my_start + mine.dim(i), their_start + theirs.dim(i));
    if (end <= start) return std::nullopt;
    common.push_back({start, end - start});
  }
  return TensorSlice(std::move(common));
}

std::string to_string(const TensorSlice& slice) {
  std::string text;
  for (const TensorSlice::Extent& extent : slice.extents()) {
    if (!text.empty()) text += ':';
    if (extent.is_full()) {
      text += '-';
    } else {
      text += std::to_string(extent.start) + "," + std::to_string(extent.length);
    }
  }
  return text;
}

ShapeAndSlice ShapeAndSlice::parse(std::string_view text) {
  static constexpr const char* kWanted =
      "shape and slice (wanted: dimensions separated by blanks, a blank, a slice)";
  std::vector<std::string_view> words = split(text, ' ');
  const std::string_view slice = words.back();
  words.pop_back();
  std::vector<std::int64_t> dims;
  for (const std::string_view word : words) {
    const auto dim = parse_number(word);
    if (!dim) malformed(text, kWanted);
    dims.push_back(*dim);
  }
  ShapeAndSlice result{Shape(dims), TensorSlice::parse(slice)};
  result.slice.apply(result.full_shape);  // Refuses a slice that doesn't fit.
  return result;
}

}  // namespace icecore::inline v0
