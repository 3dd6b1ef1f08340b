#include <icecore/error.h>
#include <icecore/op_set.h>

#include <map>
#include <mutex>

#include "opdef/builtin_ops.h"

namespace icecore::inline v0 {
namespace {

// A signature with the text that its views look into.
struct OwnedSignature {
  std::string text;
  OpSignature signature;
};

std::shared_ptr<const OpSignature> own(std::string_view text) {
  auto owned = std::make_shared<OwnedSignature>();
  owned->text = text;
  owned->signature = parse_op_signature(owned->text);
  return {owned, &owned->signature};
}

// The built-in signatures, parsed when first asked for.
std::shared_ptr<const OpSignature> builtin_signature(std::string_view op) {
  static std::mutex mutex;
  static std::map<std::string_view, std::shared_ptr<const OpSignature>> parsed;
  const std::lock_guard lock(mutex);
  if (const auto found = parsed.find(op); found != parsed.end()) return found->second;
  std::optional<OpSignature> signature = find_builtin_op(op);
  if (!signature) return nullptr;
  auto shared = std::make_shared<const OpSignature>(std::move(*signature));
  parsed.emplace(shared->name, shared);
  return shared;
}

}  // namespace

void not_differentiable(GradientContext&) {}

struct OpSet::Data {
  std::map<std::string, std::shared_ptr<const OpSignature>, std::less<>> signatures;  // Added ones.
  std::map<std::string_view, OpImplementation> implementations;
};

OpSet::OpSet() : data_(std::make_shared<Data>()) {}

void OpSet::add(std::span<const OpImplementation> table) {
  if (data_.use_count() > 1) data_ = std::make_shared<Data>(*data_);
  for (const OpImplementation& line : table) {
    if (signature(line.op) == nullptr) {
      throw Error(Code::kInvalidArgument, "the op '" + std::string(line.op) +
                                              "' has no signature: add_signature() gives it one");
    }
    data_->implementations.insert_or_assign(line.op, line);
  }
}

void OpSet::add_signature(std::string_view text) {
  std::shared_ptr<const OpSignature> signature = own(text);
  if (data_.use_count() > 1) data_ = std::make_shared<Data>(*data_);
  data_->signatures.insert_or_assign(std::string(signature->name), std::move(signature));
}

std::shared_ptr<const OpSignature> OpSet::signature(std::string_view op) const {
  if (const auto found = data_->signatures.find(op); found != data_->signatures.end()) {
    return found->second;
  }
  return builtin_signature(op);
}

const OpImplementation* OpSet::find(std::string_view op) const {
  const auto found = data_->implementations.find(op);
  return found == data_->implementations.end() ? nullptr : &found->second;
}

std::vector<const OpImplementation*> OpSet::all() const {
  std::vector<const OpImplementation*> all;
  all.reserve(data_->implementations.size());
  for (const auto& [op, implementation] : data_->implementations) all.push_back(&implementation);
  return all;
}

}  // namespace icecore::inline v0
