#include "checkpoint/slice_assembly.h"

#include <icecore/error.h>

#include <algorithm>
#include <cstring>

#include "base/quoted.h"

namespace icecore::inline v0 {
namespace {

using Extent = TensorSlice::Extent;

Extent explicit_extent(const Extent& extent, std::int64_t dim) {
  return extent.is_full() ? Extent{0, dim} : extent;
}

std::vector<Extent> explicit_extents(const TensorSlice& slice, const Shape& full) {
  std::vector<Extent> extents;
  extents.reserve(slice.extents().size());
  for (int i = 0; i < full.rank(); ++i) {
    extents.push_back(explicit_extent(slice.extents()[static_cast<std::size_t>(i)], full.dim(i)));
  }
  return extents;
}

std::uint64_t elements_of(const Shape& shape) {
  return static_cast<std::uint64_t>(*shape.num_elements());
}

[[noreturn]] void overlapping(const std::string& name) {
  throw Error(Code::kDataLoss, "the stored parts of " + quoted(name) + " overlap");
}

// One bit an element; sets runs and tells whether one was set before.
class Marks {
 public:
  explicit Marks(std::uint64_t size) : words_((size + 63) / 64) {}

  bool set(std::uint64_t begin, std::uint64_t count) {
    bool fresh = true;
    while (count > 0) {
      const std::uint64_t bit = begin % 64;
      const std::uint64_t part = std::min<std::uint64_t>(count, 64 - bit);
      const std::uint64_t mask = (part == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << part) - 1)
                                 << bit;
      std::uint64_t& word = words_[begin / 64];
      fresh = fresh && (word & mask) == 0;
      word |= mask;
      begin += part;
      count -= part;
    }
    return fresh;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace

bool same_region(const TensorSlice& a, const TensorSlice& b, const Shape& full) {
  return explicit_extents(a, full) == explicit_extents(b, full);
}

std::vector<std::size_t> parts_of(const Shape& full, std::span<const TensorSlice> stored,
                                  const TensorSlice& target, const std::string& name) {
  const std::uint64_t wanted = elements_of(target.apply(full));
  std::vector<std::size_t> parts;
  std::uint64_t found = 0;
  if (wanted == 0) return parts;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    const auto shared = stored[i].intersect(target, full);
    if (!shared) continue;
    parts.push_back(i);
    found += elements_of(shared->apply(full));
    if (found > wanted) overlapping(name);
  }
  if (found < wanted) {
    throw Error(Code::kInvalidArgument, "Does not have sufficient slices for partitioned tensor " +
                                            name +
                                            " to restore in slice_spec: " + to_string(target));
  }
  return parts;
}

void check_cover(const Shape& full, std::span<const TensorSlice> parts, const TensorSlice& target,
                 const std::string& name) {
  if (parts.size() < 2) return;  // parts_of() counted its elements.
  Marks marks(elements_of(target.apply(full)));
  for (const TensorSlice& part : parts) {
    for_each_shared_run(full, part, target, [&](std::size_t, std::size_t to, std::size_t count) {
      if (!marks.set(to, count)) overlapping(name);
    });
  }
}

void for_each_shared_run(const Shape& full, const TensorSlice& from, const TensorSlice& to,
                         const CopyRun& copy) {
  const auto intersection = from.intersect(to, full);
  if (!intersection) return;
  const std::vector<Extent> from_extents = explicit_extents(from, full);
  const std::vector<Extent> to_extents = explicit_extents(to, full);
  const std::vector<Extent>& shared = intersection->extents();
  const std::size_t rank = shared.size();

  // Inner dimensions that the intersection takes whole, in both, make one run with the one outside
  // of them.
  std::size_t run_dims = rank;
  std::size_t run = 1;
  while (run_dims > 0) {
    --run_dims;
    run *= static_cast<std::size_t>(shared[run_dims].length);
    if (shared[run_dims].length != from_extents[run_dims].length ||
        shared[run_dims].length != to_extents[run_dims].length) {
      break;
    }
  }

  std::vector<std::size_t> from_strides(rank), to_strides(rank);
  std::size_t from_at = 0, to_at = 0, from_stride = 1, to_stride = 1;
  for (std::size_t i = rank; i-- > 0;) {
    from_strides[i] = from_stride;
    to_strides[i] = to_stride;
    from_at += from_stride * static_cast<std::size_t>(shared[i].start - from_extents[i].start);
    to_at += to_stride * static_cast<std::size_t>(shared[i].start - to_extents[i].start);
    from_stride *= static_cast<std::size_t>(from_extents[i].length);
    to_stride *= static_cast<std::size_t>(to_extents[i].length);
  }

  // Counts through the outer dimensions like an odometer.
  std::vector<std::int64_t> position(run_dims, 0);
  for (;;) {
    copy(from_at, to_at, run);
    std::size_t i = run_dims;
    while (i > 0) {
      --i;
      from_at += from_strides[i];
      to_at += to_strides[i];
      if (++position[i] < shared[i].length) break;
      from_at -= from_strides[i] * static_cast<std::size_t>(shared[i].length);
      to_at -= to_strides[i] * static_cast<std::size_t>(shared[i].length);
      position[i] = 0;
      if (i == 0) return;
    }
    if (run_dims == 0) return;
  }
}

void copy_shared(const Shape& full, const TensorSlice& from, std::span<const std::byte> part,
                 const TensorSlice& to, std::span<std::byte> target, std::size_t element_size) {
  for_each_shared_run(full, from, to,
                      [&](std::size_t from_at, std::size_t to_at, std::size_t count) {
                        std::memcpy(target.data() + to_at * element_size,
                                    part.data() + from_at * element_size, count * element_size);
                      });
}

void move_shared(const Shape& full, const TensorSlice& from, std::span<std::string> part,
                 const TensorSlice& to, std::span<std::string> target) {
  for_each_shared_run(full, from, to,
                      [&](std::size_t from_at, std::size_t to_at, std::size_t count) {
                        std::ranges::move(part.subspan(from_at, count),
                                          target.begin() + static_cast<std::ptrdiff_t>(to_at));
                      });
}

}  // namespace icecore::inline v0
