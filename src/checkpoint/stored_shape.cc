#include "checkpoint/stored_shape.h"

#include <icecore/error.h>

#include <vector>

#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/packed.h"
#include "proto/shape_message.h"

namespace icecore::inline v0 {
namespace {

constexpr int kMaxRank = 254;
// TF_CHECKPOINT_VERSION of TensorFlow 1.15.5 and 2.21.
constexpr std::int32_t kVersion = 1;

TensorSlice::Extent parse_extent(std::string_view message) {
  TensorSlice::Extent extent;
  bool has_length = false;
  for (Cursor c(message); c.next();) {
    switch (c.field()) {
      case pb::TensorSliceProto_Extent::start:
        extent.start = c.int64();
        break;
      case pb::TensorSliceProto_Extent::length:
        extent.length = c.int64();
        has_length = true;
        break;
    }
  }
  if (extent.start < 0 || (has_length && extent.length < 0) || (!has_length && extent.start != 0)) {
    throw Error(Code::kDataLoss, "a slice has the impossible extent " +
                                     std::to_string(extent.start) + "," +
                                     std::to_string(extent.length));
  }
  return extent;
}

}  // namespace

Shape parse_stored_shape(std::string_view message) {
  Shape shape = decode_shape(message);
  if (!shape.is_fully_defined()) {
    throw Error(Code::kDataLoss, "its shape " + to_string(shape) + " isn't fully defined");
  }
  if (shape.rank() > kMaxRank) {
    throw Error(Code::kDataLoss, "its shape has " + std::to_string(shape.rank()) +
                                     " dimensions, more than TensorFlow's " +
                                     std::to_string(kMaxRank));
  }
  return shape;
}

TensorSlice parse_slice(std::string_view message) {
  std::vector<TensorSlice::Extent> extents;
  for (Cursor c(message); c.next();) {
    if (c.field() == pb::TensorSliceProto::extent) extents.push_back(parse_extent(c.text()));
  }
  return TensorSlice(std::move(extents));
}

void check_versions(std::string_view message, const std::string& file) {
  std::int32_t min_consumer = 0;
  bool bad = false;
  const auto bad_consumer = [&](std::int64_t version) { bad = bad || version == kVersion; };
  for (Cursor c(message); c.next();) {
    switch (c.field()) {
      case pb::VersionDef::min_consumer:
        min_consumer = c.int32();
        break;
      case pb::VersionDef::bad_consumers:
        if (c.wire_type() == WireType::kVarint) {
          bad_consumer(c.int64());
        } else {
          for_each_packed(
              Span::of(std::string(c.text())), WireType::kVarint,
              [&](std::uint64_t value) { bad_consumer(static_cast<std::int64_t>(value)); });
        }
        break;
    }
  }
  if (min_consumer > kVersion) {
    throw Error(Code::kInvalidArgument, file + ": Checkpoint min consumer version " +
                                            std::to_string(min_consumer) +
                                            " above current version " + std::to_string(kVersion) +
                                            ": it was written for a later reader");
  }
  if (bad) {
    throw Error(Code::kInvalidArgument, file + ": Checkpoint disallows consumer version " +
                                            std::to_string(kVersion) +
                                            ": its writer says that readers of that version get "
                                            "it wrong");
  }
}

DType parse_stored_dtype(std::int64_t number) {
  const auto known =
      number > static_cast<std::int64_t>(DType::kUInt64) ? std::nullopt : dtype_of_number(number);
  if (!known || *known == DType::kInvalid || *known == DType::kResource) {
    throw Error(Code::kDataLoss, "the dtype number " + std::to_string(number) +
                                     " is none that a tensor is stored as");
  }
  return *known;
}

void check_slice_fits(const TensorSlice& slice, const Shape& shape) {
  try {
    slice.apply(shape);
  } catch (const Error& error) {
    throw Error(Code::kDataLoss, error.message());
  }
}

}  // namespace icecore::inline v0
