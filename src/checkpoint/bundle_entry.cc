#include "checkpoint/bundle_entry.h"

#include <icecore/error.h>

#include <algorithm>
#include <tuple>

#include "base/crc32c.h"
#include "checkpoint/stored_shape.h"
#include "proto/cursor.h"
#include "proto/fields.h"
#include "proto/piece.h"
#include "proto/shape_message.h"

namespace icecore::inline v0 {
namespace {

[[noreturn]] void invalid(const std::string& what) {
  throw Error(Code::kDataLoss, what);
}

// The least that an element takes in the data file.
std::uint64_t least_stored_size(DType dtype, std::uint64_t elements) {
  constexpr std::uint64_t kChecksum = 4;
  // A string has its length at least; all lengths have one checksum. A variant has a length and a
  // checksum of its own.
  if (dtype == DType::kString) return elements + kChecksum;
  return elements * (1 + kChecksum);
}

void check_size(const BundleEntry& entry) {
  const std::string described = to_string(entry.dtype) + " " + to_string(entry.shape);
  if (const std::size_t element = dtype_size(entry.dtype); element != 0) {
    const auto wanted = fixed_size(entry.dtype, entry.shape);
    if (entry.size != wanted) {
      invalid("its entry has " + std::to_string(entry.size) + " bytes, but " + described +
              " takes " + std::to_string(wanted.value_or(0)));
    }
    return;
  }
  const std::uint64_t elements = entry.num_elements();
  if (elements > entry.size || least_stored_size(entry.dtype, elements) > entry.size) {
    invalid("its entry has " + std::to_string(entry.size) + " bytes, too few for " + described);
  }
}

Piece encode_slice(const TensorSlice& slice) {
  Piece message;
  for (const TensorSlice::Extent& extent : slice.extents()) {
    Piece encoded;
    if (extent.start != 0) encoded.int64(pb::TensorSliceProto_Extent::start, extent.start);
    if (!extent.is_full()) encoded.int64(pb::TensorSliceProto_Extent::length, extent.length);
    message.message(pb::TensorSliceProto::extent, encoded);
  }
  return message;
}

}  // namespace

std::optional<std::uint64_t> fixed_size(DType dtype, const Shape& shape) {
  const auto elements = shape.num_elements();
  std::int64_t bytes = 0;
  if (dtype_size(dtype) == 0 || !elements ||
      __builtin_mul_overflow(*elements, static_cast<std::int64_t>(dtype_size(dtype)), &bytes)) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(bytes);
}

BundleHeader parse_bundle_header(std::string_view message, const std::string& file) {
  std::int32_t num_shards = 0;
  std::int32_t endianness = 0;
  try {
    for (Cursor c(message); c.next();) {
      switch (c.field()) {
        case pb::BundleHeaderProto::num_shards:
          num_shards = c.int32();
          break;
        case pb::BundleHeaderProto::endianness:
          endianness = c.int32();
          break;
        case pb::BundleHeaderProto::version:
          check_versions(c.text(), file);
          break;
      }
    }
  } catch (const Error& error) {
    if (error.code() != Code::kDataLoss) throw;
    throw error.with_context(file + " is damaged: its header can't be read");
  }
  if (num_shards < 0) {
    throw Error(Code::kDataLoss, file + " is damaged: its header says that it has " +
                                     std::to_string(num_shards) + " shards");
  }
  if (endianness != pb::BundleHeaderProto_Endianness::LITTLE &&
      endianness != pb::BundleHeaderProto_Endianness::BIG) {
    throw Error(Code::kDataLoss, file + " is damaged: its header names the unknown byte order " +
                                     std::to_string(endianness));
  }
  return {static_cast<std::uint32_t>(num_shards),
          endianness == pb::BundleHeaderProto_Endianness::BIG};
}

BundleEntry parse_bundle_entry(std::string_view message, const BundleHeader& header) {
  BundleEntry entry;
  std::int64_t dtype = 0, offset = 0, size = 0;
  std::int32_t shard = 0;
  for (Cursor c(message); c.next();) {
    switch (c.field()) {
      case pb::BundleEntryProto::dtype:
        dtype = c.int64();
        break;
      case pb::BundleEntryProto::shape:
        entry.shape = parse_stored_shape(c.text());
        break;
      case pb::BundleEntryProto::shard_id:
        shard = c.int32();
        break;
      case pb::BundleEntryProto::offset:
        offset = c.int64();
        break;
      case pb::BundleEntryProto::size:
        size = c.int64();
        break;
      case pb::BundleEntryProto::crc32c:
        entry.crc = crc32c_unmask(c.fixed32());
        break;
      case pb::BundleEntryProto::slices:
        entry.slices.push_back(parse_slice(c.text()));
        break;
    }
  }
  entry.dtype = parse_stored_dtype(dtype);
  if (!entry.shape.num_elements()) {
    invalid("its shape " + to_string(entry.shape) + " has more elements than can be");
  }
  if (entry.sliced()) {
    // The shard that a merged index gives such an entry means nothing.
    if (dtype_size(entry.dtype) != 0 && !fixed_size(entry.dtype, entry.shape)) {
      invalid("its shape " + to_string(entry.shape) + " has more elements than can be");
    }
    for (const TensorSlice& slice : entry.slices) check_slice_fits(slice, entry.shape);
    return entry;
  }
  if (shard < 0 || static_cast<std::uint32_t>(shard) >= header.num_shards) {
    invalid("its entry names shard " + std::to_string(shard) + " of " +
            std::to_string(header.num_shards));
  }
  if (offset < 0 || size < 0 || offset > INT64_MAX - size) {
    invalid("its entry has an impossible range: " + std::to_string(size) + " bytes from " +
            std::to_string(offset));
  }
  entry.shard = static_cast<std::uint32_t>(shard);
  entry.offset = static_cast<std::uint64_t>(offset);
  entry.size = static_cast<std::uint64_t>(size);
  check_size(entry);
  return entry;
}

std::string encode_bundle_entry(const BundleEntry& entry) {
  Piece message;
  message.varint(pb::BundleEntryProto::dtype, static_cast<std::uint64_t>(entry.dtype));
  message.message(pb::BundleEntryProto::shape, encode_shape(entry.shape));
  if (entry.sliced()) {
    for (const TensorSlice& slice : entry.slices) {
      message.message(pb::BundleEntryProto::slices, encode_slice(slice));
    }
    return message.bytes();
  }
  if (entry.shard != 0) message.varint(pb::BundleEntryProto::shard_id, entry.shard);
  if (entry.offset != 0) message.varint(pb::BundleEntryProto::offset, entry.offset);
  if (entry.size != 0) message.varint(pb::BundleEntryProto::size, entry.size);
  message.fixed32(pb::BundleEntryProto::crc32c, crc32c_mask(entry.crc));
  return message.bytes();
}

std::string encode_bundle_header(std::uint64_t num_shards, bool big_endian) {
  Piece version;
  version.varint(pb::VersionDef::producer, 1);
  Piece header;
  header.varint(pb::BundleHeaderProto::num_shards, num_shards);
  if (big_endian) {
    header.int64(pb::BundleHeaderProto::endianness, pb::BundleHeaderProto_Endianness::BIG);
  }
  header.message(pb::BundleHeaderProto::version, version);
  return header.bytes();
}

bool ranges_overlap(std::vector<const BundleEntry*> entries) {
  std::ranges::sort(entries, {}, [](const BundleEntry* entry) {
    return std::tuple(entry->shard, entry->offset, entry->size);
  });
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const BundleEntry& last = *entries[i - 1];
    if (entries[i]->shard == last.shard && entries[i]->offset < last.offset + last.size)
      return true;
  }
  return false;
}

}  // namespace icecore::inline v0
