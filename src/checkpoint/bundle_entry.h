// What a V2 index says: its header and one entry a tensor (docs/formats.md, "Bundle").
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>
#include <icecore/shape.h>
#include <icecore/tensor_slice.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

struct BundleHeader {
  std::uint32_t num_shards = 1;
  bool big_endian = false;
};

// The header's key is the empty one. DATA_LOSS where it can't be parsed or contradicts itself,
// INVALID_ARGUMENT where its versions exclude this reader. `file` is named in messages.
ICECORE_API BundleHeader parse_bundle_header(std::string_view message, const std::string& file);

// An entry that exists is valid: its shard is one of the header's, its shape is fully defined and
// of a size that fits 63 bits, and `size` is what dtype and shape take (strings: not too little).
// Whether the range lies in its data file is seen when that is opened.
struct BundleEntry {
  DType dtype = DType::kInvalid;
  Shape shape;
  std::uint32_t shard = 0;
  std::uint64_t offset = 0;  // In the shard's data file.
  std::uint64_t size = 0;    // Stored bytes.
  std::uint32_t crc = 0;     // Unmasked.
  // Of a partitioned variable: where its parts lie. Their own entries have keys of slice_key();
  // this one has no data.
  std::vector<TensorSlice> slices;

  bool sliced() const { return !slices.empty(); }
  std::uint64_t num_elements() const { return static_cast<std::uint64_t>(*shape.num_elements()); }
};

// DATA_LOSS says what is wrong, without naming tensor or file.
ICECORE_API BundleEntry parse_bundle_entry(std::string_view message, const BundleHeader& header);

// The message as TensorFlow writes it: for a whole tensor, or for one that is stored in slices.
std::string encode_bundle_entry(const BundleEntry& entry);
// Of version 1.
std::string encode_bundle_header(std::uint64_t num_shards = 1, bool big_endian = false);

// Bytes that the elements take; nothing where the dtype has no fixed size, or where they don't fit
// 63 bits.
std::optional<std::uint64_t> fixed_size(DType dtype, const Shape& shape);

// Whether two of them name the same bytes of a data file: parts of a tensor must not, or a small
// file could ask for much memory.
bool ranges_overlap(std::vector<const BundleEntry*> entries);

}  // namespace icecore::inline v0
