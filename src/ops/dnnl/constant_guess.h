// Guesses whether an input is the same tensor in run after run.
#pragma once

#include <icecore/tensor.h>

#include <algorithm>
#include <cstdint>

namespace icecore::inline v0 {

// What is derived from an input's values (weights in another order) may be kept while the tensor is
// held: a tensor that someone holds never changes, so the same buffer means the same values. But
// holding a variable's value makes its next update copy it. So after each time that the guess was
// wrong the tensor isn't held for a longer while. Not thread-safe.
class ConstantGuess {
 public:
  // Whether the tensor is the one that is held.
  bool is_held(const Tensor& tensor) const {
    return holding_ && held_.bytes().data() == tensor.bytes().data() &&
           held_.dtype() == tensor.dtype() && held_.num_elements() == tensor.num_elements();
  }
  // For a tensor that isn't held: whether to keep what is derived from it. It is held then.
  bool hold(const Tensor& tensor) {
    if (holding_) {
      release();
      wait_ = pause_;
      pause_ = std::min<std::int64_t>(pause_ * 4, 1 << 20);
    }
    if (wait_ > 0) {
      --wait_;
      return false;
    }
    held_ = tensor;
    holding_ = true;
    return true;
  }
  void release() {
    held_ = Tensor();
    holding_ = false;
  }

 private:
  Tensor held_;
  bool holding_ = false;
  std::int64_t wait_ = 0, pause_ = 4;
};

}  // namespace icecore::inline v0
