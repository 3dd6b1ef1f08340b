// StringToHashBucketFast, StringToHashBucket.
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "ops/array/arguments.h"
#include "ops/strings/strings_ops.h"

namespace icecore::inline v0 {
namespace {

using U64 = std::uint64_t;

template <typename T>
T load(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof(T));
  return value;
}

U64 word(const char* bytes) {
  return load<U64>(bytes);
}

// The 64-bit fingerprint of FarmHash (the variant called "na"), by its published definition.
constexpr U64 kPrime0 = 0xc3a5c85c97cb3127, kPrime1 = 0xb492b66fbe98f273,
              kPrime2 = 0x9ae16a3b2f90404f;

U64 fold(U64 value) {
  return value ^ value >> 47;
}

U64 turn(U64 value, int bits) {
  return std::rotr(value, bits);
}

U64 mix(U64 u, U64 v, U64 factor) {
  const U64 a = fold((u ^ v) * factor);
  return fold((v ^ a) * factor) * factor;
}

U64 hash_to_16(const char* s, std::size_t length) {
  if (length >= 8) {
    const U64 factor = kPrime2 + length * 2;
    const U64 a = word(s) + kPrime2, b = word(s + length - 8);
    return mix(turn(b, 37) * factor + a, (turn(a, 25) + b) * factor, factor);
  }
  if (length >= 4) {
    const U64 first = load<std::uint32_t>(s), last = load<std::uint32_t>(s + length - 4);
    return mix(length + (first << 3), last, kPrime2 + length * 2);
  }
  if (length == 0) return kPrime2;
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(s[i]));
  };
  const std::uint32_t y = byte(0) + (byte(length >> 1) << 8);
  const std::uint32_t z = static_cast<std::uint32_t>(length) + (byte(length - 1) << 2);
  return fold(y * kPrime2 ^ z * kPrime0) * kPrime2;
}

U64 hash_to_32(const char* s, std::size_t length) {
  const U64 factor = kPrime2 + length * 2;
  const U64 a = word(s) * kPrime1, b = word(s + 8), c = word(s + length - 8) * factor,
            d = word(s + length - 16) * kPrime2;
  return mix(turn(a + b, 43) + turn(c, 30) + d, a + turn(b + kPrime2, 18) + c, factor);
}

U64 hash_to_64(const char* s, std::size_t length) {
  const U64 factor = kPrime2 + length * 2;
  const U64 a = word(s) * kPrime2, b = word(s + 8), c = word(s + length - 8) * factor,
            d = word(s + length - 16) * kPrime2;
  const U64 y = turn(a + b, 43) + turn(c, 30) + d;
  const U64 z = mix(y, a + turn(b + kPrime2, 18) + c, factor);
  const U64 e = word(s + 16) * factor, f = word(s + 24);
  const U64 g = (y + word(s + length - 32)) * factor, h = (z + word(s + length - 24)) * factor;
  return mix(turn(e + f, 43) + turn(g, 30) + h, e + turn(f + a, 18) + g, factor);
}

struct Pair {
  U64 first = 0, second = 0;
};

// Of 32 bytes.
Pair weak_hash(const char* s, U64 a, U64 b) {
  a += word(s);
  b = turn(b + a + word(s + 24), 21);
  const U64 c = a;
  a += word(s + 8) + word(s + 16);
  b += turn(a, 44);
  return {a + word(s + 24), b + c};
}

U64 fingerprint(std::string_view text) {
  const char* s = text.data();
  const std::size_t length = text.size();
  if (length <= 16) return hash_to_16(s, length);
  if (length <= 32) return hash_to_32(s, length);
  if (length <= 64) return hash_to_64(s, length);
  constexpr U64 kSeed = 81;
  U64 y = kSeed * kPrime1 + 113;
  U64 z = fold(y * kPrime2 + 113) * kPrime2;
  U64 x = kSeed * kPrime2 + word(s);
  Pair v, w;
  // Blocks of 64 bytes; the last one, which may overlap the one before, is mixed with another
  // factor.
  const char* const end = s + (length - 1) / 64 * 64;
  const char* const last = end + ((length - 1) & 63) - 63;
  do {
    x = turn(x + y + v.first + word(s + 8), 37) * kPrime1;
    y = turn(y + v.second + word(s + 48), 42) * kPrime1;
    x ^= w.second;
    y += v.first + word(s + 40);
    z = turn(z + w.first, 33) * kPrime1;
    v = weak_hash(s, v.second * kPrime1, x + w.first);
    w = weak_hash(s + 32, z + w.second, y + word(s + 16));
    std::swap(z, x);
    s += 64;
  } while (s != end);
  const U64 factor = kPrime1 + ((z & 0xff) << 1);
  s = last;
  w.first += (length - 1) & 63;
  v.first += w.first;
  w.first += v.first;
  x = turn(x + y + v.first + word(s + 8), 37) * factor;
  y = turn(y + v.second + word(s + 48), 42) * factor;
  x ^= w.second * 9;
  y += v.first * 9 + word(s + 40);
  z = turn(z + w.first, 33) * factor;
  v = weak_hash(s, v.second * factor, x + w.first);
  w = weak_hash(s + 32, z + w.second, y + word(s + 16));
  std::swap(z, x);
  return mix(mix(v.first, w.first, factor) + fold(y) * kPrime0 + z,
             mix(v.second, w.second, factor) + x, factor);
}

// MurmurHash64A, with TensorFlow's seed.
U64 murmur(std::string_view text) {
  constexpr U64 kFactor = 0xc6a4a7935bd1e995, kSeed = 0xdecafcaffe;
  U64 hash = kSeed ^ text.size() * kFactor;
  for (; text.size() >= 8; text.remove_prefix(8)) {
    U64 block = word(text.data()) * kFactor;
    block ^= block >> 47;
    hash = (hash ^ block * kFactor) * kFactor;
  }
  if (!text.empty()) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      hash ^= U64{static_cast<unsigned char>(text[i])} << 8 * i;
    }
    hash *= kFactor;
  }
  hash = (hash ^ hash >> 47) * kFactor;
  return hash ^ hash >> 47;
}

Kernel bucket_kernel(const NodeInfo& node, U64 (*hash)(std::string_view)) {
  const std::int64_t buckets = node.int_attr("num_buckets");
  if (buckets < 1) refuse("num_buckets must be at least 1, not " + std::to_string(buckets));
  return Kernel([hash, buckets](KernelContext& c) {
    const Tensor& input = c.input(0);
    std::vector<std::int64_t> numbers;
    for (const std::string& text : input.strings()) {
      numbers.push_back(static_cast<std::int64_t>(hash(text) % static_cast<U64>(buckets)));
    }
    c.set_output(0, ints_tensor(c, DType::kInt64, input.shape(), numbers));
  });
}

}  // namespace

Kernel string_to_hash_bucket_kernel(const NodeInfo& node) {
  return bucket_kernel(node, murmur);
}
Kernel string_to_hash_bucket_fast_kernel(const NodeInfo& node) {
  return bucket_kernel(node, fingerprint);
}

}  // namespace icecore::inline v0
