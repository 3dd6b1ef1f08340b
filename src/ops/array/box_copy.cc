#include "ops/array/box_copy.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/thread_pool.h"
#include "ops/array/elements.h"

namespace icecore::inline v0 {
namespace {

constexpr std::int64_t kGrain = 1 << 15;  // Elements that are worth a thread.
constexpr std::int64_t kTile = 32;        // Of a transposed plane: both sides stay in the cache.

// Leaves out dimensions of one, and joins neighbours that are one run on both sides.
void simplify(Box& box) {
  std::vector<BoxDim> dims;
  for (const BoxDim& dim : box.dims) {
    if (dim.size == 1) continue;
    if (!dims.empty() && dims.back().from_stride == dim.size * dim.from_stride &&
        dims.back().to_stride == dim.size * dim.to_stride) {
      dims.back() = {dims.back().size * dim.size, dim.from_stride, dim.to_stride};
    } else {
      dims.push_back(dim);
    }
  }
  if (dims.empty()) dims.push_back({1, 1, 1});
  box.dims = std::move(dims);
}

template <typename T>
void copy_row(const T* from, T* to, std::int64_t count, std::int64_t from_stride,
              std::int64_t to_stride) {
  if (to_stride == 1 && from_stride == 1) {
    if constexpr (std::is_trivially_copyable_v<T>) {
      std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(T));
    } else {
      std::copy_n(from, count, to);
    }
  } else if (to_stride == 1 && from_stride == 0) {
    std::fill_n(to, count, *from);
  } else if (to_stride == 1) {
    for (std::int64_t i = 0; i < count; ++i) to[i] = from[i * from_stride];
  } else {
    for (std::int64_t i = 0; i < count; ++i) to[i * to_stride] = from[i * from_stride];
  }
}

// Walks the outer dimensions: where the item-th of them begins.
class Places {
 public:
  Places(std::span<const BoxDim> dims, std::int64_t item) : dims_(dims), index_(dims.size()) {
    for (std::size_t d = dims.size(); d-- > 0;) {
      index_[d] = item % dims[d].size;
      item /= dims[d].size;
      from += index_[d] * dims[d].from_stride;
      to += index_[d] * dims[d].to_stride;
    }
  }

  void next() {
    for (std::size_t d = dims_.size(); d-- > 0;) {
      from += dims_[d].from_stride;
      to += dims_[d].to_stride;
      if (++index_[d] < dims_[d].size) return;
      from -= dims_[d].size * dims_[d].from_stride;
      to -= dims_[d].size * dims_[d].to_stride;
      index_[d] = 0;
    }
  }

  std::int64_t from = 0, to = 0;

 private:
  std::span<const BoxDim> dims_;
  std::vector<std::int64_t> index_;
};

std::int64_t product(std::span<const BoxDim> dims) {
  std::int64_t count = 1;
  for (const BoxDim& dim : dims) count *= dim.size;
  return count;
}

template <typename T>
void copy_rows(ThreadPool& threads, const T* from, T* to, const Box& box) {
  const BoxDim row = box.dims.back();
  const std::span<const BoxDim> outer(box.dims.data(), box.dims.size() - 1);
  if (outer.empty()) {
    threads.parallel_for(row.size, kGrain, [&](std::int64_t begin, std::int64_t end) {
      copy_row(from + begin * row.from_stride, to + begin * row.to_stride, end - begin,
               row.from_stride, row.to_stride);
    });
    return;
  }
  threads.parallel_for(product(outer), std::max<std::int64_t>(1, kGrain / row.size),
                       [&](std::int64_t begin, std::int64_t end) {
                         Places places(outer, begin);
                         for (std::int64_t i = begin; i < end; ++i, places.next()) {
                           copy_row(from + places.from, to + places.to, row.size, row.from_stride,
                                    row.to_stride);
                         }
                       });
}

// Where the source runs along another dimension than the target: in tiles of both. The last two
// dimensions are the source's and the target's.
template <typename T>
void copy_planes(ThreadPool& threads, const T* from, T* to, const Box& box) {
  const BoxDim rows = box.dims[box.dims.size() - 2], columns = box.dims.back();
  const std::span<const BoxDim> outer(box.dims.data(), box.dims.size() - 2);
  const std::int64_t bands = (rows.size + kTile - 1) / kTile;
  threads.parallel_for(
      product(outer) * bands, std::max<std::int64_t>(1, kGrain / (kTile * columns.size)),
      [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t item = begin; item < end; ++item) {
          const Places places(outer, item / bands);
          const std::int64_t first_row = item % bands * kTile;
          const std::int64_t last_row = std::min(first_row + kTile, rows.size);
          for (std::int64_t column = 0; column < columns.size; column += kTile) {
            const std::int64_t width = std::min(kTile, columns.size - column);
            for (std::int64_t row = first_row; row < last_row; ++row) {
              copy_row(from + places.from + row * rows.from_stride + column * columns.from_stride,
                       to + places.to + row * rows.to_stride + column * columns.to_stride, width,
                       columns.from_stride, columns.to_stride);
            }
          }
        }
      });
}

}  // namespace

void copy_box(ThreadPool& threads, const Tensor& from, Tensor& to, Box box) {
  for (const BoxDim& dim : box.dims) {
    if (dim.size == 0) return;
  }
  simplify(box);
  bool in_planes = false;
  if (const std::int64_t stride = box.dims.back().from_stride; stride != 1 && stride != 0) {
    const auto run = std::ranges::find(box.dims, std::int64_t{1}, &BoxDim::from_stride);
    if (run != box.dims.end() && run + 1 != box.dims.end()) {
      std::rotate(run, run + 1, box.dims.end() - 1);
      in_planes = true;
    }
  }
  visit_elements(to.dtype(), [&]<typename T>(std::type_identity<T>) {
    const T* source = elements<T>(from).data() + box.from;
    T* target = mutable_elements<T>(to).data() + box.to;
    if (in_planes) {
      copy_planes(threads, source, target, box);
    } else {
      copy_rows(threads, source, target, box);
    }
  });
}

std::vector<std::int64_t> row_major_strides(const Shape& shape) {
  std::vector<std::int64_t> strides(static_cast<std::size_t>(shape.rank()));
  std::int64_t stride = 1;
  for (std::size_t d = strides.size(); d-- > 0;) {
    strides[d] = stride;
    // An empty tensor may claim any size elsewhere; nothing of it is ever touched.
    if (__builtin_mul_overflow(stride, shape.dim(static_cast<int>(d)), &stride)) stride = 0;
  }
  return strides;
}

std::int64_t count_elements(const Shape& shape, int begin, int end) {
  std::int64_t count = 1;
  for (int d = begin; d < end; ++d) {
    if (__builtin_mul_overflow(count, shape.dim(d), &count)) return 0;  // As above.
  }
  return count;
}

}  // namespace icecore::inline v0
