// SHA-256 of values, by which tensors are compared across files.
#pragma once

#include <icecore/tensor.h>

#include <memory>
#include <span>
#include <string>

namespace icecore::inline v0 {

class Digest {
 public:
  Digest();
  ~Digest();
  void add(std::span<const std::byte> bytes);
  // Lower-case hexadecimal, 64 characters.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Of a tensor's little-endian row-major bytes; of strings, the items joined.
std::string digest(const Tensor& tensor);

}  // namespace icecore::inline v0
