// The counter-based random numbers of TensorFlow: Philox4x32 with ten rounds.
#pragma once

#include <array>
#include <cstdint>

namespace icecore::inline v0 {

// A stream of groups of four words. Group n depends on seeds and n alone, so that a stream can be
// entered anywhere.
class Philox {
 public:
  using Group = std::array<std::uint32_t, 4>;
  using Key = std::array<std::uint32_t, 2>;

  // As a node's attributes seed and seed2.
  Philox(std::uint64_t seed, std::uint64_t seed2)
      : counter_{0, 0, low(seed2), high(seed2)}, key_{low(seed), high(seed)} {}
  Philox(Group counter, Key key) : counter_(counter), key_(key) {}

  // The next four words.
  Group next() {
    const Group words = words_at(counter_, key_);
    skip(1);
    return words;
  }

  void skip(std::uint64_t groups) {
    std::uint64_t lower = counter_[0] | static_cast<std::uint64_t>(counter_[1]) << 32;
    lower += groups;
    counter_[0] = low(lower);
    counter_[1] = high(lower);
    if (lower < groups && ++counter_[2] == 0) ++counter_[3];
  }
  Philox skipped(std::uint64_t groups) const {
    Philox later = *this;
    later.skip(groups);
    return later;
  }

 private:
  static std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
  static std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

  static Group words_at(Group x, Key key) {
    constexpr std::uint64_t kFactor0 = 0xd2511f53, kFactor1 = 0xcd9e8d57;
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t a = kFactor0 * x[0], b = kFactor1 * x[2];
      x = {high(b) ^ x[1] ^ key[0], low(b), high(a) ^ x[3] ^ key[1], low(a)};
      key[0] += 0x9e3779b9;
      key[1] += 0xbb67ae85;
    }
    return x;
  }

  Group counter_;
  Key key_;
};

// The words of a stream one by one.
class PhiloxWords {
 public:
  explicit PhiloxWords(Philox philox) : philox_(philox) {}
  std::uint32_t next() {
    if (used_ == 4) {
      group_ = philox_.next();
      used_ = 0;
    }
    return group_[used_++];
  }

 private:
  Philox philox_;
  Philox::Group group_{};
  std::size_t used_ = 4;
};

}  // namespace icecore::inline v0
