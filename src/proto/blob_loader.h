// Reads an encoded message from a file and leaves its large leaves there.
#pragma once

#include <icecore/export.h>

#include <cstdint>
#include <memory>

#include "io/file_system.h"
#include "proto/blob.h"
#include "proto/schema.h"

namespace icecore::inline v0 {

// The message that stands in `length` bytes of the file from `offset`. Payloads of more than
// `leaf_limit` bytes that aren't messages (bytes, packed numbers, unknown fields; strings, which
// are names, from 64 KiB on) become holes and aren't read. Messages up to leaf_limit are taken as
// they stand, without a look inside. So neither time nor memory depends on the size of the
// tensors.
//
// DATA_LOSS, with the file and the byte, for what no message holds: a length beyond the end of the
// message around it or of the file, an impossible tag, messages nested more than 100 deep.
// OUT_OF_RANGE if the range isn't in the file.
ICECORE_API Span load_message(std::shared_ptr<const RandomAccessFile> file, std::uint64_t offset,
                              std::uint64_t length, const MessageSchema& schema,
                              std::uint64_t leaf_limit = 4096);
// Of the whole file.
ICECORE_API Span load_message(const std::shared_ptr<const RandomAccessFile>& file,
                              const MessageSchema& schema);

}  // namespace icecore::inline v0
