#include "locate/file_name.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "io/atomic_file.h"

namespace icecore::inline v0 {
namespace {

constexpr std::string_view kDigits = "0123456789";
// Shards are numbered with at least five digits.
constexpr std::size_t kShardDigits = 5;
constexpr std::string_view kAnyShard = "?????";

// Takes the digits that `text` ends with off it; nothing where there are fewer than five.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  const std::size_t before = text.find_last_not_of(kDigits);
  const std::string_view digits = text.substr(before == std::string_view::npos ? 0 : before + 1);
  std::uint32_t number = 0;
  if (digits.size() < kShardDigits ||
      std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc()) {
    return std::nullopt;
  }
  text.remove_suffix(digits.size());
  return number;
}

bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

std::string five_digits(std::uint32_t number) {
  const std::string digits = std::to_string(number);
  return std::string(kShardDigits - std::min(kShardDigits, digits.size()), '0') + digits;
}

// Icecore's own; "….tempstate123456" of TensorFlow's table writers, "….tmp" and 32 hex digits of
// its Python.
bool is_temporary(std::string_view path) {
  if (is_temporary_name(path)) return true;
  const std::size_t state = path.rfind(".tempstate");
  if (state != std::string_view::npos) {
    return path.substr(state + 10).find_first_not_of(kDigits) == std::string_view::npos;
  }
  constexpr std::size_t kHexDigits = 32;
  const std::size_t tmp = path.rfind(".tmp");
  return tmp != std::string_view::npos && path.size() - tmp == 4 + kHexDigits &&
         path.substr(tmp + 4).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

FileName parse_file_name(const std::string& path) {
  if (is_temporary(path)) return {FileRole::kTemporary, path};
  std::string_view rest = path;
  if (take_suffix(rest, ".index")) return {FileRole::kIndex, std::string(rest)};
  if (take_suffix(rest, ".meta")) return {FileRole::kMeta, std::string(rest)};
  const auto shards = take_number(rest);
  if (!shards || *shards == 0 || !take_suffix(rest, "-of-")) return {FileRole::kOther, path};
  if (take_suffix(rest, kAnyShard) && take_suffix(rest, "-")) {
    return {FileRole::kShardPattern, std::string(rest), 0, *shards};
  }
  const auto shard = take_number(rest);
  if (!shard || *shard >= *shards) return {FileRole::kOther, path};
  if (take_suffix(rest, ".data-")) return {FileRole::kData, std::string(rest), *shard, *shards};
  if (!take_suffix(rest, "-")) return {FileRole::kOther, path};
  return {FileRole::kV1Shard, std::string(rest), *shard, *shards};
}

std::string data_file_name(const std::string& prefix, std::uint32_t shard, std::uint32_t shards) {
  return prefix + ".data-" + five_digits(shard) + "-of-" + five_digits(shards);
}

std::string v1_shard_name(const std::string& prefix, std::uint32_t shard, std::uint32_t shards) {
  return prefix + "-" + five_digits(shard) + "-of-" + five_digits(shards);
}

std::string v1_shard_pattern(const std::string& prefix, std::uint32_t shards) {
  return prefix + "-" + std::string(kAnyShard) + "-of-" + five_digits(shards);
}

StemAndStep split_step(const std::string& prefix) {
  const std::size_t before = prefix.find_last_not_of(kDigits);
  if (before == std::string::npos || before + 1 == prefix.size() || prefix[before] != '-') {
    return {prefix, std::nullopt};
  }
  const std::size_t number = before > 0 && prefix[before - 1] == '-' ? before : before + 1;
  std::int64_t step = 0;
  const char* const end = prefix.data() + prefix.size();
  if (std::from_chars(prefix.data() + number, end, step).ec != std::errc()) {
    return {prefix, std::nullopt};
  }
  return {prefix.substr(0, number - 1), step};
}

}  // namespace icecore::inline v0
