#include "cli/digest.h"

#include <icecore/error.h>
#include <openssl/evp.h>

#include <array>

namespace icecore::inline v0 {

struct Digest::State {
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Digest::Digest() : state_(std::make_unique<State>()) {
  if (EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) != 1) {
    throw Error(Code::kInternal, "SHA-256 isn't to be had from the system's libcrypto");
  }
}

Digest::~Digest() = default;

void Digest::add(std::span<const std::byte> bytes) {
  EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size());
}

std::string Digest::finish() {
  std::array<unsigned char, 32> hash{};
  EVP_DigestFinal_ex(state_->context.get(), hash.data(), nullptr);
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : hash) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string digest(const Tensor& tensor) {
  Digest digest;
  digest.add(tensor.bytes());
  for (const std::string& item : tensor.strings()) digest.add(std::as_bytes(std::span(item)));
  return digest.finish();
}

}  // namespace icecore::inline v0
