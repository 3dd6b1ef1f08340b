// The typed lists of TensorProto (float_val, int_val, …), as constants of graphs have them. V1
// checkpoints are read by stricter rules (checkpoint/v1_values.h).
#pragma once

#include <icecore/dtype.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "proto/blob.h"

namespace icecore::inline v0 {

// Reads the list that holds values of a fixed-size `dtype` into `out`. Returns how many elements
// there were; INVALID_ARGUMENT where they are more than `out` has room for, or half a complex
// value.
ICECORE_API std::size_t read_value_list(const Span& tensor_proto, DType dtype,
                                        std::span<std::byte> out);

// The items of string_val.
ICECORE_API std::vector<std::string> read_string_list(const Span& tensor_proto);

}  // namespace icecore::inline v0
