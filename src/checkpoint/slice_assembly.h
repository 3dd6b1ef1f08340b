// Puts a tensor together from its stored parts.
#pragma once

#include <icecore/shape.h>
#include <icecore/tensor_slice.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace icecore::inline v0 {

// All slices here must fit the full shape.

// Whether both cover the same elements, however they are written.
bool same_region(const TensorSlice& a, const TensorSlice& b, const Shape& full);

// Which of the stored parts share elements with `target`. Their number of elements is checked:
// INVALID_ARGUMENT where they are too few to cover it, DATA_LOSS where they are too many.
std::vector<std::size_t> parts_of(const Shape& full, std::span<const TensorSlice> stored,
                                  const TensorSlice& target, const std::string& name);

// With parts that parts_of() chose: DATA_LOSS unless each element of `target` is in exactly one.
// Takes a bit of memory for each element, so see first that the file holds the parts.
void check_cover(const Shape& full, std::span<const TensorSlice> parts, const TensorSlice& target,
                 const std::string& name);

// Calls `copy` for each run of elements that lie side by side in both, with the run's first index
// in each and its length.
using CopyRun = std::function<void(std::size_t from, std::size_t to, std::size_t count)>;
void for_each_shared_run(const Shape& full, const TensorSlice& from, const TensorSlice& to,
                         const CopyRun& copy);

// Copies what `part` (the elements of `from`) and `target` (those of `to`) share.
void copy_shared(const Shape& full, const TensorSlice& from, std::span<const std::byte> part,
                 const TensorSlice& to, std::span<std::byte> target, std::size_t element_size);
// The same of strings, which `part` is left without.
void move_shared(const Shape& full, const TensorSlice& from, std::span<std::string> part,
                 const TensorSlice& to, std::span<std::string> target);

}  // namespace icecore::inline v0
