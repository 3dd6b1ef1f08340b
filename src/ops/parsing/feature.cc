#include "ops/parsing/feature.h"

#include <icecore/error.h>

#include <cstring>

#include "proto/cursor.h"

namespace icecore::inline v0 {
namespace {

// The numbers of fields in tensorflow/core/example's messages: Example.features, Features.feature
// (a map's entries), Feature.bytes_list and its fellows, and all lists' value.
constexpr std::uint32_t kFirst = 1, kMapValue = 2;
constexpr std::uint32_t kBytesList = 1, kFloatList = 2, kInt64List = 3;

void add_entry(std::string_view entry, Features& features) {
  std::string_view name, feature;
  for (Cursor c(entry); c.next();) {
    if (c.field() == kFirst) name = c.text();
    if (c.field() == kMapValue) feature = c.text();
  }
  features.insert_or_assign(name, feature);
}

[[noreturn]] void damaged() {
  throw Error(Code::kDataLoss, "a list of numbers ends within a number");
}

// Packed numbers stand one behind the other, without tags.
void add_packed_floats(std::string_view packed, std::vector<float>& values) {
  if (packed.size() % sizeof(float) != 0) damaged();
  const std::size_t before = values.size();
  values.resize(before + packed.size() / sizeof(float));
  if (!packed.empty()) std::memcpy(values.data() + before, packed.data(), packed.size());
}

void add_packed_ints(std::string_view packed, std::vector<std::int64_t>& values) {
  std::uint64_t value = 0;
  int shift = 0;
  for (const char c : packed) {
    const auto byte = static_cast<unsigned char>(c);
    if (shift > 63) damaged();
    value |= std::uint64_t{byte & 0x7fU} << shift;
    shift += 7;
    if ((byte & 0x80) != 0) continue;
    values.push_back(static_cast<std::int64_t>(value));
    value = 0;
    shift = 0;
  }
  if (shift != 0) damaged();
}

void add_values(Cursor& c, Feature& feature) {
  const bool packed = c.wire_type() == WireType::kBytes;
  if (feature.dtype == DType::kString) {
    feature.strings.emplace_back(c.text());
  } else if (feature.dtype == DType::kFloat32) {
    packed ? add_packed_floats(c.text(), feature.floats) : feature.floats.push_back(c.float32());
  } else {
    packed ? add_packed_ints(c.text(), feature.ints) : feature.ints.push_back(c.int64());
  }
}

}  // namespace

Features features_of(std::string_view example) {
  Features features;
  for (Cursor c(example); c.next();) {
    if (c.field() != kFirst) continue;
    for (Cursor map(c.text()); map.next();) {
      if (map.field() == kFirst) add_entry(map.text(), features);
    }
  }
  return features;
}

Feature decode_feature(std::string_view encoded) {
  Feature feature;
  for (Cursor c(encoded); c.next();) {
    const std::uint32_t kind = c.field();
    if (kind < kBytesList || kind > kInt64List) continue;
    const DType dtype = kind == kBytesList   ? DType::kString
                        : kind == kFloatList ? DType::kFloat32
                                             : DType::kInt64;
    if (dtype != feature.dtype) feature = {};
    feature.dtype = dtype;
    for (Cursor list(c.text()); list.next();) {
      if (list.field() == kFirst) add_values(list, feature);
    }
  }
  return feature;
}

}  // namespace icecore::inline v0
