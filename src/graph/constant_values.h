// The values of a constant, however its TensorProto stores them: as tensor_content, or as a typed
// list, where a short list repeats its last value and an empty one means zeros.
#pragma once

#include <icecore/tensor.h>

#include <cstdint>

#include "io/byte_source.h"
#include "proto/blob.h"

namespace icecore::inline v0 {

// All of these: INVALID_ARGUMENT where the values don't fit dtype and shape, UNIMPLEMENTED for
// resources and variants, which have no values to read.

// Of 56 bytes a list of one value may claim any number of elements. So many bytes are made of it,
// and no more (RESOURCE_EXHAUSTED), beyond what the message itself has.
constexpr std::uint64_t kMostRepeated = std::uint64_t{256} << 20;

ICECORE_API Tensor decode_tensor(const Span& tensor_proto);

// The little-endian row-major bytes of the values (of strings: their items, joined), in order,
// without holding them. A repeated value is given as often as the shape says, up to 8 GiB.
ICECORE_API void copy_values(const Span& tensor_proto, const ByteSink& sink);

// How many bytes copy_values() gives.
ICECORE_API std::uint64_t values_size(const Span& tensor_proto);

}  // namespace icecore::inline v0
