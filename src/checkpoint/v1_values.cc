#include "checkpoint/v1_values.h"

#include <icecore/error.h>

#include <cstring>
#include <limits>
#include <optional>

#include "checkpoint/table_format.h"
#include "proto/cursor.h"
#include "proto/fields.h"

namespace icecore::inline v0 {
namespace {

// How a dtype's values stand in a TensorProto.
struct Storage {
  std::uint32_t field;
  WireType wire_type;
  std::size_t width;  // Bytes of one number on the wire, where it is fixed.
};

std::optional<Storage> storage_of(DType dtype) {
  switch (dtype) {
    case DType::kFloat32:
      return Storage{pb::TensorProto::float_val, WireType::kFixed32, 4};
    case DType::kFloat64:
      return Storage{pb::TensorProto::double_val, WireType::kFixed64, 8};
    case DType::kComplex64:  // Real and imaginary parts in turn.
      return Storage{pb::TensorProto::scomplex_val, WireType::kFixed32, 4};
    case DType::kComplex128:
      return Storage{pb::TensorProto::dcomplex_val, WireType::kFixed64, 8};
    case DType::kInt8:
    case DType::kInt16:
    case DType::kInt32:
    case DType::kUInt8:
    case DType::kUInt16:
    case DType::kQInt8:
    case DType::kQUInt8:
    case DType::kQInt32:
      return Storage{pb::TensorProto::int_val, WireType::kVarint, 1};
    case DType::kInt64:
      return Storage{pb::TensorProto::int64_val, WireType::kVarint, 1};
    case DType::kBool:
      return Storage{pb::TensorProto::bool_val, WireType::kVarint, 1};
    case DType::kFloat16:
      return Storage{pb::TensorProto::half_val, WireType::kVarint, 1};
    default:
      return std::nullopt;
  }
}

[[noreturn]] void wrong_count() {
  throw Error(Code::kDataLoss, "its values are not as many as its slice has elements");
}

// Appends numbers to a buffer that must be filled exactly.
class Filler {
 public:
  Filler(DType dtype, std::span<std::byte> out) : dtype_(dtype), out_(out) {}

  void copy(std::string_view bytes) {
    if (bytes.size() > out_.size() - at_) wrong_count();
    if (!bytes.empty()) std::memcpy(out_.data() + at_, bytes.data(), bytes.size());
    at_ += bytes.size();
  }

  void varint(std::uint64_t value) {
    const auto number = static_cast<std::int64_t>(value);
    switch (dtype_) {
      case DType::kInt8:
      case DType::kQInt8:
        return put<std::int8_t>(number);
      case DType::kUInt8:
      case DType::kQUInt8:
        return put<std::uint8_t>(number);
      case DType::kInt16:
        return put<std::int16_t>(number);
      case DType::kUInt16:
      case DType::kFloat16:
        return put<std::uint16_t>(number);
      case DType::kInt32:
      case DType::kQInt32:
        return put<std::int32_t>(number);
      case DType::kBool:
        return put<std::uint8_t>(value != 0);
      default:
        return put<std::int64_t>(number);
    }
  }

  void finish() const {
    if (at_ != out_.size()) wrong_count();
  }

 private:
  template <typename T>
  void put(std::int64_t number) {
    if (number < std::int64_t{std::numeric_limits<T>::min()} ||
        number > std::int64_t{std::numeric_limits<T>::max()}) {
      throw Error(Code::kDataLoss,
                  "the value " + std::to_string(number) + " is none of " + to_string(dtype_));
    }
    const T value = static_cast<T>(number);
    copy({reinterpret_cast<const char*>(&value), sizeof value});
  }

  DType dtype_;
  std::span<std::byte> out_;
  std::size_t at_ = 0;
};

void fill_packed(std::string_view packed, const Storage& storage, Filler& filler) {
  if (storage.wire_type != WireType::kVarint) {
    filler.copy(packed);
    return;
  }
  while (!packed.empty()) {
    const auto value = take_varint(packed);
    if (!value) throw Error(Code::kDataLoss, "a value is cut short");
    filler.varint(*value);
  }
}

void fill_one(Cursor& c, const Storage& storage, Filler& filler) {
  if (storage.wire_type == WireType::kVarint) {
    filler.varint(c.varint());
  } else if (storage.wire_type == WireType::kFixed32) {
    const std::uint32_t bits = c.fixed32();
    filler.copy({reinterpret_cast<const char*>(&bits), sizeof bits});
  } else {
    const std::uint64_t bits = c.fixed64();
    filler.copy({reinterpret_cast<const char*>(&bits), sizeof bits});
  }
}

}  // namespace

std::uint64_t least_v1_size(DType dtype, std::uint64_t elements) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t each = 2;  // A string's tag and length.
  if (dtype != DType::kString) {
    const auto storage = storage_of(dtype);
    if (!storage) {
      throw Error(Code::kUnimplemented,
                  "V1 checkpoints have no values of dtype " + to_string(dtype));
    }
    const bool is_complex = dtype == DType::kComplex64 || dtype == DType::kComplex128;
    each = storage->width * (is_complex ? 2 : 1);
  }
  return elements > kMost / each ? kMost : elements * each;
}

void decode_v1_values(std::string_view message, DType dtype, std::span<std::byte> out) {
  const auto storage = storage_of(dtype);
  if (!storage) {
    throw Error(Code::kUnimplemented, "V1 checkpoints have no values of dtype " + to_string(dtype));
  }
  Filler filler(dtype, out);
  for (Cursor c(message); c.next();) {
    if (c.field() != storage->field) continue;
    if (c.wire_type() == WireType::kBytes) {
      fill_packed(c.text(), *storage, filler);
    } else {
      fill_one(c, *storage, filler);
    }
  }
  filler.finish();
}

void decode_v1_strings(std::string_view message, std::span<std::string> out) {
  std::size_t count = 0;
  for (Cursor c(message); c.next();) {
    if (c.field() != pb::TensorProto::string_val) continue;
    if (count == out.size()) wrong_count();
    out[count++] = c.text();
  }
  if (count != out.size()) wrong_count();
}

V1StringSizes v1_string_sizes(std::string_view message) {
  V1StringSizes sizes;
  for (Cursor c(message); c.next();) {
    if (c.field() != pb::TensorProto::string_val) continue;
    ++sizes.count;
    sizes.bytes += c.text().size();
  }
  return sizes;
}

}  // namespace icecore::inline v0
