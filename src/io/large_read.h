// Reads large ranges of files, by two threads where there is much: the system's copying, and the
// zeroing of memory that is new, take longer than most disks.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "io/file_system.h"

namespace icecore::inline v0 {

// Told how many bytes were read since the last call; may be called from several threads at once.
using BytesRead = std::function<void(std::uint64_t)>;

// Fills `out` from `offset`.
void read_large(const RandomAccessFile& file, std::uint64_t offset, std::span<std::byte> out);

// The same, and returns the CRC-32C of what was read: in one pass, in pieces that stay in the cache
// between reading and checking.
std::uint32_t read_with_crc(const RandomAccessFile& file, std::uint64_t offset,
                            std::span<std::byte> out);

// The CRC-32C of a range, without keeping it.
std::uint32_t crc_of_range(const RandomAccessFile& file, std::uint64_t offset, std::uint64_t size,
                           const BytesRead& progress = {});

// "Checksum does not match: stored 1 vs. calculated on the restored bytes 2"
std::string checksum_mismatch(std::uint32_t stored, std::uint32_t calculated);

}  // namespace icecore::inline v0
