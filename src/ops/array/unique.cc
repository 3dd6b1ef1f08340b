// Unique, UniqueWithCounts, ListDiff.
#include <icecore/gradient_context.h>

#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ops/array/arguments.h"
#include "ops/array/array_ops.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

struct Hash {
  std::size_t operator()(const Bytes16& value) const {
    return std::hash<std::uint64_t>()(value.low * 31 + value.high);
  }
  template <typename T>
  std::size_t operator()(const T& value) const {
    return std::hash<T>()(value);
  }
};

// Floats that are equal (0 and -0) get one key; NaN equals nothing, not even itself.
struct FloatBits {
  std::uint64_t sign = 0, infinity = 0;
  explicit FloatBits(DType dtype) {
    switch (dtype) {
      case DType::kFloat32:
        sign = 0x80000000, infinity = 0x7f800000;
        break;
      case DType::kFloat64:
        sign = 0x8000000000000000, infinity = 0x7ff0000000000000;
        break;
      case DType::kFloat16:
        sign = 0x8000, infinity = 0x7c00;
        break;
      case DType::kBFloat16:
        sign = 0x8000, infinity = 0x7f80;
        break;
      default:
        break;
    }
  }
  template <typename T>
  bool is_nan(const T& value) const {
    if constexpr (std::is_integral_v<T>) {
      return sign != 0 && (value & (sign - 1)) > infinity;
    } else {
      return false;
    }
  }
  template <typename T>
  T key(const T& value) const {
    if constexpr (std::is_integral_v<T>) {
      return sign != 0 && value == sign ? T{0} : value;
    } else {
      return value;
    }
  }
};

void unique_shape(ShapeContext& c) {
  c.set_output(0, Shape{-1});
  c.set_output(1, c.input(0));
  if (c.outputs().size() > 2) {
    c.set_output(2, Shape{-1});
  } else {
    with_rank(c.input(0), 1);
  }
}

// The first of each value's places in order, and for each value which of them it is.
struct Unique {
  std::vector<std::int64_t> places, of_each, counts;
};

template <typename T>
Unique find_unique(const Tensor& x) {
  const FloatBits bits(x.dtype());
  const std::span<const T> values = elements<T>(x);
  std::unordered_map<T, std::int64_t, Hash> seen;
  Unique unique;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto next = static_cast<std::int64_t>(unique.places.size());
    std::int64_t number = next;
    if (!bits.is_nan(values[i])) number = seen.try_emplace(bits.key(values[i]), next).first->second;
    if (number == next) {
      unique.places.push_back(static_cast<std::int64_t>(i));
      unique.counts.push_back(0);
    }
    unique.of_each.push_back(number);
    ++unique.counts[static_cast<std::size_t>(number)];
  }
  return unique;
}

// The elements at those places.
template <typename T>
Tensor pick(const KernelContext& c, const Tensor& x, const std::vector<std::int64_t>& places) {
  Tensor out = c.allocate(x.dtype(), Shape{static_cast<std::int64_t>(places.size())});
  const std::span<const T> from = elements<T>(x);
  const std::span<T> to = mutable_elements<T>(out);
  for (std::size_t i = 0; i < places.size(); ++i) to[i] = from[static_cast<std::size_t>(places[i])];
  return out;
}

Kernel unique_kernel(const NodeInfo& node) {
  const DType index_type = node.type_attr("out_idx");
  return Kernel([index_type](KernelContext& c) {
    const Tensor& x = c.input(0);
    if (x.shape().rank() != 1) refuse("unique expects a 1D vector.");
    Unique unique;
    visit_elements(x.dtype(), [&]<typename T>(std::type_identity<T>) {
      unique = find_unique<T>(x);
      c.set_output(0, pick<T>(c, x, unique.places));
    });
    c.set_output(1, ints_tensor(c, index_type, x.shape(), unique.of_each));
    if (c.node().outputs().size() > 2) {
      c.set_output(
          2, ints_tensor(c, index_type, Shape{static_cast<std::int64_t>(unique.counts.size())},
                         unique.counts));
    }
  });
}

void list_diff_shape(ShapeContext& c) {
  with_rank(c.input(0), 1);
  with_rank(c.input(1), 1);
  c.set_output(0, Shape{-1});
  c.set_output(1, Shape{-1});
}

Kernel list_diff_kernel(const NodeInfo& node) {
  const DType index_type = node.type_attr("out_idx");
  return Kernel([index_type](KernelContext& c) {
    const Tensor& x = c.input(0);
    const Tensor& y = c.input(1);
    if (x.shape().rank() != 1) refuse("x should be a 1D vector.");
    if (y.shape().rank() != 1) refuse("y should be a 1D vector.");
    visit_elements(x.dtype(), [&]<typename T>(std::type_identity<T>) {
      const FloatBits bits(x.dtype());
      std::unordered_set<T, Hash> known;
      for (const T& value : elements<T>(y)) {
        if (!bits.is_nan(value)) known.insert(bits.key(value));
      }
      std::vector<std::int64_t> places;
      const std::span<const T> values = elements<T>(x);
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (bits.is_nan(values[i]) || !known.contains(bits.key(values[i]))) {
          places.push_back(static_cast<std::int64_t>(i));
        }
      }
      c.set_output(0, pick<T>(c, x, places));
      c.set_output(
          1, ints_tensor(c, index_type, Shape{static_cast<std::int64_t>(places.size())}, places));
    });
  });
}

}  // namespace

const OpImplementation unique_op = {"Unique", unique_shape, unique_kernel};
const OpImplementation unique_with_counts_op = {"UniqueWithCounts", unique_shape, unique_kernel};
const OpImplementation list_diff_op = {"ListDiff", list_diff_shape, list_diff_kernel};

}  // namespace icecore::inline v0
