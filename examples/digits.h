// The digits of tests/data/digits: 1797 images of 8 by 8 pixels, and which digit each is.
#pragma once

#include <icecore/icecore.h>

#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

struct Batch {
  icecore::Tensor images;  // float32 [n,8,8,1], from 0 to 1
  icecore::Tensor labels;  // int32 [n]
};

class Digits {
 public:
  static constexpr std::int64_t kSide = 8, kTraining = 1500;

  // `prefix` is that of the checkpoint tests/data/digits/digits.
  explicit Digits(const std::string& prefix) {
    const icecore::Checkpoint checkpoint = icecore::Checkpoint::open(prefix);
    images_ = checkpoint.read("images");
    labels_ = checkpoint.read("labels");
  }

  // Which images a step sees depends on the step alone, so that a program that goes on where
  // another stopped sees those that the other would have seen: each pass over the training images
  // has an order of its own.
  Batch training_batch(std::int64_t step, std::int64_t size) const {
    std::vector<std::int64_t> rows;
    for (std::int64_t i = 0; i < size; ++i) {
      const std::int64_t seen = step * size + i;
      rows.push_back(order(seen / kTraining)[static_cast<std::size_t>(seen % kTraining)]);
    }
    return batch(rows);
  }

  // Those that no step sees.
  Batch test_batch() const {
    std::vector<std::int64_t> rows(static_cast<std::size_t>(labels_.num_elements() - kTraining));
    std::iota(rows.begin(), rows.end(), kTraining);
    return batch(rows);
  }

 private:
  Batch batch(const std::vector<std::int64_t>& rows) const {
    const auto n = static_cast<std::int64_t>(rows.size());
    Batch batch{icecore::Tensor(icecore::DType::kFloat32, {n, kSide, kSide, 1}),
                icecore::Tensor(icecore::DType::kInt32, {n})};
    float* pixel = batch.images.mutable_values<float>().data();
    std::int32_t* label = batch.labels.mutable_values<std::int32_t>().data();
    for (const std::int64_t row : rows) {
      const auto first = static_cast<std::size_t>(row * kSide * kSide);
      for (const std::uint8_t value :
           images_.values<std::uint8_t>().subspan(first, kSide * kSide)) {
        *pixel++ = static_cast<float>(value) / 16.0F;
      }
      *label++ = labels_.values<std::int32_t>()[static_cast<std::size_t>(row)];
    }
    return batch;
  }

  // The training images, shuffled by the number of the pass.
  static std::vector<std::int64_t> order(std::int64_t pass) {
    std::vector<std::int64_t> rows(kTraining);
    std::iota(rows.begin(), rows.end(), 0);
    auto state = static_cast<std::uint64_t>(pass) + 1;
    for (std::size_t i = rows.size(); i > 1; --i) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      std::swap(rows[i - 1], rows[(state >> 33) % i]);
    }
    return rows;
  }

  icecore::Tensor images_, labels_;
};

// How many of the labels the logits (or probabilities) have as their largest.
inline double accuracy(const icecore::Tensor& scores, const icecore::Tensor& labels) {
  const auto classes = static_cast<std::size_t>(scores.shape().dim(1));
  std::size_t right = 0;
  const std::span<const std::int32_t> wanted = labels.values<std::int32_t>();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::span<const float> row = scores.values<float>().subspan(i * classes, classes);
    right += std::ranges::max_element(row) - row.begin() == wanted[i] ? 1U : 0U;
  }
  return static_cast<double>(right) / static_cast<double>(wanted.size());
}
