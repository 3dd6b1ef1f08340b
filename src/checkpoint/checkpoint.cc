#include <icecore/checkpoint.h>
#include <icecore/error.h>

#include <algorithm>

#include "base/nearest.h"
#include "base/quoted.h"
#include "checkpoint/bundle_reader.h"
#include "checkpoint/v1_reader.h"
#include "io/file_system.h"
#include "locate/locate.h"

namespace icecore::inline v0 {
namespace {

std::shared_ptr<const CheckpointReader> open_reader(const FileSystem& files,
                                                    const CheckpointLocation& location) {
  if (location.format == CheckpointLocation::Format::kV2) {
    return std::make_shared<BundleReader>(files, location);
  }
  return std::make_shared<V1Reader>(files, location);
}

const VariableInfo& find_or_throw(const Checkpoint& checkpoint, std::string_view name) {
  if (const VariableInfo* variable = checkpoint.find(name)) return *variable;
  constexpr std::size_t kOffered = 3;
  std::vector<std::string_view> names;
  for (const VariableInfo& variable : checkpoint.variables()) names.push_back(variable.name);
  std::string message = "variable '" + std::string(name) + "' not found in " + checkpoint.prefix();
  const char* separator = "; the nearest: ";
  for (const std::string& near : nearest_names(name, names, kOffered)) {
    message += separator + ("'" + near + "'");
    separator = ", ";
  }
  throw Error(Code::kNotFound, message);
}

}  // namespace

std::size_t CheckpointReader::number_of(const VariableInfo& variable) const {
  const auto found = std::ranges::lower_bound(variables(), variable.name, {}, &VariableInfo::name);
  if (found == variables().end() || found->name != variable.name) {
    throw Error(Code::kNotFound, quoted(variable.name) + " is not in " + prefix());
  }
  return static_cast<std::size_t>(found - variables().begin());
}

Checkpoint::Checkpoint(std::shared_ptr<const CheckpointReader> reader)
    : reader_(std::move(reader)) {}

Checkpoint Checkpoint::open(const std::string& path) {
  return open(posix_file_system(), path);
}

Checkpoint Checkpoint::open(FileSystem& files, const std::string& path) {
  return Checkpoint(open_reader(files, locate_checkpoint(files, path)));
}

CheckpointFormat Checkpoint::format() const {
  return reader_->format();
}

const std::string& Checkpoint::prefix() const& {
  return reader_->prefix();
}

const std::string& Checkpoint::note() const& {
  return reader_->note();
}

std::span<const VariableInfo> Checkpoint::variables() const& {
  return reader_->variables();
}

const VariableInfo* Checkpoint::find(std::string_view name) const& {
  const std::vector<VariableInfo>& all = reader_->variables();
  const auto found = std::ranges::lower_bound(all, name, {}, &VariableInfo::name);
  return found != all.end() && found->name == name ? &*found : nullptr;
}

Tensor Checkpoint::read(std::string_view name) const {
  return reader_->read(find_or_throw(*this, name), nullptr);
}

Tensor Checkpoint::read(std::string_view name, const TensorSlice& slice) const {
  return reader_->read(find_or_throw(*this, name), &slice);
}

std::uint64_t Checkpoint::byte_size(std::string_view name) const {
  const VariableInfo& variable = find_or_throw(*this, name);
  return variable.bytes ? *variable.bytes : reader_->string_bytes(variable);
}

Checkpoint load_checkpoint(const std::string& path) {
  return Checkpoint::open(path);
}

std::vector<VariableInfo> list_variables(const std::string& path) {
  const Checkpoint checkpoint = Checkpoint::open(path);
  const std::span<const VariableInfo> all = checkpoint.variables();
  return {all.begin(), all.end()};
}

Tensor load_variable(const std::string& path, std::string_view name) {
  if (name.ends_with(":0")) name.remove_suffix(2);
  return Checkpoint::open(path).read(name);
}

}  // namespace icecore::inline v0
