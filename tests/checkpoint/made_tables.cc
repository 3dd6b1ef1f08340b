#include "checkpoint/made_tables.h"

#include "base/crc32c.h"
#include "checkpoint/bundle_entry.h"
#include "checkpoint/table_writer.h"
#include "proto/wire_write.h"

namespace icecore::inline v0 {
namespace {

ByteSink into(std::string& out) {
  return [&out](std::span<const std::byte> bytes) {
    out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
}

}  // namespace

std::string sound_table(const Entries& entries, std::size_t block_size) {
  std::string bytes;
  TableWriter writer(into(bytes), block_size);
  for (const auto& [key, value] : entries) writer.add(key, value);
  writer.finish();
  return bytes;
}

std::string raw_block(const std::vector<RawEntry>& entries,
                      const std::vector<std::uint32_t>& restarts) {
  std::string block;
  for (const RawEntry& entry : entries) {
    append_varint(block, entry.shared);
    append_varint(block, entry.tail.size());
    append_varint(block, entry.value.size());
    block += entry.tail + entry.value;
  }
  for (const std::uint32_t restart : restarts) append_fixed(block, restart);
  append_fixed(block, static_cast<std::uint32_t>(restarts.size()));
  return block;
}

std::string with_trailer(const std::string& block, std::uint8_t type) {
  std::string bytes = block + static_cast<char>(type);
  append_fixed(bytes, crc32c_mask(crc32c(std::as_bytes(std::span(bytes)))));
  return bytes;
}

std::string encoded_handle(std::uint64_t offset, std::uint64_t size) {
  std::string handle;
  append_handle(handle, {offset, size});
  return handle;
}

std::string table_of(const std::string& data, const std::vector<RawEntry>& index) {
  std::string bytes = data;
  Footer footer;
  footer.metaindex = {bytes.size(), raw_block({}).size()};
  bytes += with_trailer(raw_block({}));
  const std::string index_block = raw_block(index);
  footer.index = {bytes.size(), index_block.size()};
  return bytes + with_trailer(index_block) + encode_footer(footer);
}

std::string table_of_blocks(const std::vector<std::pair<std::string, std::string>>& key_and_block) {
  std::string data;
  std::vector<RawEntry> index;
  for (const auto& [key, block] : key_and_block) {
    index.push_back({0, key, encoded_handle(data.size(), block.size() - kBlockTrailerSize)});
    data += block;
  }
  return table_of(data, index);
}

std::unique_ptr<TableReader> read_table(const std::string& bytes) {
  MemoryFileSystem files;
  files.put("t", bytes);
  return std::make_unique<TableReader>(files.open("t"));
}

Entries all_entries(const TableReader& table) {
  Entries entries;
  table.scan(
      [&](std::string_view key, std::string_view value) { entries.emplace_back(key, value); });
  return entries;
}

MemoryFileSystem& put_bundle(MemoryFileSystem& files, const Entries& entries,
                             const std::string& data, const std::string& header) {
  Entries all = {{"", header.empty() ? encode_bundle_header() : header}};
  all.insert(all.end(), entries.begin(), entries.end());
  files.put("b.index", sound_table(all));
  files.put("b.data-00000-of-00001", data);
  return files;
}

}  // namespace icecore::inline v0
