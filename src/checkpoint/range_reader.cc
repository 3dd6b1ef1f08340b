#include "checkpoint/range_reader.h"

#include <algorithm>

#include "checkpoint/table_format.h"

namespace icecore::inline v0 {

bool RangeReader::take(std::uint64_t count, std::string& out) {
  while (count > 0) {
    if (at_ == piece_.size() && !refill()) return false;
    const std::size_t part = std::min<std::uint64_t>(count, piece_.size() - at_);
    out.append(piece_, at_, part);
    at_ += part;
    count -= part;
  }
  return true;
}

bool RangeReader::take_varint(std::uint64_t& value) {
  std::string bytes;
  do {
    if (bytes.size() == 10 || !take(1, bytes)) return false;
  } while (static_cast<unsigned char>(bytes.back()) >= 0x80);
  std::string_view view = bytes;
  const auto taken = v0::take_varint(view);
  if (taken) value = *taken;
  return taken.has_value();
}

bool RangeReader::refill() {
  constexpr std::uint64_t kPiece = std::uint64_t{256} << 10;
  if (left_ == 0) return false;
  piece_ = file_.read_string(offset_, std::min(kPiece, left_));
  offset_ += piece_.size();
  left_ -= piece_.size();
  at_ = 0;
  return true;
}

}  // namespace icecore::inline v0
