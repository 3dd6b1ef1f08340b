// The small messages that both formats hold: shapes, slices, versions.
#pragma once

#include <icecore/dtype.h>
#include <icecore/shape.h>
#include <icecore/tensor_slice.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace icecore::inline v0 {

// A TensorShapeProto of a stored tensor: DATA_LOSS where a dimension or the rank is unknown, or
// there are more dimensions than TensorFlow has (254).
Shape parse_stored_shape(std::string_view message);
// A TensorSliceProto: an absent length is a full extent.
TensorSlice parse_slice(std::string_view message);

// A VersionDef. INVALID_ARGUMENT where this reader is too old for the file, or is declared bad.
void check_versions(std::string_view message, const std::string& file);

// The dtype that a stored tensor's number means. DATA_LOSS where nothing is stored as that: unknown
// ones, resources, and reference types, which are for graphs.
DType parse_stored_dtype(std::int64_t number);

// Throws DATA_LOSS unless the slice lies in the shape.
void check_slice_fits(const TensorSlice& slice, const Shape& shape);

}  // namespace icecore::inline v0
