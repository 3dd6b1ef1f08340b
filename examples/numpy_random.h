// The numbers of numpy.random.RandomState(seed), for the programs that say what a TensorFlow script
// says.
#pragma once

#include <icecore/icecore.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <utility>

class NumpyRandom {
 public:
  explicit NumpyRandom(std::uint32_t seed) : generator_(seed) {}

  // rng.uniform(low, high, shape).astype(np.float32)
  icecore::Tensor uniform(double low, double high, icecore::Shape shape) {
    icecore::Tensor tensor(icecore::DType::kFloat32, std::move(shape));
    for (float& value : tensor.mutable_values<float>()) {
      value = static_cast<float>(low + (high - low) * next());
    }
    return tensor;
  }

  // rng.randn(*shape).astype(np.float32)
  icecore::Tensor normal(icecore::Shape shape) {
    icecore::Tensor tensor(icecore::DType::kFloat32, std::move(shape));
    for (float& value : tensor.mutable_values<float>()) {
      value = static_cast<float>(next_normal());
    }
    return tensor;
  }

 private:
  // Of 53 random bits, below 1.
  double next() {
    const auto high = static_cast<double>(generator_() >> 5);
    const auto low = static_cast<double>(generator_() >> 6);
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  // Marsaglia's polar method, which makes two at a time.
  double next_normal() {
    if (has_second_) {
      has_second_ = false;
      return second_;
    }
    double x = 0, y = 0, square = 0;
    do {
      x = 2 * next() - 1;
      y = 2 * next() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    const double factor = std::sqrt(-2 * std::log(square) / square);
    second_ = factor * x;
    has_second_ = true;
    return factor * y;
  }

  std::mt19937 generator_;
  double second_ = 0;
  bool has_second_ = false;
};
