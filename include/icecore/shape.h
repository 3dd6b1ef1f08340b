// The shape of a tensor: a list of dimensions, or an unknown rank.
#pragma once

#include <icecore/export.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace icecore::inline v0 {

class ICECORE_API Shape {
 public:
  // A scalar: rank 0, one element.
  Shape() = default;
  // -1 is an unknown dimension; any other negative one is INVALID_ARGUMENT.
  explicit Shape(std::span<const std::int64_t> dims);
  explicit Shape(const std::vector<std::int64_t>& dims) : Shape(std::span(dims)) {}
  Shape(std::initializer_list<std::int64_t> dims) : Shape(std::span(dims.begin(), dims.size())) {}

  Shape(const Shape& other) : has_rank_(other.has_rank_) { copy_dims(other.dims()); }
  Shape(Shape&& other) noexcept
      : has_rank_(std::exchange(other.has_rank_, true)),
        rank_(std::exchange(other.rank_, 0)),
        few_(other.few_),
        many_(std::move(other.many_)) {}
  Shape& operator=(Shape other) noexcept {
    has_rank_ = other.has_rank_;
    rank_ = other.rank_;
    few_ = other.few_;
    many_ = std::move(other.many_);
    return *this;
  }
  ~Shape() = default;

  static Shape unknown_rank();

  bool has_rank() const { return has_rank_; }
  // Rank and dimensions; an unknown rank has none, so ask has_rank() first.
  int rank() const { return rank_; }
  std::span<const std::int64_t> dims() const {
    return {many_ == nullptr ? few_.data() : many_.get(), static_cast<std::size_t>(rank_)};
  }
  std::int64_t dim(int i) const { return dims()[static_cast<std::size_t>(i)]; }

  // No dimension and no rank unknown.
  bool is_fully_defined() const;

  // The product of the dimensions: 1 for a scalar, 0 where a dimension is 0. Nothing where a
  // dimension is unknown or the product doesn't fit 63 bits.
  std::optional<std::int64_t> num_elements() const;

  bool operator==(const Shape& other) const {
    return has_rank_ == other.has_rank_ && std::ranges::equal(dims(), other.dims());
  }

 private:
  void copy_dims(std::span<const std::int64_t> dims) {
    rank_ = static_cast<int>(dims.size());
    std::int64_t* place = few_.data();
    if (dims.size() > few_.size()) {
      many_ = std::make_unique<std::int64_t[]>(dims.size());
      place = many_.get();
    }
    std::ranges::copy(dims, place);
  }

  bool has_rank_ = true;
  int rank_ = 0;
  // A run makes and copies shapes by the thousand: those of the usual ranks take no memory
  // elsewhere.
  std::array<std::int64_t, 4> few_ = {};
  std::unique_ptr<std::int64_t[]> many_;  // Where there are more than four.
};

// "[2,3]", "[]" for a scalar, "[?,3]", "<unknown>".
ICECORE_API std::string to_string(const Shape& shape);

}  // namespace icecore::inline v0
